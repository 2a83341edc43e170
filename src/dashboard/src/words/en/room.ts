import { command } from "./room/command";
import { core } from "./room/core";
import { forms } from "./room/forms";
import { plan } from "./room/plan";
import { journal, past, sharing, timeline } from "./room/record";
import { requests } from "./room/requests";
import { resources } from "./room/resources";
import { status } from "./room/status";
import { header, summary } from "./room/summary";

export const room = {
  ...core,
  header,
  summary,
  command,
  plan,
  forms,
  status,
  resources,
  requests,
  journal,
  timeline,
  past,
  sharing,
};
