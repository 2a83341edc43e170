/** What stands where there is nothing, nothing yet, or no answer. */
import type { ReactNode } from "react";

import type { Problem } from "../api/client";
import { connectionStore } from "../api/connection";
import { useStore } from "../api/store";
import { useWords } from "../words";
import { Button } from "./Button";
import styles from "./Empty.module.css";

interface Props {
  title: string;
  /** Whether it is all that the page has: then it is its heading. */
  page?: boolean;
  children?: ReactNode;
}

export function Empty({ title, page = false, children }: Props) {
  return (
    <div className={styles.empty}>
      {page ? <h1>{title}</h1> : <p>{title}</p>}
      {children}
    </div>
  );
}

export function Loading() {
  const words = useWords().app;
  const { state } = useStore(connectionStore);
  // Whoever waits for what cannot come now looks elsewhere, or for the reason.
  return <Empty title={state === "lost" ? words.loadingLost : words.loading} />;
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
