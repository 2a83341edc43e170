/** The revisions of the plan: drafted from what is planned now, signed by all who command. */
import { useState } from "react";

import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { TroubleText } from "../../ui/CommandForm";
import { useWords } from "../../words";
import { useRoom } from "../room";
import { act, Acts } from "../ui/Acts";
import { Panel } from "../ui/Panel";
import ui from "../ui/ui.module.css";
import { andThen } from "../ui/undo";
import { RoomApprovePlan, RoomDraftPlan } from "./documents";
import { isOpen, type Period } from "./objectives";
import { RevisionDialog, Signed, type Revision } from "./RevisionDialog";

export function Revisions({ period, done }: { period: Period; done: () => void }) {
  const { own } = useRoom();
  const words = useWords().room.plan;
  const draft = andThen(useCommand(RoomDraftPlan), (payload) => {
    // Where nothing was changed since the last was approved, the hub drafts no other.
    const last = payload.period?.plan.at(-1);
    announce(last?.approvedAt ? words.planUnchanged(last.number) : words.planDrafted);
    done();
  });
  const approve = andThen(useCommand(RoomApprovePlan), () => {
    announce(words.planSigned);
    done();
  });
  const [reading, read] = useState<Revision | null>(null);
  const newest = period.plan.at(-1);
  const mayStill = isOpen(period);
  const acts = mayStill
    ? [
        act(
          "room.draft-plan",
          words.draftPlan,
          () => {
            void draft.give({ period: period.id, oral: false });
          },
          { keys: "D" },
        ),
        act("room.draft-oral-plan", words.draftOral, () => {
          void draft.give({ period: period.id, oral: true });
        }),
      ]
    : [];
  if (newest && newest.approvedAt === null && mayStill) {
    const mine = newest.unsigned.some(({ id }) => id === own?.id);
    acts.unshift(
      act(
        "room.approve-plan",
        words.signRevision(newest.number),
        () => {
          void approve.give({ period: period.id, revision: newest.number });
        },
        { keys: "E", look: "main", obstacle: mine ? null : words.notYours },
      ),
    );
  }
  return (
    <Panel
      title={
        <>
          {words.plan}{" "}
          {period.planInForce ? (
            <Badge tone="ok">{words.inForce(period.planInForce.number)}</Badge>
          ) : (
            <Badge tone="warning">{words.noneInForce}</Badge>
          )}{" "}
          {period.planChanged === true && <Badge tone="warning">{words.changed}</Badge>}
        </>
      }
    >
      <TroubleText trouble={draft.trouble ?? approve.trouble} />
      <Acts acts={acts} />
      <ul className={ui.rows}>
        {[...period.plan].reverse().map((revision) => (
          <li key={revision.number}>
            <Signed revision={revision} />
            <Button
              aria-label={words.readWhich(revision.number)}
              onPress={() => {
                read(revision);
              }}
            >
              {words.read}
            </Button>
          </li>
        ))}
      </ul>
      {reading && (
        <RevisionDialog
          period={period}
          revision={reading}
          onClose={() => {
            read(null);
          }}
        />
      )}
    </Panel>
  );
}
