/** Handovers of command: those that wait, with their briefing, and those that were. */
import { useEffect, useRef, useState } from "react";

import type { RoomTransfersQuery } from "../../api/generated/graphql";
import { useSession } from "../../api/session";
import { announce } from "../../api/toasts";
import { useAnswer } from "../../api/useAnswer";
import { useCommand } from "../../api/useCommand";
import { Badge } from "../../ui/Badge";
import { TroubleText, useObstacleWords } from "../../ui/CommandForm";
import { useWords } from "../../words";
import { useRoom } from "../room";
import { act, Acts } from "../ui/Acts";
import { Panel } from "../ui/Panel";
import { ReasonDialog } from "../ui/ReasonDialog";
import ui from "../ui/ui.module.css";
import { andThen } from "../ui/undo";
import { Moment } from "../ui/zone";
import { BriefingText } from "./Briefing";
import styles from "./CommandTab.module.css";
import { RoomTransfers } from "./documents";
import { RoomAcceptTransfer, RoomDeclineTransfer, RoomWithdrawTransfer } from "./orders";
import { useCommandTab } from "./useCommandTab";

export type Transfer = NonNullable<
  NonNullable<RoomTransfersQuery["incident"]>["structure"]
>["transfers"][number];

const waits = ({ stage }: Transfer) => stage === "PROPOSED" || stage === "ACCEPTED";

function useTransfers() {
  const { incident } = useRoom();
  const { data, again } = useAnswer(RoomTransfers, { id: incident.id });
  return {
    transfers: data?.incident?.structure?.transfers ?? [],
    again,
  };
}

/** Those that wait for somebody. */
export function WaitingTransfers() {
  const words = useWords().room.command;
  const { transfers, again } = useTransfers();
  const open = transfers.filter(waits);
  useOutcomes(transfers);
  if (open.length === 0) return null;
  return (
    <Panel title={open.every(({ joins }) => joins) ? words.joinings : words.transfers}>
      {open.map((transfer) => (
        <Waiting key={transfer.id} transfer={transfer} done={again} />
      ))}
    </Panel>
  );
}

/** Tells what somebody else made of a transfer that waited on this screen: it just vanishes else. */
function useOutcomes(transfers: readonly Transfer[]): void {
  const words = useWords().room.command;
  const { login } = useSession().session.account;
  const waited = useRef(new Set<string>());
  useEffect(() => {
    for (const transfer of transfers) {
      const { id, stage, steps } = transfer;
      if (waits(transfer)) waited.current.add(id);
      else if (waited.current.delete(id) && steps.at(-1)?.by !== login) {
        const { joins, to } = transfer;
        announce(
          joins && stage === "CARRIED_OUT"
            ? words.joinedBy(nameOf(to, words))
            : `${words.stages[stage]}: ${titleOf(transfer, words)}`,
        );
      }
    }
  }, [transfers, login, words]);
}

type Words = ReturnType<typeof useWords>["room"]["command"];

const nameOf = ({ name, organization }: Transfer["from"], words: Words): string =>
  `${name ?? words.somebody} (${organization?.code ?? "?"})`;

function titleOf({ joins, from, to }: Transfer, words: Words): string {
  const said = joins ? words.asksToJoin : words.fromTo;
  return said(nameOf(from, words), nameOf(to, words));
}

