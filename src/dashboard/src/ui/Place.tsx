/** Where something is: the name of the place, and its coordinates as the reader likes them. */
import { coordinatesStore, coordinatesText } from "../geo/coordinates";
import { useStore } from "../api/store";
import { useWords } from "../words";

interface Props {
  name?: string | null | undefined;
  /** Longitude, latitude. */
  point?: readonly [number, number] | null | undefined;
}

export function Place({ name, point }: Props) {
  const words = useWords().app;
  const style = useStore(coordinatesStore);
  if (!name && !point) return <span className="muted">{words.unknown}</span>;
  return (
    <span>
      {name} {point && <span className="number">{coordinatesText(point, style)}</span>}
    </span>
  );
}
