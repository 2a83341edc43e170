/** What all commanders decide together, and what one agency lets another do in its name. */
import { useState } from "react";

import { announce } from "../../api/toasts";
import { useAnswer } from "../../api/useAnswer";
import { useCommand } from "../../api/useCommand";
import { Badge } from "../../ui/Badge";
import { TroubleText } from "../../ui/CommandForm";
import { useNow } from "../../ui/now";
import { Age } from "../../ui/Time";
import { useWords } from "../../words";
import { useRoom } from "../room";
import { act, Acts } from "../ui/Acts";
import { Panel } from "../ui/Panel";
import { ReasonDialog } from "../ui/ReasonDialog";
import ui from "../ui/ui.module.css";
import { andThen, takeBack } from "../ui/undo";
import { Moment } from "../ui/zone";
import { DelegateDialog } from "./DelegateDialog";
import { inForce, maySign, type Decision, type Delegation } from "./decisions";
import { RoomDecisions } from "./documents";
import { RoomDelegate, RoomEndDelegation, RoomProposeJointly, RoomSignJointly } from "./orders";
import { useCommandTab } from "./useCommandTab";

export function Decisions() {
  const { incident, own } = useRoom();
  const { structure } = useCommandTab();
  const { data, again } = useAnswer(RoomDecisions, { id: structure.id });
  const now = useNow(1_000);
  const commands =
    incident.structure?.commanders.some(({ organization }) => organization?.id === own?.id) ??
    false;
  const known = data?.structure;
  if (!known) return null;
  const delegations = known.delegations.filter((one) => inForce(one, now));
  return (
    <>
      {/* To others nothing says whether there is none, or none that they may see. */}
      {(commands || known.jointDecisions.length > 0) && (
        <Joint
          decisions={known.jointDecisions}
          delegations={delegations}
          commands={commands}
          again={again}
        />
      )}
      {(commands || delegations.length > 0) && (
        <Delegations delegations={delegations} commands={commands} again={again} />
      )}
    </>
  );
}

interface Props {
  delegations: readonly Delegation[];
  /** Whether one's own agency is in command. */
  commands: boolean;
  again: () => void;
}

function Joint({
  decisions,
  delegations,
  commands,
  again,
}: Props & { decisions: readonly Decision[] }) {
  const { structure } = useCommandTab();
  const words = useWords().room.command;
  const [proposing, setProposing] = useState(false);
  const command = andThen(useCommand(RoomProposeJointly), () => {
    announce(words.jointlyProposed);
    again();
  });
  const propose = act(
    "room.propose-jointly",
    words.proposeJointly,
    () => {
      setProposing(true);
    },
    { short: words.propose },
  );
  const open = decisions.filter(({ agreedAt }) => agreedAt === null);
  const agreed = decisions.filter(({ agreedAt }) => agreedAt !== null);
  return (
    <Panel
      title={
        <>
          {words.joint}{" "}
          {open.length > 0 && <Badge tone="warning">{words.openDecisions(open.length)}</Badge>}
        </>
      }
      aside={commands && <Acts acts={[propose]} />}
    >
      {decisions.length === 0 && <p className="muted">{words.noDecisions}</p>}
      <ul className={ui.rows}>
        {[...open, ...agreed.reverse()].map((decision) => (
          <DecisionLine
            key={decision.id}
            decision={decision}
            delegations={delegations}
            again={again}
          />
        ))}
      </ul>
      {proposing && (
        <ReasonDialog
          title={words.proposeJointly}
          submit={words.proposeAndSign}
          label={words.whatDecided}
          command={command}
          input={(what) => ({ structure: structure.id, what })}
          onClose={() => {
            setProposing(false);
          }}
          draft={`jointly:${structure.id}`}
        />
      )}
    </Panel>
  );
}

interface LineProps {
  decision: Decision;
  delegations: readonly Delegation[];
  again: () => void;
}

function DecisionLine({ decision, delegations, again }: LineProps) {
  const { own } = useRoom();
  const { structure } = useCommandTab();
  const words = useWords().room.command;
  const command = andThen(useCommand(RoomSignJointly), () => {
    announce(words.jointlySigned);
    again();
  });
  const mine = own !== null && maySign(decision, delegations, own.id);
  const sign = act(
    `room.sign-jointly.${decision.id}`,
    words.signJointly(decision.what),
    () => {
      void command.give({ structure: structure.id, decision: decision.id });
    },
    { short: words.sign, look: "main" },
  );
  return (
    <li>
      <p>
        {decision.agreedAt ? (
          <Badge tone="ok">{words.agreed}</Badge>
        ) : (
          <Badge tone="warning">
            {words.waitsFor(decision.missing.map(({ code }) => code).join(", "))}
          </Badge>
        )}{" "}
        <strong>{decision.what}</strong>{" "}
        <span className="muted">
          {decision.agreedAt ? (
            <Moment at={decision.agreedAt} />
          ) : (
            decision.proposedAt && <Age at={decision.proposedAt} />
          )}
        </span>
      </p>
      <p>
        {decision.signatures.map(({ agency, signedBy }) => (
          <span key={agency.id}>
            ✓ {agency.code}{" "}
            {signedBy && signedBy.id !== agency.id && (
              <span className="muted">{words.signedFor(signedBy.code)} </span>
            )}
          </span>
        ))}
      </p>
      <TroubleText trouble={command.trouble} />
      {mine && <Acts acts={[sign]} />}
    </li>
  );
}

function Delegations({ delegations, commands, again }: Props) {
  const { structure } = useCommandTab();
  const words = useWords().room.command;
  const [open, setOpen] = useState(false);
  const delegate = act(
    "room.delegate",
    words.delegate,
    () => {
      setOpen(true);
    },
    { short: words.delegateShort },
  );
  return (
    <Panel title={words.delegations} aside={commands && <Acts acts={[delegate]} />}>
      {delegations.length === 0 && <p className="muted">{words.noDelegations}</p>}
      <ul className={ui.rows}>
        {delegations.map((one) => (
          <DelegationLine key={one.id} delegation={one} again={again} />
        ))}
      </ul>
      {open && (
        <DelegateDialog
          structure={structure.id}
          done={again}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </Panel>
  );
}

function DelegationLine({ delegation, again }: { delegation: Delegation; again: () => void }) {
  const { own } = useRoom();
  const { structure } = useCommandTab();
  const words = useWords().room.command;
  const { from, to, power, reason, since, until } = delegation;
  const names = words.fromTo(from?.code ?? "?", to?.code ?? "?");
  const command = andThen(useCommand(RoomEndDelegation), () => {
    announce(words.delegationEnded, {
      undo: () => {
        const back = {
          structure: structure.id,
          organization: to?.id ?? "",
          power,
          reason: reason ?? "",
          until,
        };
        void takeBack(RoomDelegate, back, words.delegated(to?.code ?? "")).then(again);
      },
    });
    again();
  });
  const end = act(
    `room.end-delegation.${delegation.id}`,
    words.endDelegation(names),
    () => {
      void command.give({ structure: structure.id, delegation: delegation.id });
    },
    { short: words.end },
  );
  return (
    <li>
      <p>
        <strong>{names}</strong> {words.powers[power]}
      </p>
      {reason && <p>{reason}</p>}
      <p className="muted">
        {words.since} <Moment at={since} />
        {until && (
          <>
            {" · "}
            {words.until} <Moment at={until} />
          </>
        )}
      </p>
      <TroubleText trouble={command.trouble} />
      {own !== null && from?.id === own.id && <Acts acts={[end]} />}
    </li>
  );
}
