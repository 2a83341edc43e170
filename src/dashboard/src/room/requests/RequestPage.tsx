/** A request by itself: those who are asked mostly do not see the incident that it is for. */
import { useMemo } from "react";

import { graphql } from "../../api/generated";
import type { RequestAloneQuery } from "../../api/generated/graphql";
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
      offers(first: 5) {
        nodes {
          terms {
            items {
              resource
            }
          }
        }
      }
    }
  }
`);

const LentResource = graphql(`
  query LentResource($id: ID!) {
    resource(id: $id) {
      id
      commitments {
        incident {
          id
          number
        }
      }
    }
  }
`);

type AloneRequest = NonNullable<RequestAloneQuery["resourceRequest"]>;

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

/** The room in which whoever lends reports that it left and arrived: shown to them once it is bound. */
function useRoomOf(request: AloneRequest | null | undefined): string | null {
  const resource = request?.offers.nodes.at(-1)?.terms.items[0]?.resource;
  const bare = request != null && request.incident === null;
  const { data } = useAnswer(
    LentResource,
    { id: resource ?? "" },
    { when: bare && resource !== undefined },
  );
  if (!bare) return request?.incident?.id ?? null;
  const lent = data?.resource?.commitments.map(({ incident }) => incident) ?? [];
  return lent.find((incident) => incident?.number === request.incidentNumber)?.id ?? null;
}

function Alone({ id }: { id: string }) {
  const words = useWords();
  const { data, problem, again } = useAnswer(RequestAlone, { id });
  const request = data?.resourceRequest;
  const room = useRoomOf(request);
  const own = data?.me.organization ?? null;
  const exercise = request?.exercise ?? false;
  const side = useMemo(() => ({ own, exercise }), [own, exercise]);
  if (!data) return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  if (!request) return <Empty title={words.room.requests.gone} />;
  const name = calledOf(request.incidentName ?? words.room.requests.incidentWithheld, exercise);
  return (
    <div className={styles.alone}>
      <h1 className={ui.line}>
        {room ? <Link href={`/incident/${room}`}>{name}</Link> : name}{" "}
        {exercise && <Badge tone="special">{words.app.exercise}</Badge>}
        <span className={`number ${styles.second}`}>{request.incidentNumber}</span>
      </h1>
      <SideProvider value={side}>
        <Chosen id={id} />
      </SideProvider>
    </div>
  );
}
