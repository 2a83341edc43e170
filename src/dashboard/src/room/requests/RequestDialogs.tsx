/** The dialog that is open on the tab of requests. */
import type { TypedDocumentString } from "../../api/generated/graphql";
import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { useWords } from "../../words";
import { ReasonDialog } from "../ui/ReasonDialog";
import { andThen } from "../ui/undo";
import { AmendDialog, ClaimDialog, SwapDialog } from "./AidDialogs";
import { AcceptDialog, MissionOrderDialog, SendDialog } from "./AnswerDialogs";
import {
  RoomCancelAid,
  RoomCancelRequest,
  RoomCloseRequest,
  RoomDeclineOffer,
  RoomDeclineRequest,
  RoomPayClaim,
  RoomReturnClaim,
  RoomReturnRequest,
  RoomWithdrawOffer,
} from "./orders";
import { CounterDialog, FillDialog, MakeOfferDialog } from "./OfferDialogs";
import { RequestDialog } from "./RequestDialog";
import type { Request } from "./turn";
import { useRequests } from "./useRequests";

export function RequestDialogs() {
  const { dialog } = useRequests();
  const words = useWords().room.requests;
  if (dialog === null) return null;
  const request = dialog.request.id;
  const offer = "offer" in dialog ? dialog.offer.id : "";
  switch (dialog.what) {
    case "amend":
      return <AmendRequest request={dialog.request} />;
    case "send":
      return <SendDialog request={dialog.request} />;
    case "fill":
      return <FillDialog request={dialog.request} />;
    case "offer":
      return <MakeOfferDialog request={dialog.request} />;
    case "accept":
      return <AcceptDialog offer={dialog.offer} />;
    case "counter":
      return <CounterDialog offer={dialog.offer} />;
    case "order":
      return <MissionOrderDialog request={dialog.request} offer={dialog.offer} />;
    case "cancel":
      return <Reason document={RoomCancelRequest} rest={{ request }} title={words.cancel} danger />;
    case "close":
      return <Reason document={RoomCloseRequest} rest={{ request }} title={words.closeUnfilled} />;
    case "decline":
      return <Reason document={RoomDeclineRequest} rest={{ request }} title={words.decline} />;
    case "return":
      return (
        <Reason
          document={RoomReturnRequest}
          rest={{ request, approver: dialog.approver }}
          title={words.returnAs(words.approvers[dialog.approver])}
        />
      );
    case "declineOffer":
      return <Reason document={RoomDeclineOffer} rest={{ offer }} title={words.decline} />;
    case "withdraw":
      return <Reason document={RoomWithdrawOffer} rest={{ offer }} title={words.withdraw} />;
    case "amendAid":
      return <AmendDialog offer={dialog.offer} />;
    case "swap":
      return <SwapDialog request={dialog.request} offer={dialog.offer} />;
    case "claim":
      return <ClaimDialog offer={dialog.offer} />;
    case "returnClaim":
      return <Reason document={RoomReturnClaim} rest={{ offer }} title={words.returnClaim} />;
    case "pay":
      return <Pay offer={offer} />;
    case "cancelAid":
      return <Reason document={RoomCancelAid} rest={{ offer }} title={words.cancelAid} danger />;
  }
}

function AmendRequest({ request }: { request: Request }) {
  const { show, again } = useRequests();
  return (
    <RequestDialog
      request={request}
      onClose={() => {
        show(null);
        again();
      }}
    />
  );
}

function Pay({ offer }: { offer: string }) {
  const { show, again } = useRequests();
  const words = useWords().room.requests;
  const command = andThen(useCommand(RoomPayClaim), () => {
    announce(words.paid);
    again();
  });
  return (
    <ReasonDialog
      title={words.pay}
      submit={words.pay}
      label={words.payReference}
      command={command}
      input={(reference) => ({ offer, reference })}
      onClose={() => {
        show(null);
      }}
      draft={`pay:${offer}`}
    />
  );
}

interface ReasonProps<R, X> {
  document: TypedDocumentString<
    R,
    { input: X & { reason: string; idempotencyKey?: string | null | undefined } }
  >;
  rest: X;
  title: string;
  danger?: boolean;
}

function Reason<R, X>({ document, rest, title, danger }: ReasonProps<R, X>) {
  const { show, again } = useRequests();
  const words = useWords().room.requests;
  const command = andThen(useCommand(document), () => {
    announce(words.done(title));
    again();
  });
  return (
    <ReasonDialog
      title={title}
      submit={title}
      command={command}
      input={(reason) => ({ ...rest, reason })}
      onClose={() => {
        show(null);
      }}
      draft={`${title}:${JSON.stringify(rest)}`}
      danger={danger ?? false}
    />
  );
}
