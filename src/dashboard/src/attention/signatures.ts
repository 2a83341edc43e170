/** What several have to sign: plans, joint decisions and agreements. Who has not is waited for. Pure. */
import { calledIn, plain, type Entry, type Sources } from "./entry";

export const signatures = (sources: Sources): Entry[] => [
  ...plans(sources),
  ...decisions(sources),
  ...agreements(sources),
];

type Structure = NonNullable<Sources["owed"]>["structures"]["nodes"][number];

const structuresOf = ({ owed }: Sources): readonly Structure[] => owed?.structures.nodes ?? [];

const codes = (of: readonly ({ code: string } | null)[]): string[] =>
  of.flatMap((one) => (one ? [one.code] : []));

interface Paper {
  id: string;
  sentence: string;
  since: string | null;
  href: string | null;
  incident: Entry["incident"];
  /** The codes of those who have still to sign, and of those who have. */
  missing: readonly string[];
  signed: readonly string[];
}

/** A paper is owed by whoever has not signed it; whoever has waits for the others. */
function entryOf({ missing, signed, ...paper }: Paper, own: string | null): Entry[] {
  if (own === null || missing.length === 0) return [];
  const mine = missing.includes(own);
  if (!mine && !signed.includes(own)) return [];
  return [
    {
      ...plain,
      ...paper,
      level: mine ? "WARNING" : "NOTICE",
      owner: mine ? own : missing.join(", "),
      owed: mine,
      whose: mine ? "mine" : "waiting",
    },
  ];
}

/** Of a period only the last revision can still be signed, and only while it is not over. */
function plans(sources: Sources): Entry[] {
  const { own, items, words } = sources;
  return structuresOf(sources).flatMap(({ incident }) =>
    (incident?.periods.nodes ?? []).flatMap((period) => {
      const revision = period.plan.at(-1);
      if (!incident || !revision || revision.approvedAt !== null) return [];
      if (period.periodState !== "DRAFT" && period.periodState !== "CURRENT") return [];
      const paper = {
        id: `plan ${period.id}`,
        sentence: words.sentences.plan(revision.number, period.number, calledIn(items, incident)),
        since: revision.draftedAt,
        href: `/incident/${incident.id}/plan`,
        incident: { id: incident.id, number: incident.number },
        missing: codes(revision.unsigned),
        signed: codes(revision.signatures.map(({ agency }) => agency)),
      };
      return entryOf(paper, own);
    }),
  );
}

function decisions(sources: Sources): Entry[] {
  const { own, items, words } = sources;
  return structuresOf(sources).flatMap(({ incident, jointDecisions }) =>
    jointDecisions.flatMap(({ id, what, proposedAt, agreedAt, missing, signatures: given }) => {
      if (!incident || agreedAt !== null) return [];
      const paper = {
        id: `decision ${id}`,
        sentence: words.sentences.decision(what, calledIn(items, incident)),
        since: proposedAt,
        href: `/incident/${incident.id}/command`,
        incident: { id: incident.id, number: incident.number },
        missing: codes(missing),
        signed: codes(given.map(({ agency }) => agency)),
      };
      return entryOf(paper, own);
    }),
  );
}

function agreements({ owed, own, words }: Sources): Entry[] {
  return (owed?.agreements.nodes ?? []).flatMap(
    ({ id, title, changedAt, parties, signatures: given }) => {
      const signed = codes(given.map(({ organization }) => organization));
      const paper = {
        id: `agreement ${id}`,
        sentence: words.sentences.agreement(title),
        since: changedAt,
        href: `/agreements/${id}`,
        incident: null,
        missing: codes(parties).filter((code) => !signed.includes(code)),
        signed,
      };
      return entryOf(paper, own);
    },
  );
}
