/** What an agreement says, a sentence for each term, numbered as reasons name the terms. */
import { useEffect, useState } from "react";

import { ask } from "../api/client";
import { useWords } from "../words";
import styles from "./Agreement.module.css";
import { IncidentNumber, type TermFacts } from "./documents";

interface Props {
  agreement: { inWords: readonly string[]; terms: readonly TermFacts[] };
}

export function Sentences({ agreement: { inWords, terms } }: Props) {
  const { hub } = useWords();
  const numbers = useNumbers(hub ? terms.flatMap(({ these }) => these ?? []) : []);
  const sentences = hub ? terms.map((term) => hub.term(term, of(term, numbers))) : inWords;
  return (
    <ol className={styles.sentences}>
      {sentences.map((sentence, n) => (
        <li key={n}>{sentence}</li>
      ))}
    </ol>
  );
}

type Numbers = ReadonlyMap<string, string>;

/** The numbers of the incidents that a term names; null unless all are known. */
function of({ these }: TermFacts, numbers: Numbers): string[] | null {
  const known = (these ?? []).flatMap((id) => numbers.get(id) ?? []);
  return known.length === these?.length ? known : null;
}

/** Incidents are asked for one by one, so no more than a sentence could name. */
const ASKED_MAX = 20;

/** The numbers of those incidents that one may see. */
function useNumbers(incidents: readonly string[]): Numbers {
  const [numbers, setNumbers] = useState<Numbers>(new Map());
  const wanted = [...new Set(incidents)].slice(0, ASKED_MAX).join(" ");
  useEffect(() => {
    const stop = new AbortController();
    for (const id of wanted.split(" ").filter(Boolean)) {
      void ask(IncidentNumber, { id }).then(({ data }) => {
        const number = data?.incident?.number;
        if (number === undefined || stop.signal.aborted) return;
        setNumbers((last) => new Map(last).set(id, number));
      });
    }
    return () => {
      stop.abort();
    };
  }, [wanted]);
  return numbers;
}
