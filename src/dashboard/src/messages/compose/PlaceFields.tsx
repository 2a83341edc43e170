/** Parts of an audience by place: near a position, or inside an outline of the picture. */
import { useMemo } from "react";

import type { Item } from "../../api/picture/reduce";
import { useItems } from "../../api/picture/shown";
import { coordinatesText } from "../../geo/coordinates";
import { Choice, TextInput } from "../../ui/Fields";
import { PointField } from "../../ui/PointField";
import { useWords } from "../../words";
import type { Outline, Selector } from "./selectors";

type Of<K extends Selector["kind"]> = Extract<Selector, { kind: K }>;

interface Props<K extends Selector["kind"]> {
  selector: Of<K>;
  onChange: (selector: Of<K>) => void;
}

export function NearFields({ selector, onChange }: Props<"near">) {
  const words = useWords().messages.compose;
  const places = usePlaces();
  return (
    <>
      <Choice
        label={words.placeOf}
        value={null}
        onChange={(id) => {
          const point = places.find((one) => one.id === id)?.point;
          if (point) onChange({ ...selector, point: coordinatesText(point, "decimal") });
        }}
        options={places.filter(({ point }) => point !== null)}
      />
      <PointField
        value={selector.point}
        onChange={(point) => {
          onChange({ ...selector, point });
        }}
        required
      />
      <TextInput
        label={words.km}
        type="number"
        value={selector.km}
        onChange={(km) => {
          onChange({ ...selector, km });
        }}
        required
      />
    </>
  );
}

export function InsideFields({ selector, onChange }: Props<"inside">) {
  const words = useWords().messages.compose;
  const areas = usePlaces().filter(({ outline }) => outline !== null);
  const kept = { id: "kept", label: selector.name || words.areaKept };
  const chosen = areas.find(({ label }) => label === selector.name)?.id;
  return (
    <Choice
      label={words.area}
      value={selector.outline ? (chosen ?? kept.id) : null}
      onChange={(id) => {
        const area = areas.find((one) => one.id === id);
        if (area) onChange({ ...selector, outline: area.outline, name: area.label });
      }}
      options={selector.outline && chosen === undefined ? [kept, ...areas] : areas}
      required
    />
  );
}

interface Named {
  id: string;
  label: string;
  point: [number, number] | null;
  outline: Outline | null;
}

/** Where something is on the picture: incidents, and signals with their areas. */
function usePlaces(): Named[] {
  const { items, version } = useItems(2_000);
  return useMemo(
    () => ({ version, places: [...items.values()].flatMap(placeOf) }),
    [items, version],
  ).places;
}

function placeOf(item: Item): Named[] {
  if (item.__typename === "Incident") {
    const { location } = item;
    if (!location?.point && !location?.perimeter) return [];
    const label = `${item.number} ${item.name}`;
    return [{ id: item.id, label, point: location.point, outline: location.perimeter }];
  }
  if (item.__typename === "Signal") {
    const areas = item.infos.flatMap((info) => info.areas);
    const outline = areas.flatMap(({ polygons }) => polygons).filter((one) => one !== null);
    if (outline.length === 0 && !item.point) return [];
    return [
      {
        id: item.id,
        label: item.headline,
        point: item.point,
        outline: outline.length > 0 ? outline : null,
      },
    ];
  }
  return [];
}
