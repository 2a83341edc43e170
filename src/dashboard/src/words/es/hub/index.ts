/** The hub's own sentences in Spanish. */
import type { Templates } from "../../hub";
import { general } from "./general";
import { messages } from "./messages";
import { planning } from "./planning";
import { requests } from "./requests";
import { resources } from "./resources";
import { structure } from "./structure";

export { phrases } from "./phrases";
export { watch } from "./watch";

export const refusals: Templates = {
  ...general,
  ...structure,
  ...planning,
  ...resources,
  ...requests,
  ...messages,
};
