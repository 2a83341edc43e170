/** The bar at the top: where one is, how many of what, the time, the connection, and the menu. */
import { useMemo } from "react";

import { connectionStore } from "../api/connection";
import { useItems, usePicture, useShown } from "../api/picture/shown";
import { useSession } from "../api/session";
import { useStore } from "../api/store";
import { AttentionCounts } from "../attention/AttentionCounts";
import { Badge, type Tone } from "../ui/Badge";
import { useNow } from "../ui/now";
import { Link } from "../ui/route";
import { useLanguage, useWords } from "../words";
import { clockText, useNumber, zoneText } from "../words/format";
import { HeaderMenu } from "./HeaderMenu";
import styles from "./Header.module.css";

export function Header({ page }: { page: string | null }) {
  const words = useWords().app;
  const pages = [
    { id: "picture", href: "/", label: words.picture },
    { id: "messages", href: "/messages", label: words.messages },
    { id: "agreements", href: "/agreements", label: words.agreements },
    { id: "outbox", href: "/outbox", label: words.outbox },
  ];
  return (
    <header className={styles.header} data-no-print>
      <nav className={styles.nav} aria-label={words.go}>
        <Link href="/" className={styles.mark} aria-label={words.title}>
          <img src="/icon.svg" alt="" width="22" height="22" />
        </Link>
        <ul className={styles.pages}>
          {pages.map(({ id, href, label }) => (
            // On the wall nobody goes to another page, and the counts want the room.
            <li key={id} data-no-wall={page === id ? undefined : true}>
              <Link
                href={href}
                className={styles.page}
                aria-current={page === id ? "page" : undefined}
              >
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <AttentionCounts />
      <Counts />
      <Clock />
      <ConnectionPill />
      <Acting />
      <HeaderMenu />
    </header>
  );
}

function Counts() {
  const words = useWords().app.counts;
  const number = useNumber();
  const { items, version } = useItems(500);
  const counts = useMemo(() => {
    const of = { Incident: 0, Signal: 0, ResourceRequest: 0, Resource: 0 };
    for (const item of items.values()) of[item.__typename] += 1;
    return { of, version };
  }, [items, version]).of;
  const shown = [
    { id: "incidents", label: words.incidents, count: counts.Incident },
    { id: "signals", label: words.signals, count: counts.Signal },
    { id: "requests", label: words.requests, count: counts.ResourceRequest },
    { id: "resources", label: words.resources, count: counts.Resource },
  ];
  return (
    <ul className={styles.counts}>
      {shown.map(({ id, label, count }) => (
        <li key={id}>
          <strong>{number(count)}</strong> <span className="muted">{label(count)}</span>
        </li>
      ))}
    </ul>
  );
}

function Clock() {
  const words = useWords().app;
  const language = useLanguage();
  const now = new Date(useNow());
  const zone = zoneText(now, language);
  return (
    <div className={styles.clock}>
      <span>
        {clockText(now, language)} {zone}
      </span>
      {zone !== words.utc && (
        <span className="muted">
          {clockText(now, language, "UTC")} {words.utc}
        </span>
      )}
    </div>
  );
}

function ConnectionPill() {
  const words = useWords().app;
  const { state } = useStore(connectionStore);
  const { instead } = useShown();
  const there = usePicture((items) => items.size);
  const [complete, expected] = [usePicture((_, p) => p.complete), usePicture((_, p) => p.expected)];
  const tones: Record<typeof state, Tone> = { live: "ok", connecting: "plain", lost: "alarm" };
  if (state !== "lost" && !complete && expected !== null) {
    return <Badge tone="plain">{words.reading(there, expected)}</Badge>;
  }
  // What is live is the connection, and not what is on the screen.
  if (state === "live" && instead !== null) return <Badge tone="plain">{words.connected}</Badge>;
  return <Badge tone={tones[state]}>{words[state]}</Badge>;
}

function Acting() {
  const { acting } = useSession();
  const words = useWords().app;
  if (!acting) return null;
  return (
    <span className={styles.acting} title={`${words.actingFor} ${acting.name}`}>
      <span className="unseen">{words.actingFor} </span>
      {acting.code}
    </span>
  );
}
