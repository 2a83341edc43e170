/** Names of the hub's own catalogues, by what the hub says. */
import type { Catalog } from "../../catalog";
import { hazards } from "./hazards";
import { positions } from "./positions";
import { resources } from "./resources";

export const catalog: Catalog = { ...hazards, ...positions, ...resources };
