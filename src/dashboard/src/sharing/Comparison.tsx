/** What a proposal adds to what is in force. */
import { Badge } from "../ui/Badge";
import { useWords } from "../words";
import styles from "./Trial.module.css";
import { compare, isNothing, type Compared, type Difference } from "./compare";
import type { AgreementFacts, TermFacts } from "./documents";

interface Props {
  terms: readonly Pick<TermFacts, keyof TermFacts>[];
  agreements: readonly AgreementFacts[];
}

export function Comparison({ terms, agreements }: Props) {
  return <ComparisonOf proposed={terms.map(comparedOf)} agreements={agreements} />;
}

export function ComparisonOf(props: {
  proposed: readonly Compared[];
  agreements: readonly AgreementFacts[];
}) {
  const words = useWords().sharing;
  const inForce = props.agreements
    .filter(({ standing }) => standing === "IN_FORCE")
    .flatMap(({ terms }) => terms.map(comparedOf));
  const rows = compare(inForce, props.proposed);
  return (
    <section className={styles.trial}>
      <h2>{words.compare}</h2>
      {rows.length > 0 && rows.every(isNothing) && <p>✓ {words.compareNone}</p>}
      <ul>
        {rows.map((row) => (
          <Row key={JSON.stringify(row)} row={row} />
        ))}
      </ul>
    </section>
  );
}

function Row({ row }: { row: Difference }) {
  const { sharing: words, names } = useWords();
  const groups = (list: Difference["more"]) =>
    list.map((group) => names.fieldGroup[group]).join(", ");
  return (
    <li className={styles.sight}>
      <strong>
        {row.gives.join(", ")} → {row.receives.join(", ")}
      </strong>{" "}
      {row.records.map((record) => words.record[record]).join(", ")}
      <span className={styles.effects}>
        {row.more.length > 0 && <Badge tone="notice">{words.compareNew(groups(row.more))}</Badge>}
        {row.finerPlace && (
          <Badge tone="notice">{words.comparePlace(words.place[row.finerPlace])}</Badge>
        )}
        {row.finerTime && (
          <Badge tone="notice">{words.compareTime(words.time[row.finerTime])}</Badge>
        )}
        {row.already.length > 0 && (
          <span className="muted">
            {row.limited && `${words.compareLimited}; `}
            {words.compareAlready(groups(row.already))}
          </span>
        )}
      </span>
    </li>
  );
}

export function comparedOf(term: TermFacts): Compared {
  return {
    ...term,
    gives: term.gives.map(({ code }) => code),
    receives: term.receives.map(({ code }) => code),
    limited: (term.kinds ?? term.these ?? term.area ?? term.exercise) !== null,
  };
}
