/** Where a message and those whom it is for stand, for badges and bars. Pure. */
import type { DeliveryStanding, MessageHeadFragment } from "../api/generated/graphql";
import type { Tone } from "../ui/Badge";

/** In the order in which people look: who needs help, who comes, who is silent, who is left. */
export const standings: readonly DeliveryStanding[] = [
  "NEEDS_HELP",
  "DONE",
  "ACCEPTED",
  "UNDERSTOOD",
  "ACKNOWLEDGED",
  "ANSWERED",
  "DECLINED",
  "REACHED",
  "SILENT",
  "UNREACHABLE",
  "HELD",
  "SENT",
  "TRYING",
  "WAITING",
];

export const standingTones: Record<DeliveryStanding, Tone> = {
  NEEDS_HELP: "alarm",
  DONE: "ok",
  ACCEPTED: "ok",
  UNDERSTOOD: "ok",
  ACKNOWLEDGED: "notice",
  ANSWERED: "notice",
  DECLINED: "special",
  REACHED: "notice",
  SILENT: "warning",
  UNREACHABLE: "alarm",
  HELD: "warning",
  SENT: "plain",
  TRYING: "plain",
  WAITING: "plain",
};

export type Standing = MessageHeadFragment["stage"] | "HELD" | "RELEASED";

export const stageTones: Record<Standing, Tone> = {
  DRAFT: "plain",
  HELD: "warning",
  RELEASED: "ok",
  RUNNING: "notice",
  ENDED: "plain",
  STOPPED: "special",
  TEMPLATE: "plain",
  DISCARDED: "plain",
};

/**
 * Where a message stands for its readers: a draft that is released, or that waits for it. Before a
 * preview only those for the public are known to need somebody else.
 */
export function standsAt(
  message: Pick<MessageHeadFragment, "stage" | "release" | "public">,
  needsRelease = message.public ?? false,
): Standing {
  if (message.stage !== "DRAFT") return message.stage;
  if (message.release) return "RELEASED";
  return needsRelease ? "HELD" : "DRAFT";
}

export interface Share {
  standing: DeliveryStanding;
  count: number;
}

/** How many stand where, in the order of `standings`. */
export function shares(counts: readonly Share[]): Share[] {
  return standings.flatMap((standing) => {
    const count = counts.find((one) => one.standing === standing)?.count ?? 0;
    return count > 0 ? [{ standing, count }] : [];
  });
}

export const countOf = (counts: readonly Share[], ...of: readonly DeliveryStanding[]): number =>
  counts.reduce((sum, { standing, count }) => (of.includes(standing) ? sum + count : sum), 0);
