/** What needs somebody, gathered from all that can, in the order in which it presses. Pure. */
import type { AttentionLevel } from "../api/generated/graphql";
import type { Item } from "../api/picture/reduce";
import { watchText } from "../words/hub";
import { titleOf } from "../picture/facts";
import { clocks } from "./clocks";
import { calledIn, levelOf, plain, type Entry, type Sources } from "./entry";
import { hrefOf } from "./hrefs";
import { ofMessages } from "./messages";
import { signatures } from "./signatures";

const ranks: Record<AttentionLevel, number> = { ALARM: 0, WARNING: 1, NOTICE: 2 };

export function entriesOf(sources: Sources): Entry[] {
  const { items } = sources;
  return [
    ...together(concerns(sources)),
    ...ofMessages(sources),
    ...clocks(sources),
    ...signatures(sources),
    ...fromPicture(sources),
  ]
    .map(({ incident, ...entry }) => ({
      ...entry,
      incident: incident && { ...incident, called: calledIn(items, incident) },
    }))
    .sort(byPressure);
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

function concerns({ attention, own, items, hub }: Sources): Entry[] {
  return attention.map((concern) => {
    const { code, about, level, sentence, since, owner, waits, incident, person } = concern;
    const told = watchText(concern, hub);
    const mine = owner ? owner.code === own : (incident?.lead?.code ?? own) === own;
    const asked = about ? items.get(about.id) : undefined;
    const whose = mine ? "mine" : waits?.code === own ? "waiting" : "others";
    const named =
      person?.name ??
      (asked?.__typename === "ResourceRequest" ? `${titleOf(asked)} (${asked.number})` : null);
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
