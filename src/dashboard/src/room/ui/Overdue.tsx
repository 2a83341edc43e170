/** That something should have been done by now, and for how long. */
import { Badge } from "../../ui/Badge";
import { useNow } from "../../ui/now";
import { useWords } from "../../words";
import { ageText } from "../../words/format";

/** Nothing as long as there is time left. */
export function Overdue({ at }: { at: string }) {
  const words = useWords().room.plan;
  const left = new Date(at).getTime() - useNow(60_000);
  return left < 0 ? <Badge tone="alarm">{words.overdue(ageText(-left))}</Badge> : null;
}
