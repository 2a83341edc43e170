/** The status board of the incident: who works where, and who answers for whom. */
import { useMemo, useState } from "react";

import { useAnswer } from "../../api/useAnswer";
import { Loading, NoAnswer } from "../../ui/Empty";
import { useWords } from "../../words";
import { useRoom } from "../room";
import { act, Acts } from "../ui/Acts";
import { Panel } from "../ui/Panel";
import ui from "../ui/ui.module.css";
import { beyondBoard, cardsOf, columnsOf } from "./board";
import { Board } from "./Board";
import { BoardDialogs } from "./BoardDialogs";
import { ChosenCards } from "./ChosenCards";
import { RoomResources } from "./documents";
import { ParPanel } from "./ParPanel";
import { BoardProvider, useBoard, type BoardDialog, type BoardState } from "./useBoard";

export default function ResourcesTab() {
  const room = useRoom();
  const { data, problem, again } = useAnswer(RoomResources, { id: room.incident.id });
  const [keys, select] = useState<readonly string[]>([]);
  const [dialog, show] = useState<BoardDialog | null>(null);
  const incident = data?.incident;
  const state = useMemo<BoardState | null>(() => {
    if (!incident) return null;
    const posts = incident.structure?.posts.nodes ?? [];
    const cards = cardsOf(incident.resources.nodes, incident.id);
    return {
      cards,
      columns: columnsOf(cards, posts),
      posts,
      beyond: beyondBoard(incident.resources.nodes, incident.id),
      pars: incident.pars,
      selected: cards.filter(({ key }) => keys.includes(key)),
      select,
      dialog,
      show,
      again: () => {
        again();
        room.again();
      },
    };
  }, [incident, keys, dialog, again, room]);
  if (!state) return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  return (
    <BoardProvider value={state}>
      <Heading />
      <ChosenCards />
      <Board />
      <ParPanel />
      <BoardDialogs />
    </BoardProvider>
  );
}

function Heading() {
  const { cards, beyond, show } = useBoard();
  const words = useWords().room.resources;
  const people = cards.reduce((sum, { commitment }) => sum + (commitment.people ?? 0), 0);
  const acts = [
    act("room.commit", words.commit, () => {
      show({ what: "commit" });
    }),
    act(
      "room.par",
      words.callPar,
      () => {
        show({ what: "par" });
      },
      { keys: "K" },
    ),
  ];
  return (
    <Panel title={words.board(cards.length, people)} aside={<Acts acts={acts} />}>
      {beyond.length > 0 && (
        <p>
          ◆ {words.beyond(beyond.length)}{" "}
          {beyond.map(({ name, owner }) => (owner ? `${name} (${owner.code})` : name)).join(", ")}
        </p>
      )}
      <p className={`muted ${ui.byMouse}`} data-no-print>
        {words.hint}
      </p>
    </Panel>
  );
}
