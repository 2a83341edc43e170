/** What falls due: transfers that wait for an answer, periods, meetings and offers. Pure. */
import { calledIn, levelOf, plain, type Entry, type Sources } from "./entry";
import { hrefOf } from "./hrefs";

export const clocks = (sources: Sources): Entry[] => [
  ...transfers(sources),
  ...periods(sources),
  ...meetings(sources),
  ...offers(sources),
];

function transfers({ clocks, own, words, items }: Sources): Entry[] {
  return (clocks?.structures.nodes ?? []).flatMap(({ incident, transfers: open }) =>
    open
      .filter(({ stage, to }) => stage === "PROPOSED" && to.organization?.code === own)
      .map(({ id, joins, from, steps }) => ({
        ...plain,
        id: `transfer ${id}`,
        level: "WARNING" as const,
        sentence: words.sentences[joins ? "joining" : "transfer"](
          calledIn(items, incident),
          from.organization?.code ?? "",
        ),
        owner: own,
        since: steps.at(-1)?.at ?? null,
        href: incident ? `/incident/${incident.id}/command` : null,
        incident,
        owed: true,
        whose: "mine" as const,
      })),
  );
}

function periods({ clocks, own, now, words, items }: Sources): Entry[] {
  return (clocks?.incidents.nodes ?? []).flatMap(({ id, number, lead, currentPeriod }) => {
    const level = levelOf(currentPeriod?.end ?? null, now);
    if (!currentPeriod || level === null || lead?.code !== own) return [];
    return {
      ...plain,
      id: `period ${currentPeriod.id}`,
      level,
      sentence: words.sentences.period(
        currentPeriod.number,
        calledIn(items, { id, number }),
        level === "ALARM",
      ),
      owner: own,
      since: null,
      due: currentPeriod.end,
      href: `/incident/${id}/plan`,
      incident: { id, number },
      whose: "mine",
    };
  });
}

/**
 * The planning of a period is late by its first meeting that nobody held: the others wait for it.
 * A period that runs has been planned, well or badly.
 */
function meetings({ clocks, own, now, words, meetingKinds, items }: Sources): Entry[] {
  return (clocks?.incidents.nodes ?? []).flatMap(({ id, number, lead, periods }) => {
    if (lead?.code !== own) return [];
    return periods.nodes.flatMap((period) => {
      if (period.periodState !== "DRAFT") return [];
      const missing = period.meetings.filter(({ held, due }) => !held && levelOf(due, now));
      const past = missing.filter(({ due }) => levelOf(due, now) === "ALARM").length;
      const [next] = missing;
      if (!next) return [];
      const kind = meetingKinds[next.meeting];
      return {
        ...plain,
        id: `meeting ${period.id}`,
        level: past > 0 ? "WARNING" : "NOTICE",
        sentence: words.sentences.meeting(
          kind,
          period.number,
          calledIn(items, { id, number }),
          past > 0,
          Math.max(past - 1, 0),
        ),
        owner: own,
        since: null,
        due: next.due,
        href: `/incident/${id}/plan`,
        incident: { id, number },
        whose: "mine",
      } satisfies Entry;
    });
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
