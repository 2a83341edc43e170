/** The dialogs by which people act from anywhere, and the commands that open them. */
import { useMemo } from "react";

import { useItem } from "../api/picture/shown";
import { useMay } from "../api/session";
import { useStore } from "../api/store";
import { useObstacle } from "../api/useCommand";
import { useObstacleWords } from "../ui/CommandForm";
import { useCommands, type CommandEntry } from "../ui/commands";
import { go, match, usePath, useSearch } from "../ui/route";
import { useWords } from "../words";
import {
  actStore,
  answerRequest,
  closeAct,
  openIncident,
  requestResources,
  writeNote,
} from "./actStore";
import { AnswerDialog } from "./AnswerDialog";
import { NoteDialog } from "./NoteDialog";
import { OpenIncidentDialog } from "./OpenIncidentDialog";
import { OwnRequestDialog } from "./OwnRequestDialog";
import { RequestDialog } from "./RequestDialog";

export function ActDialogs() {
  const act = useStore(actStore);
  useActCommands();
  switch (act?.what) {
    case undefined:
      return null;
    case "incident":
      return <OpenIncidentDialog signal={act.signal} onClose={closeAct} />;
    case "request":
      return <RequestDialog incident={act.incident} onClose={closeAct} />;
    case "answer":
      return <AnswerDialog request={act.request} onClose={closeAct} />;
    case "own":
      return <OwnRequestDialog request={act.request} onClose={closeAct} />;
    case "note":
      return <NoteDialog incident={act.incident} onClose={closeAct} />;
  }
}

/** They act on what one looks at: the incident of the room, or the chosen record of the picture. */
function useActCommands(): void {
  const words = useWords().act;
  const may = useMay("write");
  const room = match("/incident/:id/:tab?", usePath())?.["id"] ?? null;
  const item = useItem(new URLSearchParams(useSearch()).get("item"));
  const obstacle = useObstacleWords(useObstacle());
  const kind = item?.__typename;
  const id = item?.id ?? null;
  const incident = room ?? (kind === "Incident" ? id : null);
  const asked = item?.__typename === "ResourceRequest" && item.question?.state === "AWAITED";
  const commands = useMemo<CommandEntry[]>(() => {
    if (!may) return [];
    const entry = (name: string, label: string, run: () => void, keys: string): CommandEntry => ({
      id: `act.${name}`,
      words: label,
      group: "act",
      keys,
      obstacle,
      run,
    });
    const all = [
      entry(
        "incident",
        words.openIncident,
        () => {
          openIncident();
        },
        "n i",
      ),
      entry(
        "request",
        words.requestResources,
        () => {
          requestResources(incident);
        },
        "n r",
      ),
      entry(
        "note",
        words.writeNote,
        () => {
          writeNote(incident);
        },
        "n n",
      ),
      entry(
        "message",
        words.writeMessage,
        () => {
          go(`/messages/new${incident === null ? "" : `?incident=${incident}`}`);
        },
        "n m",
      ),
    ];
    if (kind === "Signal") {
      all.push(
        entry(
          "signal",
          words.openFromSignal,
          () => {
            openIncident(id);
          },
          "O",
        ),
      );
    }
    if (asked && id !== null) {
      all.push(
        entry(
          "answer",
          words.answerRequest,
          () => {
            answerRequest(id);
          },
          "A",
        ),
      );
    }
    return all;
  }, [may, words, obstacle, incident, kind, id, asked]);
  useCommands(commands);
}
