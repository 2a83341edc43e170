/** A word with a tone. The tone has a shape of its own, so colour never stands alone. */
import type { ReactNode } from "react";

import styles from "./Badge.module.css";

export type Tone = "alarm" | "warning" | "notice" | "ok" | "special" | "plain";

const shapes: Record<Tone, string> = {
  alarm: "▲",
  warning: "◆",
  notice: "●",
  ok: "✓",
  special: "◇",
  plain: "",
};

interface Props {
  tone: Tone;
  children: ReactNode;
  /** Set out strongly, for what must be seen first. */
  strong?: boolean;
}

export function Badge({ tone, children, strong = false }: Props) {
  const classes = [styles.badge, styles[tone], strong ? styles.strong : ""].join(" ");
  return (
    <span className={classes}>
      {shapes[tone] && <span aria-hidden>{shapes[tone]}</span>}
      <span>{children}</span>
    </span>
  );
}

/** A word without a tone, such as the code of an organization. */
export function Tag({ children, title }: { children: ReactNode; title?: string }) {
  return (
    <span className={`${styles.badge} ${styles.tag}`} title={title}>
      {children}
    </span>
  );
}
