import { command } from "./room/command";
import { core } from "./room/core";
import { plan } from "./room/plan";
import { journal, past, sharing, timeline } from "./room/record";
import { requests } from "./room/requests";
import { resources } from "./room/resources";
import { header, summary } from "./room/summary";

export const room = {
  ...core,
  header,
  summary,
  command,
  plan,
  resources,
  requests,
  journal,
  timeline,
  past,
  sharing,
};
