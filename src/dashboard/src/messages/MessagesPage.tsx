/** Messages, groups and on-call schedules: what the address says of them. */
import { useMemo } from "react";

import { useCommands, type CommandEntry } from "../ui/commands";
import { go, Link, useSearch } from "../ui/route";
import { useWords } from "../words";
import { Compose } from "./compose/Compose";
import { EditDraft } from "./compose/EditDraft";
import { Groups } from "./groups/Groups";
import { Schedules } from "./groups/Schedules";
import { MessageList } from "./MessageList";
import styles from "./Messages.module.css";
import { Templates } from "./templates/Templates";
import { MessageView } from "./watch/MessageView";

/** What is no message among the pages of messages. */
const TABS = new Set(["templates", "groups", "on-call"]);

export default function MessagesPage({ params }: { params: Record<string, string> }) {
  const { messages: words, templates } = useWords();
  const at = params["id"];
  const commands = useMemo<CommandEntry[]>(
    () =>
      [
        { id: "go.templates", words: templates.title, path: "/messages/templates" },
        { id: "go.groups", words: words.groups, path: "/messages/groups" },
        { id: "go.schedules", words: words.schedules, path: "/messages/on-call" },
      ].map(({ id, words, path }) => ({
        id,
        words,
        group: "go",
        run: () => {
          go(path);
        },
      })),
    [words, templates],
  );
  useCommands(commands);
  const tabs = [
    { href: "/messages", label: words.title, current: !TABS.has(at ?? "") },
    { href: "/messages/templates", label: templates.title, current: at === "templates" },
    { href: "/messages/groups", label: words.groups, current: at === "groups" },
    { href: "/messages/on-call", label: words.schedules, current: at === "on-call" },
  ];
  return (
    <div className={styles.page}>
      <div className={styles.top}>
        <nav aria-label={words.title}>
          <ul className={styles.tabs}>
            {tabs.map(({ href, label, current }) => (
              <li key={href}>
                <Link
                  href={href}
                  className={styles.tab}
                  aria-current={current ? "page" : undefined}
                >
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        {at !== "new" && (
          <Link href="/messages/new" className={styles.write}>
            {words.write}
          </Link>
        )}
      </div>
      <Content at={at} />
    </div>
  );
}

function Content({ at }: { at: string | undefined }) {
  const words = useWords().messages;
  const search = new URLSearchParams(useSearch());
  switch (at) {
    case undefined:
      return (
        <>
          <h1 className="unseen">{words.title}</h1>
          <MessageList />
        </>
      );
    case "new":
      return (
        <Compose
          incident={search.get("incident") ?? ""}
          like={search.get("like")}
          key={search.get("like")}
        />
      );
    case "templates":
      return <Templates />;
    case "groups":
      return <Groups />;
    case "on-call":
      return <Schedules />;
    default:
      return search.has("edit") ? <EditDraft id={at} key={at} /> : <MessageView id={at} key={at} />;
  }
}
