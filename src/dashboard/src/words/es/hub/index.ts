/** The hub's own sentences in Spanish. */
import type { HubWords } from "../../hub";
import { termText } from "../terms";
import { command } from "./command";
import { general } from "./general";
import { happened } from "./happened";
import { messages } from "./messages";
import { phrases } from "./phrases";
import { planning } from "./planning";
import { reasons } from "./reasons";
import { requests } from "./requests";
import { resources } from "./resources";
import { structure } from "./structure";
import { timeline } from "./timeline";
import { watch } from "./watch";

export const hub: HubWords = {
  refusals: { ...general, ...structure, ...planning, ...resources, ...requests, ...messages },
  watch,
  timeline,
  reasons,
  phrases: { ...phrases, ...happened, ...command },
  term: termText,
};
