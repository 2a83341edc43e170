/** Whom drafts that need two persons wait for. Pure. */
import type { MessageHeadFragment } from "../api/generated/graphql";

export interface Drafts {
  /** Written by somebody else: they wait for the reader's release. */
  toRelease: readonly MessageHeadFragment[];
  /** Released as they are now, and not launched: nobody has been told. */
  toLaunch: readonly MessageHeadFragment[];
  /** Written by the reader: they wait for somebody else's release. */
  held: readonly MessageHeadFragment[];
}

export const noDrafts: Drafts = { toRelease: [], toLaunch: [], held: [] };

/** What a preview says of a draft; null where it cannot be launched as it is. */
export type Need = { needsRelease: boolean; digest: string } | null;

export function sorted(
  drafts: readonly { draft: MessageHeadFragment; need: Need }[],
  login: string,
): Drafts {
  const needing = drafts.filter(({ need }) => need?.needsRelease);
  const released = ({ draft, need }: (typeof drafts)[number]) =>
    draft.release?.digest === need?.digest;
  const heads = (of: typeof drafts) => of.map(({ draft }) => draft);
  const waiting = needing.filter((one) => !released(one));
  return {
    toRelease: heads(waiting.filter(({ draft }) => draft.author !== login)),
    toLaunch: heads(needing.filter(released)),
    held: heads(waiting.filter(({ draft }) => draft.author === login)),
  };
}
