/** Tells what happened, in the language of the page and the zone of the incident. */
import { useNow } from "../../ui/now";
import { readable } from "../../ui/sentence";
import { useLanguage, useWords } from "../../words";
import { lineText } from "../../words/hub";
import { useZone } from "./zone";

export function useLine(): (line: Parameters<typeof lineText>[0]) => string {
  const { app, hub } = useWords();
  const language = useLanguage();
  const zone = useZone();
  const now = new Date(useNow(60_000));
  return (line) => {
    const told = lineText(line, hub);
    return told === null ? app.withheld : readable(told, now, language, zone);
  };
}
