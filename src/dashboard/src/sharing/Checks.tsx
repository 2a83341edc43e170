/** Some of several, as boxes to check under one question. */
import { Check } from "../ui/Fields";
import styles from "./Form.module.css";

interface Props<T extends string> {
  label: string;
  hint?: string;
  options: readonly { id: T; label: string; hint?: string }[];
  value: readonly T[];
  onChange: (value: T[]) => void;
}

export function Checks<T extends string>({ label, hint, options, value, onChange }: Props<T>) {
  return (
    <fieldset className={styles.checks}>
      <legend>{label}</legend>
      {hint && <p className={styles.hint}>{hint}</p>}
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
    </fieldset>
  );
}
