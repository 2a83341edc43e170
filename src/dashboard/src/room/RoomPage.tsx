/** The room of one incident: a tab each for what people do there, below the situation. */
import { lazy, Suspense, useEffect, useMemo, useRef, type ComponentType } from "react";

import { useShown } from "../api/picture/shown";
import { useAnswer } from "../api/useAnswer";
import { PrintHead } from "../picture/PrintHead";
import { Empty, Loading, NoAnswer } from "../ui/Empty";
import { persistently } from "../api/persistently";
import { Link } from "../ui/route";
import { useWords } from "../words";
import { RoomIncident } from "./documents";
import { SituationHeader } from "./header/SituationHeader";
import { RoomProvider, useRoom, type Room } from "./room";
import { useRoomCommands } from "./roomCommands";
import { RoomDialogs } from "./RoomDialogs";
import styles from "./RoomPage.module.css";
import { tabOf, tabs, type Tab } from "./tabs";
import { useZone, ZoneOf } from "./ui/zone";

const contents: Record<Tab, ComponentType> = {
  summary: lazy(() => persistently(() => import("./summary/SummaryTab"))),
  command: lazy(() => persistently(() => import("./command/CommandTab"))),
  plan: lazy(() => persistently(() => import("./plan/PlanTab"))),
  resources: lazy(() => persistently(() => import("./resources/ResourcesTab"))),
  requests: lazy(() => persistently(() => import("./requests/RequestsTab"))),
  messages: lazy(() => persistently(() => import("./MessagesTab"))),
  journal: lazy(() => persistently(() => import("./record/JournalTab"))),
  sharing: lazy(() => persistently(() => import("./record/SharingTab"))),
  timeline: lazy(() => persistently(() => import("./record/TimelineTab"))),
};

const PastRoom = lazy(() => persistently(() => import("./past/PastRoom")));

export default function RoomPage({ params }: { params: Record<string, string> }) {
  const id = params["id"] ?? "";
  const { instead } = useShown();
  if (instead !== null) {
    return (
      <Suspense fallback={<Loading />}>
        <PastRoom id={id} />
      </Suspense>
    );
  }
  return <PresentRoom id={id} tab={tabOf(params["tab"])} />;
}

function PresentRoom({ id, tab }: { id: string; tab: Tab }) {
  const words = useWords().room;
  const { data, problem, again } = useAnswer(RoomIncident, { id });
  const room = useMemo<Room | null>(
    () =>
      data?.incident
        ? {
            incident: data.incident,
            concerns: data.attention.nodes,
            own: data.me.organization,
            again,
          }
        : null,
    [data, again],
  );
  if (room) {
    return (
      <RoomProvider value={room}>
        <ZoneOf point={room.incident.location?.point ?? null}>
          <Inside tab={tab} />
        </ZoneOf>
      </RoomProvider>
    );
  }
  if (data) return <Empty title={words.noIncident} />;
  return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
}

function Inside({ tab }: { tab: Tab }) {
  const { incident } = useRoom();
  useRoomCommands(incident);
  const Content = contents[tab];
  return (
    <div className={styles.room}>
      <PrintHead zone={useZone()} />
      <SituationHeader />
      <TabBar id={incident.id} tab={tab} />
      <div className={styles.content}>
        <Suspense fallback={<Loading />}>
          <Content key={incident.id} />
        </Suspense>
      </div>
      <RoomDialogs />
    </div>
  );
}

function TabBar({ id, tab }: { id: string; tab: Tab }) {
  const words = useWords();
  const list = useRef<HTMLUListElement>(null);
  // In the hand there is room for a few of them: the one that is shown is among these.
  useEffect(() => {
    const current = list.current?.querySelector("[aria-current]");
    current?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [tab]);
  return (
    <nav aria-label={words.app.incident} className={styles.bar} data-no-print>
      <ul ref={list} className={styles.tabs}>
        {tabs.map((one, n) => (
          <li key={one}>
            <Link
              href={`/incident/${id}/${one}`}
              className={styles.tab}
              aria-current={one === tab ? "page" : undefined}
              aria-keyshortcuts={`${n + 1}`}
            >
              {words.room.tabs[one]} <kbd className={styles.key}>{n + 1}</kbd>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
