/** Where people go to put right what is said of a record. Pure. */
import type { RecordKind } from "../api/generated/graphql";

/** Null where there is no page for it that one could go to. */
export function hrefOf(kind: RecordKind, id: string, incident: string | null): string | null {
  const room = (tab: string) => (incident === null ? null : `/incident/${incident}/${tab}`);
  switch (kind) {
    case "INCIDENT":
      return `/incident/${id}`;
    case "SIGNAL":
    case "RESOURCE":
      return `/?item=${id}`;
    // Those who are asked mostly do not see the incident.
    case "RESOURCE_REQUEST":
      return room("requests") ?? `/request/${id}`;
    case "OFFER":
      return room("requests") ?? `/offer/${id}`;
    case "STRUCTURE":
    case "POST":
    case "PERSON":
    case "QUALIFICATION":
      return room("command");
    case "PERIOD":
      return room("plan");
    case "NOTE":
      return room("journal");
    case "MESSAGE":
      return `/messages/${id}`;
    case "GROUP":
      return "/messages/groups";
    case "SCHEDULE":
      return "/messages/on-call";
    case "AGREEMENT":
      return `/agreements/${id}`;
    case "BREAK_GLASS":
    case "ORGANIZATION":
    case "POLICIES":
    case "RESOURCE_DEFINITIONS":
    case "RULES":
      return incident === null ? null : `/incident/${incident}`;
  }
}
