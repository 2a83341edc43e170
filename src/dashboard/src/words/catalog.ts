/**
 * Names of the hub's own catalogues: kinds of hazard, positions of NIMS, kinds of resource. The hub
 * says them in English; what somebody has named themselves is in no table and stays as it is. Pure.
 */

/** What a name of the hub is called in the language of the page. English has none. */
export type Catalog = Readonly<Record<string, string>>;

export const called = (name: string, catalog: Catalog): string => catalog[name] ?? name;

/** What kinds of resource are called that came with the hub, where only their id is told. */
export const resourceNames: Readonly<Record<string, string>> = {
  "air-ambulance-helicopter": "Air ambulance, helicopter",
  "ambulance-ground": "Ambulance, ground",
  "ambulance-strike-team": "Strike team, ambulance",
  "boat-rescue": "Rescue boat",
  bulldozer: "Bulldozer",
  "bus-passenger": "Bus, passenger",
  cots: "Cots",
  "fire-engine": "Engine, fire",
  generator: "Generator, mobile",
  "hand-crew": "Hand crew, wildland",
  "hazmat-team": "Hazardous materials response team",
  "helicopter-firefighting": "Helicopter, firefighting",
  "patrol-team": "Law enforcement patrol team",
  "pump-water": "Water pump, de-watering",
  sandbags: "Sandbags, filled",
  shelter: "Shelter",
  "shelter-team": "Shelter management team",
  "strike-team-engine": "Strike team, engine",
  "swiftwater-rescue-team": "Swiftwater and flood rescue team",
  "traffic-control-team": "Traffic control team",
  "usar-task-force": "Urban search and rescue task force",
  "water-tender": "Water tender, tactical",
};

/** A kind of resource by its id, which is said itself where the kind did not come with the hub. */
export const resourceCalled = (id: string, catalog: Catalog): string =>
  called(resourceNames[id] ?? id, catalog);

/** A kind with its type, as the hub puts them together, such as `Engine, fire, Type 3`. */
export function typedCalled(
  text: string,
  catalog: Catalog,
  typed: (type: number) => string,
): string {
  const [, name, type] = /^(.*), Type (\d)$/.exec(text) ?? [];
  if (name === undefined || type === undefined) return called(text, catalog);
  return `${called(name, catalog)}, ${typed(Number(type))}`;
}
