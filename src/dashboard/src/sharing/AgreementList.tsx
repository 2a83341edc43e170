/** The agreements that one's organization is a party to: those that wait for it first. */
import { useAnswer } from "../api/useAnswer";
import { Badge, Tag, type Tone } from "../ui/Badge";
import { Empty, Loading, NoAnswer } from "../ui/Empty";
import { Link } from "../ui/route";
import { When } from "../ui/Time";
import { useWords } from "../words";
import { AgreementsList, type AgreementFacts } from "./documents";
import styles from "./Agreement.module.css";
import { useDirectory } from "./useDirectory";

const tones: Record<AgreementFacts["standing"], Tone> = {
  PROPOSED: "warning",
  SIGNED: "notice",
  IN_FORCE: "ok",
  EXPIRED: "plain",
  ENDED: "plain",
};

/** In the order in which they want somebody's eyes. */
const order = ["PROPOSED", "SIGNED", "IN_FORCE", "EXPIRED", "ENDED"];

export function AgreementList() {
  const words = useWords().sharing;
  const { data, problem, again } = useAnswer(AgreementsList, {});
  const { own } = useDirectory();
  if (!data) return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  const agreements = [...data.agreements.nodes].sort(
    (a, b) =>
      order.indexOf(a.standing) - order.indexOf(b.standing) ||
      b.changedAt.localeCompare(a.changedAt),
  );
  if (agreements.length === 0) return <Empty title={words.none}>{words.noneWhy}</Empty>;
  return (
    <ul className={styles.list}>
      {agreements.map((agreement) => (
        <li key={agreement.id} className={styles.card} data-standing={agreement.standing}>
          <div className={styles.line}>
            <h2>
              <Link href={`/agreements/${agreement.id}`}>{agreement.title}</Link>
            </h2>
            <Standing agreement={agreement} own={own?.id ?? null} />
          </div>
          <p>{agreement.purpose}</p>
          <Parties agreement={agreement} />
          <Period agreement={agreement} />
        </li>
      ))}
    </ul>
  );
}

export function unsigned(agreement: AgreementFacts): AgreementFacts["parties"] {
  const signed = new Set(agreement.signatures.map(({ organization }) => organization?.id));
  return agreement.parties.filter(({ id }) => !signed.has(id));
}

export function Standing({ agreement, own }: { agreement: AgreementFacts; own: string | null }) {
  const words = useWords().sharing;
  const waits = agreement.standing === "PROPOSED" ? unsigned(agreement) : [];
  const mine = waits.some(({ id }) => id === own);
  return (
    <span className={styles.standing}>
      <Badge tone={tones[agreement.standing]} strong>
        {words.standing[agreement.standing]}
      </Badge>
      {mine && <Badge tone="alarm">{words.yours}</Badge>}
      {!mine && waits.length > 0 && (
        <span className="muted">{words.theirs(waits.map(({ code }) => code).join(", "))}</span>
      )}
    </span>
  );
}

export function Parties({ agreement }: { agreement: AgreementFacts }) {
  return (
    <p className={styles.parties}>
      {agreement.parties.map(({ id, code, name }) => (
        <Tag key={id} title={name}>
          {code}
        </Tag>
      ))}
    </p>
  );
}

export function Period({ agreement: { starts, ends } }: { agreement: AgreementFacts }) {
  const words = useWords().sharing;
  return (
    <p className="muted">
      {words.from} {starts ? <When at={starts} /> : words.onceSigned} · {words.until}{" "}
      {ends ? <When at={ends} /> : words.untilEnded}
    </p>
  );
}
