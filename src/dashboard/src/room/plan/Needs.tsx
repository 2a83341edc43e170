/** The operational planning worksheet (ICS 215): what the assignments need, and what there is. */
import { Badge } from "../../ui/Badge";
import type { Option } from "../../ui/Fields";
import { Age } from "../../ui/Time";
import { useWords } from "../../words";
import ui from "../ui/ui.module.css";
import { Moment } from "../ui/zone";
import { NeedFields } from "./NeedFields";
import { RoomSetNeeds } from "./orders";
import { Part, type PartProps } from "./Part";
import { needInput, needRow, needsInOrder } from "./parts";
import type { Period } from "./objectives";

type Need = Period["needs"][number];

interface Props extends PartProps {
  kinds: readonly Option<string>[];
}

export function Needs({ period, kinds, done }: Props) {
  const words = useWords().room.forms;
  const lacking = period.needs.filter(
    ({ need, riskAccepted }) => need > 0 && riskAccepted === null,
  ).length;
  return (
    <Part
      period={period}
      done={done}
      id="needs"
      title={words.needs}
      form="215"
      wide
      current={{ rows: period.needs.map(needRow) }}
      document={RoomSetNeeds}
      input={(draft) => ({ period: period.id, needs: draft.rows.map(needInput) })}
      fields={(draft, put) => (
        <NeedFields
          rows={draft.rows}
          onChange={(rows) => {
            put({ rows });
          }}
          kinds={kinds}
          period={period}
        />
      )}
    >
      {period.needs.length === 0 ? (
        <p className="muted">{words.noNeeds}</p>
      ) : (
        <p>
          {lacking > 0 ? (
            <Badge tone="warning">{words.lackingRows(lacking)}</Badge>
          ) : (
            <Badge tone="ok">{words.nothingLacking}</Badge>
          )}
        </p>
      )}
      <ul className={ui.rows}>
        {needsInOrder(period.needs).map((need, n) => (
          <NeedLine key={n} need={need} kind={kinds.find(({ id }) => id === need.kind)?.label} />
        ))}
      </ul>
    </Part>
  );
}

function NeedLine({ need, kind }: { need: Need; kind: string | undefined }) {
  const all = useWords().room;
  const words = all.forms;
  return (
    <li>
      <p className={ui.line}>
        <strong>{need.place}</strong>
        <span>
          {kind ?? need.kind}
          {need.type !== null && ` · ${all.type(need.type)}`}
        </span>
        <span className="number">{words.hasOf(need.have, need.required)}</span>
        {need.need > 0 && (
          <Badge tone={need.riskAccepted !== null || need.request !== null ? "notice" : "warning"}>
            {words.lacking(need.need)}
          </Badge>
        )}
        {need.request !== null && <Badge tone="ok">{words.orderedBy(need.request)}</Badge>}
      </p>
      {need.riskAccepted !== null && (
        <p>
          {words.riskBy(need.riskAcceptedBy ?? "")}: {need.riskAccepted}
        </p>
      )}
      <p className="muted">
        {need.reporting && <>{need.reporting} · </>}
        {need.arrival && (
          <>
            {words.arrival} <Moment at={need.arrival} /> ·{" "}
          </>
        )}
        {words.since} <Age at={need.since} />
      </p>
    </li>
  );
}
