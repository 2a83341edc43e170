/** A draft in short: who shows whom what. The hub's own sentences come with the proposal. */
import { useWords } from "../words";
import type { Compared } from "./compare";
import { sidesOf, type AgreementDraft, type TermDraft } from "./draft";
import styles from "./Trial.module.css";
import type { DirectoryOf } from "./useDirectory";

interface Props {
  draft: AgreementDraft;
  own: string;
  directory: DirectoryOf;
}

export function Preview({ draft, own, directory }: Props) {
  const { sharing: words, names } = useWords();
  const all = draft.others.length + 1;
  const sideOf = (codes: readonly string[]) =>
    codes.length === all && all > 2 ? words.all : codes.join(", ") || "?";
  return (
    <section className={styles.trial}>
      <h2>{words.preview}</h2>
      <ul>
        {draft.terms.map((term, at) => {
          const { gives, receives } = comparedOfDraft(term, draft.others, own, directory);
          const what = term.records.map((record) => words.record[record]).join(", ");
          const facts = term.groups.map((group) => {
            if (group === "PLACE") return `${names.fieldGroup.PLACE}: ${words.place[term.place]}`;
            if (group === "HISTORY") return `${names.fieldGroup.HISTORY}: ${words.time[term.time]}`;
            return names.fieldGroup[group];
          });
          return (
            <li key={at}>
              {words.sentence(
                sideOf(gives),
                sideOf(receives),
                what || "?",
                [names.fieldGroup.IDENTITY, ...facts].join(", "),
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

export function comparedOfDraft(
  term: TermDraft,
  others: readonly string[],
  own: string,
  directory: DirectoryOf,
): Compared {
  const { gives, receives } = sidesOf(term, others, own);
  return {
    gives: gives.map(directory.codeOf),
    receives: receives.map(directory.codeOf),
    records: term.records,
    groups: ["IDENTITY", ...term.groups],
    place: term.place,
    time: term.time,
    limited: term.scope !== "all" || term.area !== null || term.reality !== "both",
  };
}
