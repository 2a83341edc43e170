/** A part of a tab, with its heading and its commands. */
import type { ReactNode } from "react";

import styles from "./ui.module.css";

interface Props {
  title: ReactNode;
  /** Beside the heading. */
  aside?: ReactNode;
  /** Whether it is wanted on paper, too; forms are not. */
  print?: boolean;
  children: ReactNode;
}

export function Panel({ title, aside, print = true, children }: Props) {
  return (
    <section className={styles.panel} {...(print ? {} : { "data-no-print": true })}>
      <header className={styles.panelHeader}>
        <h2>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}

/** Facts with their names. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={styles.facts}>{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
