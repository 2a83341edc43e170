/** Coordinates in the styles that people use. */
import { createKeptStore } from "../api/store";
import { usng } from "./usng";

export const coordinateStyles = ["decimal", "dms", "usng"] as const;
export type CoordinateStyle = (typeof coordinateStyles)[number];

/** How the reader likes coordinates. */
export const coordinatesStore = createKeptStore<CoordinateStyle>(
  "muster.coordinates",
  "decimal",
  coordinateStyles,
);

/** A position, longitude first as everywhere in the API, as people write it. */
export function coordinatesText(
  [longitude, latitude]: readonly [number, number],
  style: CoordinateStyle,
): string {
  switch (style) {
    case "decimal":
      return `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
    case "dms":
      return `${dms(latitude, "N", "S")} ${dms(longitude, "E", "W")}`;
    case "usng":
      // Near the poles the grid is another one, which nobody here uses.
      return usng(longitude, latitude) ?? coordinatesText([longitude, latitude], "decimal");
  }
}

/** Degrees, minutes and seconds, to the second: some 30 m. */
function dms(value: number, positive: string, negative: string): string {
  const seconds = Math.round(Math.abs(value) * 3_600);
  const parts = [
    Math.floor(seconds / 3_600),
    Math.floor((seconds % 3_600) / 60),
    seconds % 60,
  ] as const;
  const two = (part: number) => String(part).padStart(2, "0");
  return `${parts[0]}°${two(parts[1])}′${two(parts[2])}″${value < 0 ? negative : positive}`;
}
