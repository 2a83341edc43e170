/** The operational planning worksheet (ICS 215): what the assignments need, and what there is. */
import { useState } from "react";

import { Badge } from "../../ui/Badge";
import type { Option } from "../../ui/Fields";
import { Age } from "../../ui/Time";
import { useCalled, useWords } from "../../words";
import { RequestDialog } from "../requests/RequestDialog";
import { act, Acts } from "../ui/Acts";
import ui from "../ui/ui.module.css";
import { takeBack } from "../ui/undo";
import { Moment } from "../ui/zone";
import { NeedFields } from "./NeedFields";
import { RoomSetNeeds } from "./orders";
import { Part, type PartProps } from "./Part";
import { needInput, needRow, needsInOrder, requestFor, withOrder } from "./parts";
import { isOpen, type Period } from "./objectives";
import { kindName } from "./useKinds";

type Need = Period["needs"][number];

interface Props extends PartProps {
  kinds: readonly Option<string>[];
}

export function Needs({ period, kinds, done }: Props) {
  const words = useWords().room.forms;
  const lacking = period.needs.filter(
    ({ need, riskAccepted }) => need > 0 && riskAccepted === null,
  ).length;
  const [asking, ask] = useState<{ need: Need; begin: ReturnType<typeof requestFor> } | null>(null);
  const mayAsk = isOpen(period) && period.withheld.length === 0;
  const ordered = (need: Need) => (request: string) => {
    const needs = withOrder(period.needs, need, request);
    const input = { period: period.id, needs, over: period.digests?.needs ?? null };
    void takeBack(RoomSetNeeds, input, words.needOrdered(need.place, request)).then(done);
  };
  return (
    <Part
      period={period}
      done={done}
      id="needs"
      title={words.needs}
      form="215"
      wide
      current={{ rows: period.needs.map(needRow) }}
      read={period.digests?.needs}
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
          <NeedLine
            key={n}
            need={need}
            kind={kindName(kinds, need.kind)}
            ask={
              mayAsk && need.need > 0 && need.request === null
                ? () => {
                    ask({ need, begin: requestFor(need, period) });
                  }
                : null
            }
          />
        ))}
      </ul>
      {asking && (
        <RequestDialog
          begin={asking.begin}
          onWritten={ordered(asking.need)}
          onClose={() => {
            ask(null);
          }}
        />
      )}
    </Part>
  );
}

interface LineProps {
  need: Need;
  kind: string;
  /** Asks for what is lacking; null where there is nothing to ask for. */
  ask: (() => void) | null;
}

function NeedLine({ need, kind, ask }: LineProps) {
  const all = useWords().room;
  const words = all.forms;
  const place = useCalled()(need.place);
  const id = `room.plan.ask.${need.place}.${need.kind}.${need.type ?? ""}`;
  const asking = ask && act(id, words.askWhich(kind, place), ask, { short: words.ask });
  return (
    <li>
      <p className={ui.line}>
        <strong>{place}</strong>
        <span>
          {kind}
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
        {[need.overhead, need.equipment, need.reporting].map((said) => said && `${said} · `)}
        {need.arrival && (
          <>
            {words.arrival} <Moment at={need.arrival} /> ·{" "}
          </>
        )}
        {words.since} <Age at={need.since} />
      </p>
      {asking && <Acts acts={[asking]} />}
    </li>
  );
}
