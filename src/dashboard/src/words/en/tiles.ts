/** Of the map that whoever runs the hub added; loaded with the map. */
export const tiles = {
  map: "Map",
  missing: "The detailed map does not come; the coarse one is shown.",
  unknown: "The hub's map has no layer that is drawn here; the coarse one is shown.",
};
