/** The templates of the organization, in the order of their names. */
import type { TemplatesOfQuery } from "../../api/generated/graphql";
import { useAnswer } from "../../api/useAnswer";
import { TemplatesOf } from "./documents";

export type Template = TemplatesOfQuery["messages"]["nodes"][number];

const EVERY_MS = 60_000;

export function useTemplates() {
  const { data, problem, again } = useAnswer(TemplatesOf, {}, { everyMs: EVERY_MS });
  const templates =
    data && [...data.messages.nodes].sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  return { templates, problem, again };
}

export const nameOf = ({ templateName, subject }: Template): string => templateName ?? subject;
