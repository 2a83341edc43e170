/** What needs somebody, gathered from all that can, in the order in which it presses. Pure. */
import type {
  AttentionLevel,
  AttentionNowQuery,
  ClocksNowQuery,
  MessageHeadFragment,
} from "../api/generated/graphql";
import type { Item } from "../api/picture/reduce";
import type { Words } from "../words/en";
import { watchText, type HubWords } from "../words/hub";
import { hrefOf } from "./hrefs";

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
  act: { what: "answer" | "own" | "incident"; id: string } | { what: "release" } | null;
  /** The incident that it is about. */
  incident: { id: string; number: string } | null;
  whose: "mine" | "waiting" | "others";
}

export interface Sources {
  attention: AttentionNowQuery["attention"]["nodes"];
  clocks: ClocksNowQuery | null;
  /** Running messages of one's own organization. */
  running: readonly MessageHeadFragment[];
  /** Messages that wait for one's own release. */
  approvals: readonly MessageHeadFragment[];
  items: ReadonlyMap<string, Item>;
  /** The code of the organization that one acts for. */
  own: string | null;
  now: number;
  words: Words["attention"];
  /** For the sentences of the hub. */
  hub: HubWords | null;
}

/** How soon a moment has to be to be told of, in milliseconds. */
const SOON_MS = 60 * 60_000;

const ranks: Record<AttentionLevel, number> = { ALARM: 0, WARNING: 1, NOTICE: 2 };

export function entriesOf(sources: Sources): Entry[] {
  return [
    ...together(concerns(sources)),
    ...approvals(sources),
    ...messages(sources),
    ...transfers(sources),
    ...periods(sources),
    ...offers(sources),
    ...fromPicture(sources),
  ].sort(byPressure);
}

/** What many have to do about one record is one entry with all of them, as with a request to all. */
function together(entries: readonly Entry[]): Entry[] {
  const merged = new Map<string, Entry>();
  for (const entry of entries) {
    const same = merged.get(entry.id);
    if (!same) merged.set(entry.id, entry);
    else if (entry.owner)
      merged.set(entry.id, { ...same, owner: `${same.owner ?? ""}, ${entry.owner}` });
  }
  return [...merged.values()];
}

/** The most pressing first, then what falls due next, then what is longest so. */
function byPressure(a: Entry, b: Entry): number {
  const when = ({ due, since }: Entry) => due ?? since ?? "";
  return ranks[a.level] - ranks[b.level] || when(a).localeCompare(when(b)) || byId(a, b);
}

const byId = (a: Entry, b: Entry) => a.id.localeCompare(b.id);

const plain = { due: null, act: null, incident: null, href: null } as const;

function concerns({ attention, own, items, hub }: Sources): Entry[] {
  return attention.map((concern) => {
    const { code, about, level, sentence, since, owner, waits, incident, person } = concern;
    const told = watchText(concern, hub);
    const mine = owner ? owner.code === own : (incident?.lead?.code ?? own) === own;
    const asked = about ? items.get(about.id) : undefined;
    const whose = mine ? "mine" : waits?.code === own ? "waiting" : "others";
    const named = person?.name ?? (asked?.__typename === "ResourceRequest" ? asked.number : null);
    return {
      ...plain,
      id: [whose, code, about?.id, incident?.id, person?.id, sentence].join(" "),
      level,
      sentence: named === null ? told : `${named}: ${told}`,
      owner: owner?.code ?? null,
      since,
      href: about ? hrefOf(about.kind, about.id, incident?.id ?? null) : null,
      act: code === "OPEN_QUESTION" && mine && asked ? doing(asked, own) : null,
      incident: incident ? { id: incident.id, number: incident.number } : null,
      whose,
    };
  });
}

/** What answers a question about a request: those who were asked offer, whoever asks goes on. */
function doing(item: Item, own: string | null): Entry["act"] {
  if (item.__typename !== "ResourceRequest") return null;
  if (item.question?.state === "AWAITED") return { what: "answer", id: item.id };
  const waits = item.requestStatus === "AWAITING_APPROVALS" || item.requestStatus === "APPROVED";
  return waits && item.askedBy?.code === own ? { what: "own", id: item.id } : null;
}

function approvals({ approvals: all, own, words }: Sources): Entry[] {
  return all.map(({ id, subject, draftedAt, priority, incident }) => ({
    ...plain,
    id: `release ${id}`,
    level: priority === "ROUTINE" ? "WARNING" : "ALARM",
    sentence: words.sentences.release(subject),
    owner: own,
    since: draftedAt,
    href: `/messages/${id}`,
    act: { what: "release" },
    incident,
    whose: "mine",
  }));
}

