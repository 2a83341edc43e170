/** With which symbols records are drawn, by the choice of whoever looks; kept in this browser. */
import { createKeptStore } from "../api/store";

export const symbolSets = ["civil", "military"] as const;

/** Those after NAPSG's guideline for public safety, or those of MIL-STD-2525. */
export type SymbolSet = (typeof symbolSets)[number];

export const symbolSetStore = createKeptStore<SymbolSet>("muster.symbols", "civil", symbolSets);
