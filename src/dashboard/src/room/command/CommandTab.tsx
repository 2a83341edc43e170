/** The command structure: who answers for what, who is missing, and handing over. */
import { useMemo, useState } from "react";

import { tellsLead } from "../../api/picture/lead";
import { useAnswer } from "../../api/useAnswer";
import { Badge } from "../../ui/Badge";
import { Empty, Loading, NoAnswer } from "../../ui/Empty";
import { useWords } from "../../words";
import { openRoomDialog, useRoom } from "../room";
import { act, Acts } from "../ui/Acts";
import { Panel } from "../ui/Panel";
import ui from "../ui/ui.module.css";
import { AssumeDialog } from "./AssumeDialog";
import styles from "./CommandTab.module.css";
import { CommandDialogs } from "./CommandDialogs";
import { Decisions } from "./Decisions";
import { RoomPeople, RoomStructure } from "./documents";
import { People } from "./People";
import { PostCard } from "./PostCard";
import { PostTree } from "./PostTree";
import { PastTransfers, WaitingTransfers } from "./Transfers";
import type { Structure } from "./tree";
import { CommandTabProvider, useCommandTab, type CommandDialog } from "./useCommandTab";

/** People and positions change seldom. */
const SELDOM_MS = 60_000;

export default function CommandTab() {
  const { incident } = useRoom();
  const { data, problem, again } = useAnswer(RoomStructure, { id: incident.id });
  if (!data) return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  const structure = data.incident?.structure;
  if (!structure) return <Nobody again={again} />;
  return <Structured structure={structure} again={again} />;
}

function Nobody({ again }: { again: () => void }) {
  const { incident } = useRoom();
  const words = useWords().room.command;
  const [open, setOpen] = useState(false);
  const assume = () => {
    setOpen(true);
  };
  return (
    <Panel title={words.title}>
      <Empty title={tellsLead(incident) ? words.nobody : words.nobodySeen}>
        <Acts acts={[act("room.assume", words.assume, assume, { keys: "A", look: "main" })]} />
      </Empty>
      {open && (
        <AssumeDialog
          onClose={() => {
            setOpen(false);
          }}
          done={again}
        />
      )}
    </Panel>
  );
}

function Structured({ structure, again }: { structure: Structure; again: () => void }) {
  const room = useRoom();
  const { data } = useAnswer(RoomPeople, {}, { everyMs: SELDOM_MS });
  const [selectedId, select] = useState<string | null>(null);
  const [dialog, show] = useState<CommandDialog | null>(null);
  const posts = structure.posts.nodes;
  const state = useMemo(
    () => ({
      structure,
      posts,
      people: data?.persons.nodes ?? [],
      positions: data?.positions ?? [],
      selected: posts.find(({ id }) => id === selectedId) ?? null,
      select,
      dialog,
      show,
      again: () => {
        again();
        room.again();
      },
    }),
    [structure, posts, data, selectedId, dialog, again, room],
  );
  return (
    <CommandTabProvider value={state}>
      <WaitingTransfers />
      <div className={styles.tab}>
        <div className={styles.side}>
          <Line />
          <div className={`${styles.side} ${styles.decisions}`}>
            <Decisions />
          </div>
        </div>
        <div className={styles.side}>
          <PostCard />
          <People />
        </div>
      </div>
      <CommandDialogs />
    </CommandTabProvider>
  );
}

/** The line of command, with what can be done about it as a whole. */
function Line() {
  const { structure, posts, show, selected } = useCommandTab();
  const words = useWords().room.command;
  const vacancies = posts.filter(({ vacant }) => vacant === true).length;
  const acts = [
    act(
      "room.assign",
      words.assign,
      () => {
        show({ what: "assign", post: selected?.id ?? null, person: null });
      },
      { keys: "A" },
    ),
    act(
      "room.open-post",
      words.openPost,
      () => {
        show({ what: "open", under: selected?.id ?? null });
      },
      { keys: "O" },
    ),
    act("room.transfer", words.proposeTransfer, openRoomDialog("transfer"), { keys: "T" }),
    act("room.join-command", words.join, () => {
      show({ what: "join" });
    }),
    ...(structure.kind === "UNIFIED_COMMAND" || structure.kind === "UNIFIED_AREA_COMMAND"
      ? [
          act("room.leave-command", words.leave, () => {
            show({ what: "leave" });
          }),
        ]
      : []),
  ];
  return (
    <Panel
      title={
        <>
          {structure.kind ? words.kinds[structure.kind] : words.title}{" "}
          {vacancies > 0 && <Badge tone="warning">{words.vacancies(vacancies)}</Badge>}
        </>
      }
    >
      <Acts acts={acts} />
      <PostTree />
      <p className={`muted ${ui.byMouse}`} data-no-print>
        {words.hint}
      </p>
      <PastTransfers />
    </Panel>
  );
}
