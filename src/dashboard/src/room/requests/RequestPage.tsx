/** A request by itself: those who are asked mostly do not see the incident that it is for. */
import { useMemo } from "react";

import { graphql } from "../../api/generated";
import { useAnswer } from "../../api/useAnswer";
import { calledOf } from "../../picture/facts";
import { Badge } from "../../ui/Badge";
import { Empty, Loading, NoAnswer } from "../../ui/Empty";
import { Link } from "../../ui/route";
import { useWords } from "../../words";
import { SideProvider } from "../room";
import ui from "../ui/ui.module.css";
import { Chosen } from "./Chosen";
import styles from "./Requests.module.css";

const RequestOfOffer = graphql(`
  query RequestOfOffer($offer: ID!) {
    offer(id: $offer) {
      id
      request {
        id
      }
    }
  }
`);

const RequestAlone = graphql(`
  query RequestAlone($id: ID!) {
    me {
      organization {
        id
        code
      }
    }
    resourceRequest(id: $id) {
      id
      exercise
      incidentName
      incidentNumber
      incident {
        id
      }
    }
  }
`);

export default function RequestPage({ params: { id, offer } }: { params: Record<string, string> }) {
  const words = useWords().room.requests;
  const asked = useAnswer(
    RequestOfOffer,
    { offer: offer ?? "" },
    { when: offer !== undefined, everyMs: null },
  );
  const request = id ?? asked.data?.offer?.request?.id;
  if (request !== undefined) return <Alone key={request} id={request} />;
  if (asked.data) return <Empty title={words.gone} />;
  return asked.problem ? <NoAnswer {...asked} problem={asked.problem} /> : <Loading />;
}

function Alone({ id }: { id: string }) {
  const words = useWords();
  const { data, problem, again } = useAnswer(RequestAlone, { id });
  const request = data?.resourceRequest;
  const own = data?.me.organization ?? null;
  const exercise = request?.exercise ?? false;
  const side = useMemo(() => ({ own, exercise }), [own, exercise]);
  if (!data) return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  if (!request) return <Empty title={words.room.requests.gone} />;
  const name = calledOf(request.incidentName ?? words.room.requests.incidentWithheld, exercise);
  return (
    <div className={styles.alone}>
      <h1 className={ui.line}>
        {request.incident ? <Link href={`/incident/${request.incident.id}`}>{name}</Link> : name}{" "}
        {exercise && <Badge tone="special">{words.app.exercise}</Badge>}
        <span className={`number ${styles.second}`}>{request.incidentNumber}</span>
      </h1>
      <SideProvider value={side}>
        <Chosen id={id} />
      </SideProvider>
    </div>
  );
}
