/** Costs item by item, as the hub has them and as fields hold them. Pure. */
import type { Offer } from "./turn";

type Cost = Offer["terms"]["cost"];

/** The items of a cost, as on the agreements of EMAC. */
export const costItems = ["travel", "personnel", "equipment", "commodity", "other"] as const;

type CostItem = (typeof costItems)[number];

/** Whole units of the currency, as they are written. */
export type CostDraft = Record<CostItem, string>;

export const noCost: CostDraft = {
  travel: "0",
  personnel: "0",
  equipment: "0",
  commodity: "0",
  other: "0",
};

/** In how many of the smallest units one of a currency is counted. */
const PARTS = 100;

export const costDraft = (cost: Cost): CostDraft => ({
  travel: `${cost.travel / PARTS}`,
  personnel: `${cost.personnel / PARTS}`,
  equipment: `${cost.equipment / PARTS}`,
  commodity: `${cost.commodity / PARTS}`,
  other: `${cost.other / PARTS}`,
});

const smallest = (text: string) => Math.round(Number(text || "0") * PARTS);

export const costOf = (draft: CostDraft, currency: string): Cost => ({
  currency,
  travel: smallest(draft.travel),
  personnel: smallest(draft.personnel),
  equipment: smallest(draft.equipment),
  commodity: smallest(draft.commodity),
  other: smallest(draft.other),
});

/** All of it, in the smallest unit of its currency. */
export const totalOf = (cost: Cost): number => costItems.reduce((sum, item) => sum + cost[item], 0);

/** In words, such as `$1,250.00`. */
export function moneyText(smallestUnits: number, currency: string, language: string): string {
  const options = { style: "currency", currency } as const;
  return new Intl.NumberFormat(language, options).format(smallestUnits / PARTS);
}
