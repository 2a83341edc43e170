/** The commands that can be given on every tab of the room. */
import { useMemo } from "react";

import { useCommands, type CommandEntry } from "../ui/commands";
import { go } from "../ui/route";
import { useWords } from "../words";
import { openRoomDialog, type RoomDialog, type RoomIncident } from "./room";
import { tabs } from "./tabs";

export function useRoomCommands(incident: RoomIncident): void {
  const words = useWords().room;
  const { id, status } = incident;
  const commands = useMemo<CommandEntry[]>(() => {
    const act = (dialog: RoomDialog, label: string, keys?: string): CommandEntry => ({
      id: `room.${dialog}`,
      words: label,
      group: "act",
      run: openRoomDialog(dialog),
      ...(keys === undefined ? {} : { keys }),
    });
    return [
      ...tabs.map<CommandEntry>((tab, n) => ({
        id: `room.tab.${tab}`,
        words: words.goTab(words.tabs[tab]),
        group: "go",
        keys: `${n + 1}`,
        run: () => {
          go(`/incident/${id}/${tab}`);
        },
      })),
      act("note", words.writeNote, "N"),
      status === "CLOSED"
        ? act("reopen", words.summary.reopen, "S")
        : act("status", words.changeStatus, "S"),
      act("complexity", words.summary.assess),
      act("lead", words.summary.changeLead),
      act("transfer", words.command.proposeTransfer, "T"),
      act("request", words.requests.draft, "R"),
    ];
  }, [id, status, words]);
  useCommands(commands);
}
