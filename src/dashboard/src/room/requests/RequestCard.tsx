/** One request in full, with the offers to it and the next step. */
import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { Badge } from "../../ui/Badge";
import { TroubleText } from "../../ui/CommandForm";
import { Place } from "../../ui/Place";
import { useWords } from "../../words";
import { requestTones } from "../names";
import { kindName, useKinds } from "../plan/useKinds";
import { useSide } from "../room";
import { act, Acts, type Act } from "../ui/Acts";
import { Fact, Facts, Panel } from "../ui/Panel";
import ui from "../ui/ui.module.css";
import { andThen } from "../ui/undo";
import { Moment } from "../ui/zone";
import { RoomApproveRequest, RoomSubmitRequest } from "./orders";
import { OfferCard } from "./OfferCard";
import styles from "./Requests.module.css";
import { TurnLine } from "./RequestsTab";
import { missingApprovals, turnsOf, type Request } from "./turn";
import { useRequests } from "./useRequests";

export function RequestCard({ request }: { request: Request }) {
  const { own } = useSide();
  const all = useWords();
  const words = all.room.requests;
  const { acts, trouble } = useRequestActs(request);
  const kinds = useKinds();
  const turns = turnsOf(request, own?.code ?? null);
  const status = request.requestStatus;
  return (
    <div className={styles.details}>
      <Panel
        title={
          <>
            {request.quantity} × {kindName(kinds, request.need.definition)}{" "}
            {request.need.type !== null && all.room.resources.type(request.need.type)}
          </>
        }
        aside={
          <span className={ui.line}>
            <span className="number">{request.number}</span>
            {status && <Badge tone={requestTones[status]}>{all.names.requestStatus[status]}</Badge>}
          </span>
        }
      >
        <ul>
          {turns.map((turn, n) => (
            <li key={n}>
              <TurnLine turn={turn} own={own?.code ?? null} />
            </li>
          ))}
        </ul>
        {request.returned && (
          <p>
            <Badge tone="warning">{words.returned}</Badge>{" "}
            {words.byWhom(words.approvers[request.returned.approver], request.returned.by)}:{" "}
            {request.returned.reason}
          </p>
        )}
        {request.ending && (
          <p>
            <Badge tone="plain">{words.ended}</Badge> {request.ending.reason} · {request.ending.by}{" "}
            · <Moment at={request.ending.at} />
          </p>
        )}
        <TroubleText trouble={trouble} />
        <Acts acts={acts} />
        <RequestFacts request={request} />
      </Panel>
      <Panel title={words.offers(request.offers.nodes.length)}>
        {request.offers.nodes.length === 0 && <p className="muted">{words.noOffers}</p>}
        {request.offers.nodes.map((offer) => (
          <OfferCard key={offer.id} request={request} offer={offer} />
        ))}
      </Panel>
    </div>
  );
}

function RequestFacts({ request }: { request: Request }) {
  const all = useWords();
  const words = all.room.requests;
  return (
    <Facts>
      <Fact name={words.askedBy}>{request.askedBy?.name ?? all.app.withheld}</Fact>
      <Fact name={words.purpose}>{request.purpose ?? all.app.withheld}</Fact>
      <Fact name={words.deliverTo}>
        <Place name={request.deliverTo?.name} point={request.deliverTo?.point} />
      </Fact>
      <Fact name={words.wantedBy}>
        {request.wantedBy ? <Moment at={request.wantedBy} /> : words.noTime}
      </Fact>
      <Fact name={words.contact}>{request.contact ?? all.app.withheld}</Fact>
      <Fact name={words.substitutes}>{request.substitutes ? words.yes : words.no}</Fact>
      {request.specialSupport && <Fact name={words.specialSupport}>{request.specialSupport}</Fact>}
      {request.fundingCode && <Fact name={words.fundingCode}>{request.fundingCode}</Fact>}
      {/* Those who were asked do not see who else was, nor who approved it. */}
      {request.requestStatus !== null && <Sides request={request} />}
    </Facts>
  );
}

