/** What is chosen on the board, in full, and what can be done with it. */
import { useState } from "react";

import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { Badge } from "../../ui/Badge";
import { TroubleText } from "../../ui/CommandForm";
import { useCalled, useWords } from "../../words";
import { resourceTones, stageTones } from "../names";
import { useRoom } from "../room";
import { act, Acts, type Act } from "../ui/Acts";
import { Fact, Facts, Panel } from "../ui/Panel";
import { Moment } from "../ui/zone";
import { andThen } from "../ui/undo";
import { unsigned, type Card } from "./board";
import { CheckOut } from "./CheckOut";
import { RoomDepart, RoomMobilize } from "./documents";
import { isBehind, isComing, type Step, type Taken } from "./steps";
import { useBoard } from "./useBoard";

export function ChosenCards() {
  const { selected, show } = useBoard();
  const words = useWords().room.resources;
  const [first, ...more] = selected;
  if (!first) return null;
  if (more.length === 0) return <One key={first.key} card={first} />;
  return (
    <Panel title={words.chosen(selected.length)}>
      <p>{selected.map(({ resource }) => resource.name).join(", ")}</p>
      <Acts
        acts={[
          act(
            "room.assign-resource",
            words.assign,
            () => {
              show({ what: "assign", cards: selected, to: null });
            },
            { keys: "A", look: "main" },
          ),
        ]}
      />
    </Panel>
  );
}

function One({ card }: { card: Card }) {
  const { resource, commitment } = card;
  const { departure } = commitment;
  const all = useWords();
  const called = useCalled();
  const words = all.room.resources;
  const actions = useCardActs(card);
  return (
    <Panel title={resource.name}>
      {/* Above the facts, which grow and shrink as a status changes. */}
      <Acts acts={actions.acts} />
      <TroubleText trouble={actions.trouble} />
      <Facts>
        <Fact name={words.status}>
          {resource.status ? (
            <Badge tone={resourceTones[resource.status]}>
              {all.names.resourceStatus[resource.status]}
            </Badge>
          ) : (
            all.app.withheld
          )}{" "}
          {resource.statusReason} {resource.statusPlace}
        </Fact>
        <Fact name={words.stage}>
          {commitment.stage ? (
            <Badge tone={stageTones[commitment.stage]}>
              {all.names.commitmentStage[commitment.stage]}
            </Badge>
          ) : (
            all.app.withheld
          )}{" "}
          {commitment.checkedInAt ? (
            <Moment at={commitment.checkedInAt} />
          ) : (
            commitment.expected && (
              <>
                {words.expected} <Moment at={commitment.expected} />
              </>
            )
          )}
        </Fact>
        <Fact name={words.assignment}>
          {commitment.assignedTo ? (
            called(commitment.assignedTo.name)
          ) : (
            <span className="muted">{words.notAssigned}</span>
          )}
        </Fact>
        <Fact name={words.crew}>
          {commitment.people === null ? all.app.unknown : words.people(commitment.people)}
          {commitment.leader && ` · ${words.leader} ${commitment.leader}`}
        </Fact>
        <Fact name={words.checkInPlace}>{commitment.checkInPlace ?? all.app.unknown}</Fact>
        {commitment.checkInDetails?.contact && (
          <Fact name={words.reached}>{commitment.checkInDetails.contact}</Fact>
        )}
        {departure && (
          <Fact name={words.leaves}>
            {departure.leavesAt && <Moment at={departure.leavesAt} />} {departure.destination}
          </Fact>
        )}
      </Facts>
      {commitment.demobilization && <CheckOut card={card} />}
    </Panel>
  );
}

/** A command of which it does not matter here what the hub tells of it. */
interface Giving {
  pending: boolean;
  give: (ids: { incident: string; resource: string; commitment: number }) => Promise<unknown>;
}

/** What can be done with one card, by where it stands. */
function useCardActs(card: Card) {
  const { resource, commitment } = card;
  const { incident } = useRoom();
  const { show, again } = useBoard();
  const words = useWords().room.resources;
  const { stage } = commitment;
  const [taken, take] = useState<Taken | null>(null);
  const done = (step: Step, sentence: string) => () => {
    take({ step, from: stage });
    announce(sentence);
    again();
  };
  const mobilize = andThen(
    useCommand(RoomMobilize),
    done("mobilize", words.mobilized(resource.name)),
  );
  const depart = andThen(useCommand(RoomDepart), done("depart", words.departed(resource.name)));
  const ids = { incident: incident.id, resource: resource.id, commitment: commitment.number };
  const open = (what: "checkIn" | "status" | "demobilize" | "release" | "cancel") => () => {
    show({ what, card });
  };
  const assign = act(
    "room.assign-resource",
    words.assignWhich(resource.name),
    () => {
      show({ what: "assign", cards: [card], to: null });
    },
    { keys: "A", short: words.assign, look: "main" },
  );
  const checkIn = act("room.check-in", words.checkInWhich(resource.name), open("checkIn"), {
    keys: "C",
    short: words.checkIn,
    look: "main",
  });
  const cancel = act("room.cancel-commitment", words.cancelWhich(resource.name), open("cancel"), {
    short: words.cancel,
  });
  const byStage: Act[] = [];
  if (isComing(stage)) {
    // What is done keeps its place until check-in: a second press lands on nothing else.
    const step = (which: Step, { pending, give }: Giving) =>
      act(
        `room.${which}`,
        words[which],
        () => {
          if (!pending) void give(ids);
        },
        { done: isBehind(which, stage, taken) },
      );
    byStage.push(step("mobilize", mobilize), step("depart", depart), checkIn, cancel);
  }
  if (stage === "CHECKED_IN") {
    byStage.push(
      assign,
      act("room.demobilize", words.demobilizeWhich(resource.name), open("demobilize"), {
        keys: "D",
        short: words.demobilize,
      }),
    );
  }
  if (stage === "DEMOBILIZING") {
    const missing = unsigned(commitment).length;
    byStage.push(
      act("room.release", words.releaseWhich(resource.name), open("release"), {
        short: words.release,
        look: missing === 0 ? "main" : "plain",
        obstacle: missing === 0 ? null : words.boxesOpen(missing),
      }),
    );
  }
  const acts = [
    ...byStage,
    act("room.resource-status", words.statusWhich(resource.name), open("status"), {
      keys: "U",
      short: words.changeStatus,
    }),
  ];
  return { acts, trouble: mobilize.trouble ?? depart.trouble };
}
