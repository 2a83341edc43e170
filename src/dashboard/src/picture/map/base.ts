/** The base map: coarse land, borders and places, from files that the hub serves. */
import type { Feature, FeatureCollection } from "geojson";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";

import landUrl from "./base/land.json?url";
import placesUrl from "./base/places.json?url";

interface LandFile {
  world: Topology<{ countries: GeometryCollection }>;
  states: Topology<{ states: GeometryCollection }>;
}

interface PlacesFile {
  names: string;
  at: number[];
  upTo: number[];
}

export interface BaseMap {
  land: FeatureCollection;
  borders: FeatureCollection;
  places: FeatureCollection;
}

export async function loadBaseMap(): Promise<BaseMap> {
  const [land, places] = await Promise.all([load<LandFile>(landUrl), load<PlacesFile>(placesUrl)]);
  const inner = (a: unknown, b: unknown) => a !== b;
  const { world, states } = land;
  return {
    land: collection([
      ...feature(world, world.objects.countries).features,
      ...feature(states, states.objects.states).features,
    ]),
    borders: collection([
      border("country", mesh(world, world.objects.countries)),
      border("state", mesh(states, states.objects.states, inner)),
    ]),
    places: collection(placesOf(places)),
  };
}

/** A file that an older page of the dashboard may have asked for before the hub was renewed. */
async function load<T>(url: string): Promise<T> {
  const reply = await fetch(url);
  if (!reply.ok) throw new Error(`the base map is not there: ${reply.status}`);
  return (await reply.json()) as T;
}

const collection = (features: Feature[]): FeatureCollection => ({
  type: "FeatureCollection",
  features,
});

const border = (level: string, geometry: Feature["geometry"]): Feature => ({
  type: "Feature",
  properties: { level },
  geometry,
});

/** Places with the rank that says from which zoom on they are named. */
function placesOf({ names, at, upTo }: PlacesFile): Feature[] {
  return names.split("\n").map((name, index) => {
    const found = upTo.findIndex((end) => index < end);
    return {
      type: "Feature",
      properties: { name, rank: found < 0 ? upTo.length : found, order: index },
      geometry: {
        type: "Point",
        coordinates: [(at[2 * index] ?? 0) / 100, (at[2 * index + 1] ?? 0) / 100],
      },
    };
  });
}
