/** Reports of one incident side by side, and where they contradict each other. Pure. */
import type { ItemOfIncidentQuery } from "../../api/generated/graphql";

export type AttachedSignal = NonNullable<ItemOfIncidentQuery["incident"]>["signals"][number];

/** What reports are compared by. */
export const aspects = ["event", "severity", "certainty", "urgency", "area"] as const;
export type Aspect = (typeof aspects)[number];

/** What a report says of an aspect; null where it says nothing, or that is withheld. */
export function said({ signal }: AttachedSignal, aspect: Aspect): string | null {
  switch (aspect) {
    case "event":
      return signal.infos[0]?.event ?? null;
    case "area":
      return signal.infos[0]?.areas.map((area) => area.description).join("; ") ?? null;
    default:
      return signal[aspect];
  }
}

/** What was replaced or withdrawn by its own sender contradicts nothing any more. */
const replaced: readonly unknown[] = ["SUPERSEDED", "CANCELLED"];

/** Those that count; if none does, those whose time was over; if there are none either, all. */
export function current(signals: readonly AttachedSignal[]): AttachedSignal[] {
  const live = signals.filter(({ signal }) => signal.state === "LIVE");
  const last = signals.filter(({ signal }) => !replaced.includes(signal.state));
  return [live, last].find((some) => some.length > 0) ?? [...signals];
}

/** By which aspects reports say different things. What is not said contradicts nothing. */
export function contradictions(signals: readonly AttachedSignal[]): Set<Aspect> {
  return new Set(
    aspects.filter((aspect) => {
      const values = signals
        .map((signal) => said(signal, aspect))
        .filter((value) => value !== null && value !== "" && value !== "UNKNOWN");
      return new Set(values).size > 1;
    }),
  );
}
