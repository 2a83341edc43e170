/** Requests for resources, from both sides, and whose move it is. */
import { useCallback, useState } from "react";

import { useAnswer } from "../../api/useAnswer";
import { Badge, Tag } from "../../ui/Badge";
import { Empty, Loading, NoAnswer } from "../../ui/Empty";
import { Age } from "../../ui/Time";
import { useWords } from "../../words";
import { priorityTones, requestTones } from "../names";
import { openRoomDialog, useRoom } from "../room";
import { kindName, useKinds } from "../plan/useKinds";
import { act, Acts } from "../ui/Acts";
import { Panel } from "../ui/Panel";
import { RoomRequests } from "./documents";
import { Chosen } from "./Chosen";
import styles from "./Requests.module.css";
import { turnsOf, type RequestLine, type Turn } from "./turn";

export default function RequestsTab() {
  const room = useRoom();
  const words = useWords().room.requests;
  const { data, problem, again } = useAnswer(RoomRequests, { id: room.incident.id });
  const [chosen, choose] = useState<string | null>(null);
  const kinds = useKinds();
  const { again: roomAgain } = room;
  const all = useCallback(() => {
    again();
    roomAgain();
  }, [again, roomAgain]);
  const own = room.own?.code ?? null;
  if (!data) return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  const requests = sorted(data.incident?.requests.nodes ?? [], own);
  const request = requests.find(({ id }) => id === chosen) ?? requests[0];
  const acts = [
    act("room.request", words.draft, openRoomDialog("request"), { keys: "R", look: "main" }),
  ];
  return (
    <div className={styles.tab}>
      <Panel title={words.title(requests.length)} aside={<Acts acts={acts} />}>
        {requests.length === 0 && <Empty title={words.none} />}
        <ul className={styles.list}>
          {requests.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                className={styles.entry}
                aria-pressed={one === request}
                onClick={() => {
                  choose(one.id);
                }}
              >
                <Entry request={one} own={own} kinds={kinds} />
              </button>
            </li>
          ))}
        </ul>
      </Panel>
      {request && <Chosen key={request.id} id={request.id} again={all} />}
    </div>
  );
}

/** Those in which it is one's own move first, then those that wait for others, then the rest. */
function sorted(requests: readonly RequestLine[], own: string | null): RequestLine[] {
  const rank = (request: RequestLine) => {
    const [turn] = turnsOf(request, own);
    if (!turn) return 2;
    return turn.owner === own ? 0 : 1;
  };
  return [...requests].sort((a, b) => rank(a) - rank(b) || b.number.localeCompare(a.number));
}

interface EntryProps {
  request: RequestLine;
  own: string | null;
  kinds: ReturnType<typeof useKinds>;
}

function Entry({ request, own, kinds }: EntryProps) {
  const all = useWords();
  const [turn] = turnsOf(request, own);
  const status = request.requestStatus;
  return (
    <>
      <span className={styles.first}>
        <Badge tone={priorityTones[request.priority]}>
          {all.names.requestPriority[request.priority]}
        </Badge>
        <strong>
          {request.quantity} × {kindName(kinds, request.need.definition)}
          {request.need.type !== null && ` ${all.room.resources.type(request.need.type)}`}
        </strong>
        {status && <Badge tone={requestTones[status]}>{all.names.requestStatus[status]}</Badge>}
      </span>
      <span className={styles.second}>
        <span className="number">{request.number}</span>
        {request.askedBy && <Tag>{request.askedBy.code}</Tag>}
        {request.filled !== null && all.room.requests.filled(request.filled, request.quantity)}
      </span>
      {turn && <TurnLine turn={turn} own={own} />}
    </>
  );
}

/** Who owes what to whom, and for how long. */
export function TurnLine({ turn, own }: { turn: Turn; own: string | null }) {
  const words = useWords().room.requests;
  const mine = turn.owner !== null && turn.owner === own;
  return (
    <span className={styles.turn}>
      <Badge tone={turn.what === "work" ? "ok" : mine ? "warning" : "notice"}>
        {mine ? words.you : (turn.owner ?? "?")}
      </Badge>{" "}
      {words.turns[turn.what]}
      {turn.since && (
        <span className="muted">
          {" · "}
          <Age at={turn.since} />
        </span>
      )}
    </span>
  );
}
