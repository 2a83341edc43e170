/** What can be done with a message as it stands, by button, key and palette. */
import { useMemo, useState } from "react";

import type { MessageWholeFragment } from "../../api/generated/graphql";
import { useMay, useSession } from "../../api/session";
import { Button } from "../../ui/Button";
import { useCommands, type CommandEntry } from "../../ui/commands";
import { go } from "../../ui/route";
import { useWords } from "../../words";
import styles from "../Messages.module.css";
import { FollowUpDialog } from "./FollowUpDialog";
import { DiscardDialog, StopDialog } from "./StopDialog";

type Open = "stop" | "discard" | "correct" | "close" | null;

export function Actions({ message, again }: { message: MessageWholeFragment; again: () => void }) {
  const words = useWords().messages;
  const { acting } = useSession();
  const may = useMay("write") && message.organization?.code === acting?.code;
  const [open, setOpen] = useState<Open>(null);
  const { id, stage, launchedAt } = message;
  const commands = useMemo<CommandEntry[]>(() => {
    if (!may) return [];
    const act = (name: string, label: string, run: () => void, keys?: string): CommandEntry => ({
      id: `message.${name}`,
      words: label,
      group: "act",
      run,
      ...(keys === undefined ? {} : { keys }),
    });
    const opens = (which: NonNullable<Open>, keys?: string) =>
      act(
        which,
        words.view[which],
        () => {
          setOpen(which);
        },
        keys,
      );
    const all: CommandEntry[] = [];
    if (stage === "DRAFT") {
      all.push(
        act(
          "edit",
          words.view.edit,
          () => {
            go(`/messages/${id}?edit`);
          },
          "E",
        ),
        opens("discard"),
      );
    }
    if (stage === "RUNNING") all.push(opens("stop", "S"));
    if (launchedAt) all.push(opens("correct"), opens("close", "C"));
    all.push(
      act("copy", words.view.copy, () => {
        go(`/messages/new?like=${id}`);
      }),
    );
    return all;
  }, [may, stage, launchedAt, id, words]);
  useCommands(commands);
  const shut = () => {
    setOpen(null);
  };
  const done = () => {
    setOpen(null);
    again();
  };
  return (
    <div className={styles.row}>
      {commands.map((command) => (
        <Button
          key={command.id}
          onPress={command.run}
          look={command.id === "message.stop" ? "danger" : "plain"}
          {...(command.keys === undefined ? {} : { keys: command.keys })}
        >
          {command.words}
        </Button>
      ))}
      {open === "stop" && <StopDialog id={id} onClose={shut} onDone={done} />}
      {open === "discard" && (
        <DiscardDialog id={id} words={words.view} onClose={shut} onDone={done} />
      )}
      {(open === "correct" || open === "close") && (
        <FollowUpDialog message={message} how={open} onClose={shut} onDone={done} />
      )}
    </div>
  );
}
