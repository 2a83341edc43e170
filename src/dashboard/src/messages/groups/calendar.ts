/** Names that stand in a calendar file, so that people can say whose shifts are whose. Pure. */

export interface CalendarName {
  text: string;
  events: number;
}

/**
 * What events are called and who takes part in them, the most frequent first. Only a suggestion:
 * what a name means to the hub, the hub says when the file is imported.
 */
export function namesIn(file: string): CalendarName[] {
  const lines = file.replace(/\r?\n[ \t]/g, "").split(/\r?\n/);
  const counts = new Map<string, number>();
  let names: Set<string> | null = null;
  for (const line of lines) {
    if (line === "BEGIN:VEVENT") names = new Set();
    else if (line === "END:VEVENT") {
      for (const name of names ?? []) counts.set(name, (counts.get(name) ?? 0) + 1);
      names = null;
    } else if (names) {
      const name = nameOn(line);
      if (name) names.add(name);
    }
  }
  return [...counts]
    .map(([text, events]) => ({ text, events }))
    .sort((a, b) => b.events - a.events || a.text.localeCompare(b.text));
}

function nameOn(line: string): string | null {
  const summary = /^SUMMARY(?:;[^:]*)?:(.*)$/.exec(line);
  if (summary) return plain(summary[1] ?? "");
  const attendee = /^ATTENDEE((?:;(?:"[^"]*"|[^:"])*)?):(.*)$/.exec(line);
  if (!attendee) return null;
  const common = /;CN=(?:"([^"]*)"|([^;:]*))/.exec(attendee[1] ?? "");
  return plain(common?.[1] ?? common?.[2] ?? (attendee[2] ?? "").replace(/^mailto:/i, ""));
}

const plain = (text: string) => text.replace(/\\([,;\\])/g, "$1").trim();

/** Whom a name means, where it is somebody's whole name. */
export function guess(
  text: string,
  persons: readonly { id: string; name: string }[],
): string | null {
  const wanted = text.toLowerCase();
  return persons.find(({ name }) => name.toLowerCase() === wanted)?.id ?? null;
}
