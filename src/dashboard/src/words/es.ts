/** Spanish. Each area keeps its words in a file of its own. */
import type { Words } from "./en";
import { accounts } from "./es/accounts";
import { act } from "./es/act";
import { app } from "./es/app";
import { attention } from "./es/attention";
import { catalog } from "./es/catalog";
import { hub } from "./es/hub";
import { messages } from "./es/messages";
import { names } from "./es/names";
import { picture } from "./es/picture";
import { room } from "./es/room";
import { sharing } from "./es/sharing";
import { templates } from "./es/templates";
import { time } from "./es/time";

export const es: Words = {
  accounts,
  act,
  app,
  attention,
  catalog,
  hub,
  messages,
  names,
  picture,
  room,
  sharing,
  templates,
  time,
};
