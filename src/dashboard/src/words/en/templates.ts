/** Templates of messages. */
export const templates = {
  title: "Templates",
  begin: "Begin with a template",
  none: "None",
  keep: "Keep as a template",
  why: "What is often told is written in quiet times: the words, the answers, the audience and the order of telling. Leave out whoever is on one incident.",
  name: "Name",
  replace: "Replace the template",
  replaces: (name: string) => `Replaces the template ${name}.`,
  kept: "The template is kept.",
  empty: "No templates yet.",
  write: "Write with it",
  discard: "Throw away",
  discardSure: (name: string) => `Throw the template ${name} away?`,
  discarded: "The template is thrown away.",
};