function messages({ running, own, words }: Sources): Entry[] {
  return running.flatMap(({ id, subject, launchedAt, organization, counts, incident }) => {
    if (organization?.code !== own) return [];
    const count = (...of: string[]) =>
      counts.reduce((sum, one) => (of.includes(one.standing) ? sum + one.count : sum), 0);
    const shared = {
      ...plain,
      owner: own,
      since: launchedAt,
      href: `/messages/${id}`,
      incident,
      whose: "mine" as const,
    };
    const [help, silent] = [count("NEEDS_HELP"), count("SILENT", "UNREACHABLE")];
    const all: Entry[] = [];
    if (help > 0) {
      const sentence = words.sentences.needsHelp(subject, help);
      all.push({ ...shared, id: `help ${id}`, level: "ALARM", sentence });
    }
    if (silent > 0) {
      const sentence = words.sentences.silent(subject, silent);
      all.push({ ...shared, id: `silent ${id}`, level: "WARNING", sentence });
    }
    return all;
  });
}

function transfers({ clocks, own, words }: Sources): Entry[] {
  return (clocks?.structures.nodes ?? []).flatMap(({ incident, transfers: open }) =>
    open
      .filter(({ stage, to }) => stage === "PROPOSED" && to.organization?.code === own)
      .map(({ id, from }) => ({
        ...plain,
        id: `transfer ${id}`,
        level: "WARNING" as const,
        sentence: words.sentences.transfer(incident?.number ?? "", from.organization?.code ?? ""),
        owner: own,
        since: null,
        href: incident ? `/incident/${incident.id}/command` : null,
        incident,
        whose: "mine" as const,
      })),
  );
}

function periods({ clocks, own, now, words }: Sources): Entry[] {
  return (clocks?.incidents.nodes ?? []).flatMap(({ id, number, lead, currentPeriod }) => {
    const level = levelOf(currentPeriod?.end ?? null, now);
    if (!currentPeriod || level === null || lead?.code !== own) return [];
    return {
      ...plain,
      id: `period ${currentPeriod.id}`,
      level,
      sentence: words.sentences.period(currentPeriod.number, number),
      owner: own,
      since: null,
      due: currentPeriod.end,
      href: `/incident/${id}/plan`,
      incident: { id, number },
      whose: "mine",
    };
  });
}

function offers({ clocks, own, now, words }: Sources): Entry[] {
  return (clocks?.offers.nodes ?? []).flatMap(({ id, expires, answers, by, request }) => {
    const level = levelOf(expires, now);
    if (level === null || answers?.code !== own) return [];
    const incident = request?.incident ?? null;
    return {
      ...plain,
      id: `offer ${id}`,
      level,
      sentence: words.sentences.offer(by?.code ?? "", request?.number ?? ""),
      owner: own,
      since: null,
      due: expires,
      href: hrefOf("OFFER", id, incident?.id ?? null),
      incident,
      whose: "mine",
    };
  });
}

/** Requests of one's own that are wanted soon, and signals that a rule left to a person. */
function fromPicture({ items, own, now, words }: Sources): Entry[] {
  const all: Entry[] = [];
  for (const item of items.values()) {
    if (item.__typename === "ResourceRequest" && item.askedBy?.code === own) {
      const level = levelOf(item.wantedBy, now);
      if (level === null || !item.outstanding) continue;
      all.push({
        ...plain,
        id: `wanted ${item.id}`,
        level,
        sentence: words.sentences.request(item.number, item.outstanding),
        owner: own,
        since: null,
        due: item.wantedBy,
        href: hrefOf("RESOURCE_REQUEST", item.id, item.incident?.id ?? null),
        whose: "mine",
      });
    }
    if (item.__typename === "Signal" && item.suggestion && item.attachments.length === 0) {
      all.push({
        ...plain,
        id: `signal ${item.id}`,
        level: "NOTICE",
        sentence: words.sentences.suggestion(item.headline),
        owner: null,
        since: item.key?.sent ?? item.changedAt,
        href: hrefOf("SIGNAL", item.id, null),
        act: { what: "incident", id: item.id },
        whose: "mine",
      });
    }
  }
  return all;
}

/** How much a moment presses: past ones most, and those that are far not at all. */
export function levelOf(at: string | null, now: number): AttentionLevel | null {
  if (at === null) return null;
  const left = new Date(at).getTime() - now;
  if (left <= 0) return "ALARM";
  return left <= SOON_MS ? "WARNING" : null;
}
