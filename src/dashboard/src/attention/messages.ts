/** Messages that need somebody: to release or launch them, or to look after whom they told. Pure. */
import type { MessageHeadFragment } from "../api/generated/graphql";
import { plain, type Entry, type Sources } from "./entry";

export const ofMessages = (sources: Sources): Entry[] => [...drafts(sources), ...running(sources)];

/** A message that one person wrote and another releases is nowhere until it is launched. */
function drafts({ drafts: { toRelease, toLaunch, held }, own, words }: Sources): Entry[] {
  const entry = (
    { id, subject, draftedAt, priority, incident, release }: MessageHeadFragment,
    act: "release" | "launch",
  ): Entry => ({
    ...plain,
    id: `${act} ${id}`,
    level: priority === "ROUTINE" ? "WARNING" : "ALARM",
    sentence: words.sentences[act](subject),
    owner: own,
    since: act === "launch" ? (release?.at ?? draftedAt) : draftedAt,
    href: `/messages/${id}`,
    act: { what: act },
    incident,
    whose: "mine",
  });
  return [
    ...toRelease.map((one) => entry(one, "release")),
    ...toLaunch.map((one) => entry(one, "launch")),
    ...held.map((one): Entry => ({
      ...entry(one, "release"),
      id: `held ${one.id}`,
      level: "NOTICE",
      sentence: words.sentences.held(one.subject),
      act: null,
      whose: "waiting",
    })),
  ];
}

function running({ running: all, own, words }: Sources): Entry[] {
  return all.flatMap(({ id, subject, launchedAt, organization, counts, incident }) => {
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
    const found: Entry[] = [];
    if (help > 0) {
      const sentence = words.sentences.needsHelp(subject, help);
      found.push({ ...shared, id: `help ${id}`, level: "ALARM", sentence });
    }
    if (silent > 0) {
      const sentence = words.sentences.silent(subject, silent);
      found.push({ ...shared, id: `silent ${id}`, level: "WARNING", sentence });
    }
    return found;
  });
}