function Sides({ request }: { request: Request }) {
  const words = useWords().room.requests;
  return (
    <>
      <Fact name={words.approvals}>
        {request.approvals.map(({ approver, by, comment }) => (
          <p key={approver}>
            ✓ {words.byWhom(words.approvers[approver], by)} {comment}
          </p>
        ))}
        {missingApprovals(request).map((approver) => (
          <p key={approver}>○ {words.approvers[approver]}</p>
        ))}
        {request.approvalsNeeded?.length === 0 && words.noApprovals}
      </Fact>
      <Fact name={words.receivers}>
        {request.receivers.length === 0 && words.notSent}
        {request.receivers.map(({ organization, offers, declined, since }) => (
          <p key={organization.id}>
            <strong>{organization.code}</strong>{" "}
            {declined === null ? words.answered(offers) : words.declinedWhy(declined)}{" "}
            <span className="muted">
              {words.asked} <Moment at={since} />
            </span>
          </p>
        ))}
      </Fact>
    </>
  );
}

/** What can be done with the request, by where it stands and on which side one is. */
function useRequestActs(request: Request) {
  const { own } = useSide();
  const { show, again } = useRequests();
  const words = useWords().room.requests;
  const done = (sentence: string) => () => {
    announce(sentence);
    again();
  };
  const submit = andThen(useCommand(RoomSubmitRequest), done(words.submitted));
  const approve = andThen(useCommand(RoomApproveRequest), done(words.approved));
  const mine = own !== null && request.askedBy?.id === own.id;
  const open =
    (what: "amend" | "send" | "fill" | "cancel" | "close" | "decline" | "offer") => () => {
      show({ what, request });
    };
  const acts: Act[] = [];
  const status = request.requestStatus;
  if (mine && status === "DRAFT") {
    acts.push(
      act(
        "room.request.submit",
        words.submit,
        () => {
          void submit.give({ request: request.id });
        },
        { keys: "E", look: "main" },
      ),
      act("room.request.amend", words.amend, open("amend")),
    );
  }
  // They approve in the order of the form, so only the first that is missing has its turn.
  const [approver] = mine && status === "AWAITING_APPROVALS" ? missingApprovals(request) : [];
  if (approver) {
    acts.push(
      act(
        `room.request.approve.${approver}`,
        words.approveAs(words.approvers[approver]),
        () => {
          void approve.give({ request: request.id, approver, comment: null });
        },
        { keys: "E", look: "main" },
      ),
      act(`room.request.return.${approver}`, words.returnAs(words.approvers[approver]), () => {
        show({ what: "return", request, approver });
      }),
    );
  }
  const sendable = status === "APPROVED" || status === "SENT" || status === "PARTLY_FILLED";
  if (mine && sendable) {
    acts.push(
      act("room.request.send", status === "APPROVED" ? words.send : words.sendMore, open("send"), {
        look: status === "APPROVED" ? "main" : "plain",
        ...(status === "APPROVED" ? { keys: "E" } : {}),
      }),
      act("room.request.fill", words.fillFromOwn, open("fill")),
      act("room.request.close", words.closeUnfilled, open("close")),
    );
  }
  if (mine && status !== "FILLED" && status !== "CANCELLED" && status !== "UNFILLED") {
    acts.push(act("room.request.cancel", words.cancel, open("cancel"), { look: "danger" }));
  }
  if (request.question && ["AWAITED", "OFFERED", "DECLINED"].includes(request.question.state)) {
    acts.push(
      act("room.request.offer", words.makeOffer, open("offer"), {
        keys: "E",
        look: request.question.state === "AWAITED" ? "main" : "plain",
      }),
    );
    if (request.question.state === "AWAITED") {
      acts.push(act("room.request.decline", words.decline, open("decline")));
    }
  }
  return { acts, trouble: submit.trouble ?? approve.trouble };
}
