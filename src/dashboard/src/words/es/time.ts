import type { Words } from "../en";

export const time: Words["time"] = {};
