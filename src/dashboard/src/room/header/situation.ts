/** What a commander has to see first, worked out of the incident. Pure. */
import type { RecordKind } from "../../api/generated/graphql";
import type { Concern, RoomIncident } from "../room";
import type { Tab } from "../tabs";

export interface Strength {
  /** Checked in and working, or waiting for work. */
  here: number;
  people: number;
  /** Checked in without an assignment. */
  waiting: number;
  coming: number;
  leaving: number;
  /** Committed too, without more being shown of that. */
  beyond: number;
}

type Resources = RoomIncident["resources"]["nodes"];

/** How much is on the incident, as far as one sees it. */
export function strengthOf(resources: Resources, incident: string): Strength {
  const strength = { here: 0, people: 0, waiting: 0, coming: 0, leaving: 0, beyond: 0 };
  for (const resource of resources) {
    if (resource.commitments.every((one) => one.incident?.id !== incident)) strength.beyond += 1;
    for (const commitment of resource.commitments) {
      if (commitment.incident?.id !== incident || commitment.ended !== null) continue;
      switch (commitment.stage) {
        case "CHECKED_IN":
          strength.here += 1;
          strength.people += commitment.people ?? 0;
          if (!commitment.assignedTo) strength.waiting += 1;
          break;
        case "COMMITTED":
        case "MOBILIZING":
        case "EN_ROUTE":
          strength.coming += 1;
          break;
        case "DEMOBILIZING":
          strength.leaving += 1;
          strength.people += commitment.people ?? 0;
          break;
        default:
      }
    }
  }
  return strength;
}

/** Something that falls due. */
export interface Due {
  at: string;
  what: "period" | "objective" | "request" | "arrival";
  name: string;
  tab: Tab;
}

/** What falls due on the incident, the next first; what is overdue comes before all. */
export function dueOf(incident: RoomIncident): Due[] {
  const dues: Due[] = [];
  const period = incident.currentPeriod;
  if (period?.end) {
    dues.push({ at: period.end, what: "period", name: `${period.number}`, tab: "plan" });
  }
  for (const objective of period?.objectives ?? []) {
    if (objective.closed || !objective.deadline) continue;
    dues.push({ at: objective.deadline, what: "objective", name: objective.text, tab: "plan" });
  }
  for (const request of incident.requests.nodes) {
    if (!request.wantedBy || !isOpen(request)) continue;
    dues.push({ at: request.wantedBy, what: "request", name: request.number, tab: "requests" });
  }
  return dues.sort((a, b) => a.at.localeCompare(b.at));
}

type Request = RoomIncident["requests"]["nodes"][number];

/**
 * Whether a request still wants something. Those who are asked do not see where it stands, only
 * whether their answer is wanted; one whose status is withheld from others may.
 */
export function isOpen({ requestStatus: status, question }: Request): boolean {
  if (status === null) return question === null || question.state === "AWAITED";
  return status !== "FILLED" && status !== "UNFILLED" && status !== "CANCELLED";
}

const tabOfRecord: Partial<Record<RecordKind, Tab>> = {
  POST: "command",
  STRUCTURE: "command",
  PERSON: "command",
  PERIOD: "plan",
  RESOURCE: "resources",
  RESOURCE_REQUEST: "requests",
  OFFER: "requests",
  MESSAGE: "messages",
  NOTE: "journal",
};

/** Where something can be done about it. */
export function tabOfConcern(concern: Concern): Tab {
  if (concern.code.startsWith("PAR")) return "resources";
  return tabOfRecord[concern.about?.kind ?? "INCIDENT"] ?? "summary";
}
