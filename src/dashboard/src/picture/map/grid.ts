/** Lines of longitude and latitude, so that a map without streets still says where one is. Pure. */
import type { Feature, FeatureCollection } from "geojson";

import type { Bounds } from "../filter";

/** Degrees between two lines; the first that leaves no more than a few of them is taken. */
const STEPS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30];
const LINES_MAX = 7;
/** Poleward of this the map ends. */
const LATITUDE_MAX = 85;

export function gridStep(span: number): number {
  return STEPS.find((step) => span / step <= LINES_MAX) ?? 45;
}

export function gridLines([west, south, east, north]: Bounds): FeatureCollection {
  const [low, high] = [Math.max(south, -LATITUDE_MAX), Math.min(north, LATITUDE_MAX)];
  const step = gridStep(Math.max(east - west, high - low));
  const digits = step >= 1 ? 0 : Math.ceil(-Math.log10(step));
  const features: Feature[] = [];
  for (const x of steps(west, east, step)) {
    features.push(line([x, low], [x, high], meridian(x, digits)));
  }
  for (const y of steps(low, high, step)) {
    features.push(line([west, y], [east, y], label(y, digits, "N", "S")));
  }
  return { type: "FeatureCollection", features };
}

function steps(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step);
  const count = Math.max(0, Math.floor(to / step) - first + 1);
  return Array.from({ length: count }, (_, n) => (first + n) * step);
}

/** A map that shows the world more than once has longitudes beyond 180. */
function meridian(x: number, digits: number): string {
  const turned = ((((x + 180) % 360) + 360) % 360) - 180;
  return label(turned, digits, "E", "W");
}

function label(value: number, digits: number, positive: string, negative: string): string {
  return `${Math.abs(value).toFixed(digits)}°${value < 0 ? negative : positive}`;
}

const line = (from: [number, number], to: [number, number], label: string): Feature => ({
  type: "Feature",
  properties: { label },
  geometry: { type: "LineString", coordinates: [from, to] },
});
