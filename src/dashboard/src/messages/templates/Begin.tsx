/** A new message begins with a template. */
import { Choice } from "../../ui/Fields";
import { go } from "../../ui/route";
import { useWords } from "../../words";
import { nameOf, useTemplates } from "./useTemplates";

interface Props {
  /** The incident that the message is about, where that is known. */
  incident: string;
  /** The template or earlier message that it begins with now. */
  like: string | null;
}

const NONE = "-";

export function Begin({ incident, like }: Props) {
  const words = useWords().templates;
  const { templates } = useTemplates();
  if (!templates || templates.length === 0) return null;
  const options = templates.map((template) => ({ id: template.id, label: nameOf(template) }));
  const chosen = options.some(({ id }) => id === like) ? like : null;
  return (
    <Choice
      label={words.begin}
      value={chosen ?? NONE}
      onChange={(template) => {
        go(toWrite(template === NONE ? null : template, incident));
      }}
      options={[{ id: NONE, label: words.none }, ...options]}
    />
  );
}

/** Where a message is written, beginning with a template. */
export function toWrite(template: string | null, incident = ""): string {
  const parts = Object.entries({ incident, like: template ?? "" }).filter(([, value]) => value);
  return `/messages/new?${new URLSearchParams(parts).toString()}`;
}
