/** One thing that needs somebody, and what such things are gathered from. Pure. */
import type {
  AttentionLevel,
  AttentionNowQuery,
  ClocksNowQuery,
  MessageHeadFragment,
  OwedNowQuery,
} from "../api/generated/graphql";
import type { Item } from "../api/picture/reduce";
import type { Drafts } from "../messages/drafts";
import { titleOf } from "../picture/facts";
import type { Words } from "../words/en";
import type { HubWords } from "../words/hub";

export interface Entry {
  id: string;
  level: AttentionLevel;
  sentence: string;
  /** Who has to do something, by code; several where each has to do the same. */
  owner: string | null;
  /** Since when it is so; null where that is not known. */
  since: string | null;
  /** When it falls due, where it has such a moment. */
  due: string | null;
  /** Where it is put right. */
  href: string | null;
  /** What puts it right at once: a request to be answered, a signal to open an incident from. */
  act: { what: "answer" | "own" | "incident"; id: string } | { what: "release" | "launch" } | null;
  /** The incident that it is about, as people call it where the picture tells. */
  incident: { id: string; number: string; called?: string } | null;
  /** Whether others wait for a word or a signature, and nothing goes on before. */
  owed: boolean;
  whose: "mine" | "waiting" | "others";
}

export interface Sources {
  attention: AttentionNowQuery["attention"]["nodes"];
  clocks: ClocksNowQuery | null;
  /** What is signed by several. */
  owed: OwedNowQuery | null;
  /** Running messages of one's own organization. */
  running: readonly MessageHeadFragment[];
  /** Drafts that need two persons, by whom they wait for. */
  drafts: Drafts;
  items: ReadonlyMap<string, Item>;
  /** The code of the organization that one acts for. */
  own: string | null;
  now: number;
  words: Words["attention"];
  meetingKinds: Words["room"]["plan"]["meetingKinds"];
  /** For the sentences of the hub. */
  hub: HubWords | null;
}

export const plain = { due: null, act: null, incident: null, href: null, owed: false } as const;

/** How soon a moment has to be to be told of, in milliseconds. */
const SOON_MS = 60 * 60_000;

/** How much a moment presses: past ones most, and those that are far not at all. */
export function levelOf(at: string | null, now: number): AttentionLevel | null {
  if (at === null) return null;
  const left = new Date(at).getTime() - now;
  if (left <= 0) return "ALARM";
  return left <= SOON_MS ? "WARNING" : null;
}

/** What people call an incident: by its name, as nobody knows the numbers by heart. */
export function calledIn(
  items: Sources["items"],
  incident: { id: string; number: string } | null,
): string {
  const item = incident && items.get(incident.id);
  return item?.__typename === "Incident" ? titleOf(item) : (incident?.number ?? "");
}