/** Those that are over, the last first. */
export function PastTransfers() {
  const words = useWords().room.command;
  const past = useTransfers()
    .transfers.filter((one) => !waits(one))
    .reverse();
  if (past.length === 0) return null;
  return (
    <details>
      <summary className={styles.summary}>{words.pastTransfers(past.length)}</summary>
      <ul className={ui.rows}>
        {past.map((transfer) => (
          <li key={transfer.id}>
            <Heading transfer={transfer} />
            <Steps transfer={transfer} />
            {transfer.briefing && (
              <details>
                <summary className={styles.summary}>{words.briefing.title}</summary>
                <BriefingText briefing={transfer.briefing} />
              </details>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Heading({ transfer }: { transfer: Transfer }) {
  const words = useWords().room.command;
  return (
    <p className={ui.line}>
      <Badge tone={waits(transfer) ? "warning" : "plain"}>{words.stages[transfer.stage]}</Badge>
      <strong>{titleOf(transfer, words)}</strong>
      {transfer.effective && (
        <span>
          {words.effective} <Moment at={transfer.effective} />
        </span>
      )}
    </p>
  );
}

function Steps({ transfer }: { transfer: Transfer }) {
  const words = useWords().room.command;
  return (
    <ul>
      {transfer.steps.map((step, n) => (
        <li key={n} className="muted">
          {words.stages[step.stage]} · <Moment at={step.at} /> · {step.by}
          {step.reason && ` · ${step.reason}`}
        </li>
      ))}
    </ul>
  );
}

interface WaitingProps {
  transfer: Transfer;
  done: () => void;
}

function Waiting({ transfer, done: ask }: WaitingProps) {
  const { structure, again } = useCommandTab();
  const { own } = useRoom();
  const words = useWords().room.command;
  const [dialog, setDialog] = useState<"decline" | "withdraw" | null>(null);
  const done = (sentence: string) => () => {
    announce(sentence);
    ask();
    again();
  };
  const { joins } = transfer;
  const accept = andThen(
    useCommand(RoomAcceptTransfer),
    done(joins ? words.joined : words.accepted),
  );
  const decline = andThen(
    useCommand(RoomDeclineTransfer),
    done(joins ? words.notJoined : words.declined),
  );
  const withdraw = andThen(useCommand(RoomWithdrawTransfer), done(words.withdrawn));
  const offline = useObstacleWords(accept.obstacle);
  const ids = { structure: structure.id, transfer: transfer.id };
  const incoming = transfer.to.organization?.code;
  const outgoing = transfer.from.organization?.code;
  const declining = joins ? words.declineJoining : words.declineTransfer;
  const takeBack = joins ? words.withdrawJoining : words.withdrawTransfer;
  const forThem = incoming && incoming !== own?.code ? words.forOther(incoming) : null;
  const forOut = outgoing && outgoing !== own?.code ? words.forOther(outgoing) : null;
  const acts = [
    ...(transfer.stage === "PROPOSED"
      ? [
          act(
            `room.accept-transfer`,
            joins ? words.acceptJoining : words.acceptTransfer,
            () => {
              void accept.give({ ...ids, effective: null });
            },
            { look: "main", obstacle: offline ?? forThem },
          ),
          act(
            `room.decline-transfer`,
            declining,
            () => {
              setDialog("decline");
            },
            { obstacle: forThem },
          ),
        ]
      : []),
    act(
      `room.withdraw-transfer`,
      takeBack,
      () => {
        setDialog("withdraw");
      },
      { obstacle: forOut },
    ),
  ];
  const close = () => {
    setDialog(null);
  };
  return (
    <div className={styles.transfer}>
      <Heading transfer={transfer} />
      <Steps transfer={transfer} />
      {transfer.tells.length > 0 && <p>{words.tell(transfer.tells.join(", "))}</p>}
      <TroubleText trouble={accept.trouble} />
      <Acts acts={acts} />
      {transfer.briefing ? (
        // Whoever is asked reads it before they answer; the others have the records below it.
        <details open={transfer.stage === "ACCEPTED" || forThem === null}>
          <summary className={styles.summary}>{words.briefing.title}</summary>
          <BriefingText briefing={transfer.briefing} />
        </details>
      ) : (
        <p className="muted">{words.briefingWithheld}</p>
      )}
      {dialog === "decline" && (
        <ReasonDialog
          title={declining}
          submit={declining}
          command={decline}
          input={(reason) => ({ ...ids, reason })}
          onClose={close}
          draft={`decline:${transfer.id}`}
        />
      )}
      {dialog === "withdraw" && (
        <ReasonDialog
          title={takeBack}
          submit={takeBack}
          command={withdraw}
          input={(reason) => ({ ...ids, reason })}
          onClose={close}
          draft={`withdraw:${transfer.id}`}
        />
      )}
    </div>
  );
}
