/** What stands where there is nothing, nothing yet, or no answer. */
import type { ReactNode } from "react";

import type { Problem } from "../api/client";
import { useWords } from "../words";
import { Button } from "./Button";
import styles from "./Empty.module.css";

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p>{title}</p>
      {children}
    </div>
  );
}

export function Loading() {
  return <Empty title={useWords().app.loading} />;
}

/** That a question found no answer, and that it can be asked again. */
export function NoAnswer({ problem, again }: { problem: Problem; again: () => void }) {
  const words = useWords().app;
  return (
    <Empty title={words.noAnswer(problem.message)}>
      <Button onPress={again}>{words.tryAgain}</Button>
    </Empty>
  );
}
