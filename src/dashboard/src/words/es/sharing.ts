import type { Words } from "../en";

export const sharing: Words["sharing"] = {};
