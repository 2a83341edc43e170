/** English. Each area keeps its words in a file of its own. */
import { accounts } from "./en/accounts";
import { act } from "./en/act";
import { app } from "./en/app";
import { attention } from "./en/attention";
import { messages } from "./en/messages";
import { names } from "./en/names";
import { picture } from "./en/picture";
import { room } from "./en/room";
import { sharing } from "./en/sharing";
import { templates } from "./en/templates";
import { time } from "./en/time";
import type { Catalog } from "./catalog";
import type { HubWords } from "./hub";

/** The hub speaks English. */
const hub = null as HubWords | null;
const catalog: Catalog = {};

export const en = {
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

/** What every language has: exactly these keys. */
export type Words = typeof en;
