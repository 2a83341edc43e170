import { useEffect } from "react";
import { Button as AriaButton, type ButtonProps as AriaProps } from "react-aria-components";

import { useWords } from "../words";
import { forgetLost, LOST_AFTER_MS } from "./announced";
import { keysText } from "./keyboard";
import styles from "./Button.module.css";

export interface ButtonProps extends AriaProps {
  look?: "plain" | "main" | "danger" | "quiet";
  /** Why it does nothing now; it can still be reached, and says so. */
  obstacle?: string | null;
  pending?: boolean;
  /** The keys that do the same, as in the registry of commands. */
  keys?: string;
}

const nothing = () => undefined;

export function Button({
  look = "plain",
  obstacle,
  pending,
  keys,
  children,
  ...rest
}: ButtonProps) {
  const words = useWords().app;
  useEffect(() => {
    if (!pending) return undefined;
    return () => {
      setTimeout(forgetLost, LOST_AFTER_MS);
    };
  }, [pending]);
  return (
    <span className={styles.frame}>
      <AriaButton
        {...rest}
        {...(obstacle ? { type: "button" as const, "aria-disabled": true, onPress: nothing } : {})}
        className={`${styles.button} ${styles[look] ?? ""}`}
        isPending={pending ?? false}
      >
        {(state) => (
          <>
            {typeof children === "function" ? children(state) : children}
            {state.isPending && <span aria-label={words.loading}>…</span>}
            {keys && <kbd className={styles.keys}>{keysText(keys)}</kbd>}
          </>
        )}
      </AriaButton>
      {obstacle && <span className={styles.obstacle}>{obstacle}</span>}
    </span>
  );
}
