/** What an answer can mean, the usual ones first. */
import type { AnswerMeaning } from "../../api/generated/graphql";

export const meanings: readonly AnswerMeaning[] = [
  "ACCEPT",
  "DECLINE",
  "ACKNOWLEDGE",
  "UNDERSTOOD",
  "DONE",
  "NEED_HELP",
  "OTHER",
];
