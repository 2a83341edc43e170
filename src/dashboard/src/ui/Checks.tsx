/** Fields under one question; and some of several, as boxes to check. */
import type { ReactNode } from "react";

import styles from "./Checks.module.css";
import { Check } from "./Fields";

interface GroupProps {
  label: string;
  hint?: string | undefined;
  children: ReactNode;
}

export function Group({ label, hint, children }: GroupProps) {
  return (
    <fieldset className={styles.group}>
      <legend>{label}</legend>
      {hint && <p className={styles.hint}>{hint}</p>}
      {children}
    </fieldset>
  );
}

interface Props<T extends string> {
  label: string;
  hint?: string;
  options: readonly { id: T; label: string; hint?: string }[];
  /** What stands there where there is nothing to choose from. */
  empty?: string;
  value: readonly T[];
  onChange: (value: T[]) => void;
}

export function Checks<T extends string>(props: Props<T>) {
  const { label, hint, options, empty, value, onChange } = props;
  return (
    <Group label={label} hint={hint}>
      {options.length === 0 && empty && <p className="muted">{empty}</p>}
      <div className={styles.boxes}>
        {options.map((option) => (
          <Check
            key={option.id}
            value={value.includes(option.id)}
            onChange={(on) => {
              onChange(on ? [...value, option.id] : value.filter((one) => one !== option.id));
            }}
          >
            <span>
              {option.label}
              {option.hint && <span className={styles.hint}> {option.hint}</span>}
            </span>
          </Check>
        ))}
      </div>
    </Group>
  );
}
