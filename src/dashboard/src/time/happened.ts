/** What happened at incidents since a moment, of weight before the rest. Pure. */
import type { RoomTimelineQuery, SinceNotesQuery } from "../api/generated/graphql";
import type { Group } from "./since";

export type Line = NonNullable<RoomTimelineQuery["incident"]>["timeline"]["nodes"][number];
export type Note = NonNullable<SinceNotesQuery["journal"]>["nodes"][number];

export type Told = { at: string; line: Line; note: null } | { at: string; line: null; note: Note };

export interface Happened {
  incident: NonNullable<Group["incident"]>;
  /** What whoever comes back has to know, the newest first. */
  told: readonly Told[];
  /** How many lines of the timeline are beside it. */
  smaller: number;
}

/** What changes who decides, what is worked for, who is safe, and what people were told. */
const weighty = new Set([
  "INCIDENT_OPENED",
  "INCIDENT_ASSESSED",
  "INCIDENT_STATUS",
  "INCIDENT_MERGED",
  "INCIDENT_UNMERGED",
  "LEAD_CHANGED",
  "COMPLEX_JOINED",
  "COMPLEX_LEFT",
  "COMMAND_ASSUMED",
  "COMMAND_JOINED",
  "COMMAND_LEFT",
  "COMMAND_TRANSFERRED",
  "POWER_DELEGATED",
  "DELEGATION_ENDED",
  "DECISION_MADE",
  "DECISION_MADE_JOINTLY",
  "PERIOD_BEGAN",
  "OBJECTIVE_CLOSED",
  "PLAN_APPROVED",
  "PEOPLE_MISSING",
  "HELP_NEEDED",
  "MESSAGE_SENT",
  "MESSAGE_STOPPED",
  "REQUEST_UNFILLED",
]);

/** Of all lines and notes of an incident, those after a moment; null where there is none. */
export function happened(
  incident: Happened["incident"],
  lines: readonly Line[],
  notes: readonly Note[],
  since: number,
): Happened | null {
  const after = (at: string | null): at is string => at !== null && new Date(at).getTime() > since;
  const told: Told[] = [];
  let smaller = 0;
  for (const line of lines) {
    if (!after(line.at)) continue;
    if (weighty.has(line.code ?? "")) told.push({ at: line.at, line, note: null });
    else smaller += 1;
  }
  for (const note of notes) {
    if (after(note.writtenAt)) told.push({ at: note.writtenAt, line: null, note });
  }
  if (told.length + smaller === 0) return null;
  told.sort((a, b) => b.at.localeCompare(a.at));
  return { incident, told, smaller };
}

/** An incident where something happened is told of too when its record looks as it did. */
export function withHappened(groups: readonly Group[], all: readonly Happened[]): Group[] {
  const there = new Set(groups.map(({ incident }) => incident?.id));
  const more = all.filter(({ incident }) => !there.has(incident.id));
  const added = more.map(({ incident }): Group => ({ incident, entries: [] }));
  const beside = groups.findIndex(({ incident }) => incident === null);
  const at = beside < 0 ? groups.length : beside;
  return [...groups.slice(0, at), ...added, ...groups.slice(at)];
}
