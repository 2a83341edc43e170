import type { Phrases } from "../../hub";
import { positions } from "../catalog/positions";

/** What somebody lacks for a post; several are put together by semicolons. */
const reasons = {
  "{}; {}": "{reasons}; {reasons}",
  "no qualification as {position} is recorded": "no consta una calificación como {}",
  "qualified as {position} type {has}, and type {needs} is needed":
    "tiene la calificación {} tipo {}, y se necesita el tipo {}",
  "qualified as {position} type {has}, and whom they back up is type {needs}":
    "tiene la calificación {} tipo {}, y la persona a la que apoya es de tipo {}",
  "the qualification as {position} has expired": "la calificación como {} venció",
  "the qualification as {position} was revoked": "la calificación como {} se revocó",
  "a trainee as {position}, who cannot hold it alone":
    "está en formación como {} y no puede ocuparlo sin acompañamiento",
  "no qualified {position} holds the post to coach a trainee":
    "nadie con la calificación {} ocupa el puesto para acompañar a quien se forma",
};

/** Positions, and the posts that are called by them, where a sentence names one. */
const named = [
  "POSITION_NOT_IN_MODEL.title",
  "POSITION_TAKEN.title",
  "POST_NAME_TAKEN.name",
  "SUPERVISOR_IMPOSSIBLE.title",
  "LINE_SKIPPED.title",
  "LINE_SKIPPED.open",
  "CAPACITY_MISSING.title",
  "POST_HAS_SUBORDINATES.name",
  "POST_HAS_SUBORDINATES.below",
  "POST_HAS_PARTS.name",
  "POST_HAS_RESOURCES.name",
  "POST_FILLED.name",
  "POST_HELD.name",
  "POSTS_INCOMPATIBLE.other",
  "NEED_NOT_ORDERED.place",
  "CHANNEL_UNKNOWN.place",
  "post",
  "above",
];

/** An incident of which one is not told the number. */
const another = { "one of another organization": "uno de otra organización" };

/** What stands in sentences about posts and who holds them. */
export const command: Phrases = {
  reasons,
  elsewhere: {
    "an incident or center of another organization": "un incidente o centro de otra organización",
    ...another,
  },
  number: another,
  into: another,
  ...Object.fromEntries(named.map((name) => [name, positions])),
};
