/** The markings of TLP 2.0, the freest first. */
import type { Marking } from "../api/generated/graphql";

export const markings: readonly Marking[] = ["CLEAR", "GREEN", "AMBER", "AMBER_STRICT", "RED"];
