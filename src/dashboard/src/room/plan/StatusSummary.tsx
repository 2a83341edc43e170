/** The status summary (ICS 209): who was hurt, what burned, what threatens, what is expected. */
import { Badge } from "../../ui/Badge";
import type { Option } from "../../ui/Fields";
import { useWords } from "../../words";
import ui from "../ui/ui.module.css";
import type { Reported as Last } from "./objectives";
import { RoomSetSummary } from "./orders";
import { Outlook } from "./Outlook";
import { Part, Said, type PartProps } from "./Part";
import styles from "./Plan.module.css";
import { PEOPLE, summaryInput, summaryRows } from "./summary";
import { SummaryFields } from "./SummaryFields";

type Summary = NonNullable<Last>;

interface Props extends PartProps {
  kinds: readonly Option<string>[];
  /** What was reported in this period, and what was reported last, in it or one before. */
  summary: Last;
  last: Last;
  /** The digest of what was reported in this period. */
  read: string | undefined;
}

export function StatusSummary({ period, kinds, summary, last, read, done }: Props) {
  const words = useWords().room.status;
  return (
    <Part
      period={period}
      done={done}
      id="summary"
      title={words.title}
      form="209"
      wide
      // Numbers go on from what was reported last.
      current={summaryRows(summary ?? last)}
      isNew={summary === null}
      read={read}
      document={RoomSetSummary}
      input={(draft) => ({ period: period.id, summary: summaryInput(draft) })}
      fieldOf={{
        FATALITIES_NOT_CONFIRMED: "confirmedBy",
        NUMBER_LOWERED: "correction",
        COST_UNUSABLE: "currency",
      }}
      fields={(draft, put) => <SummaryFields draft={draft} put={put} kinds={kinds} />}
    >
      {summary === null ? (
        <p className="muted">{words.none}</p>
      ) : (
        <Reported summary={summary} kinds={kinds} />
      )}
    </Part>
  );
}

function Reported({ summary, kinds }: { summary: Summary; kinds: Props["kinds"] }) {
  const words = useWords().room.status;
  const texts = [
    [words.correction, summary.correction],
    [words.weather, summary.weather],
    [words.threats, summary.threats],
    [words.remarks, summary.remarks],
  ] as const;
  return (
    <>
      {summary.events && <Said name={words.events} text={summary.events} />}
      <PeopleTable summary={summary} />
      {summary.confirmedBy && (
        <p>
          {words.confirmedBy}: {summary.confirmedBy}
        </p>
      )}
      {summary.damage.length > 0 && <DamageTable damage={summary.damage} />}
      <CriticalNeeds needs={summary.needs} kinds={kinds} />
      <Outlook outlook={summary.outlook} />
      {texts.map(([name, text]) => text && <Said key={name} name={name} text={text} />)}
    </>
  );
}

function PeopleTable({ summary }: { summary: Summary }) {
  const words = useWords().room.status;
  const some = PEOPLE.filter((one) => summary.public[one] > 0 || summary.responders[one] > 0);
  if (some.length === 0) return null;
  return (
    <table className={styles.figures}>
      <thead>
        <tr>
          <td />
          <th scope="col">{words.public}</th>
          <th scope="col">{words.responders}</th>
        </tr>
      </thead>
      <tbody>
        {some.map((one) => (
          <tr key={one}>
            <th scope="row">{words[one]}</th>
            <td className="number">{summary.public[one]}</td>
            <td className="number">{summary.responders[one]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DamageTable({ damage }: { damage: Summary["damage"] }) {
  const words = useWords().room.status;
  return (
    <table className={styles.figures}>
      <thead>
        <tr>
          <td />
          <th scope="col">{words.threatened}</th>
          <th scope="col">{words.damaged}</th>
          <th scope="col">{words.destroyed}</th>
        </tr>
      </thead>
      <tbody>
        {damage.map((row) => (
          <tr key={row.kind}>
            <th scope="row">{words.structures[row.kind]}</th>
            <td className="number">{row.threatened}</td>
            <td className="number">{row.damaged}</td>
            <td className="number">{row.destroyed}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function CriticalNeeds({ needs, kinds }: { needs: Summary["needs"]; kinds: Props["kinds"] }) {
  const all = useWords().room;
  const words = all.status;
  return (
    <ul className={ui.rows}>
      {needs.map((need, n) => (
        <li key={n}>
          <p className={ui.line}>
            <strong>
              {need.quantity} × {kinds.find(({ id }) => id === need.kind)?.label ?? need.kind}
            </strong>
            {need.type !== null && <span>{all.type(need.type)}</span>}
            <span>{words.horizons[need.within]}</span>
            {need.request ? (
              <Badge tone="ok">{all.forms.orderedBy(need.request.number)}</Badge>
            ) : (
              <Badge tone={need.ordered ? "ok" : "warning"}>
                {need.ordered ? words.ordered : words.notOrdered}
              </Badge>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
