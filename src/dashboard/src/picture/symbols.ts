/**
 * Symbols after the manner of the NAPSG Foundation's guideline: the shape of the frame says what
 * sort of record it is, the glyph what it is about, the colour how much it presses. Pure: the list
 * draws them as SVG, the map on a canvas.
 */
import type { Item } from "../api/picture/reduce";
import type { Category, ResourceClass } from "../api/generated/graphql";
import type { Tone } from "../ui/Badge";
import { standingTone } from "./facts";

/** On a square of 32. */
export const frames = {
  Incident: "M16 1 31 16 16 31 1 16z",
  Signal: "M16 2a3 3 0 0 1 2.6 1.5l12 22A3 3 0 0 1 28 30H4a3 3 0 0 1-2.6-4.5l12-22A3 3 0 0 1 16 2z",
  Resource: "M5 3h22a2 2 0 0 1 2 2v22a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z",
  ResourceRequest: "M9 2h14l7 14-7 14H9L2 16z",
} as const;

/** Where a frame has room for the glyph, on its square of 32: left, top, width. */
export const rooms: Record<keyof typeof frames, readonly [number, number, number]> = {
  Incident: [8, 8, 16],
  Signal: [9, 13, 14],
  Resource: [6, 6, 20],
  ResourceRequest: [8, 8, 16],
};

interface Glyph {
  /** On a square of 24. */
  d: string;
  /** Whether it is drawn by lines; else it is filled. */
  lines?: true;
}

export const glyphs = {
  arrow: { d: "M3 12h14M11 5l7 7-7 7", lines: true },
  boat: { d: "M2 14h20l-4 6H6zM11 2v10H4zM13 4l6 8h-6z" },
  bolt: { d: "M13 1 4 14h6l-2 9L19 9h-7z" },
  box: { d: "M3 7l9-4 9 4v10l-9 4-9-4zM3 7l9 4 9-4M12 11v10", lines: true },
  bulldozer: {
    d: "M5 15h10a3 3 0 0 1 0 6H5a3 3 0 0 1 0-6zM6 7h6l2 8H6zM19 8v10l3 3",
    lines: true,
  },
  cross: { d: "M9 2h6v7h7v6h-7v7H9v-7H2V9h7z" },
  dot: { d: "M12 6a6 6 0 1 0 .01 0z" },
  drop: { d: "M12 1c5 6 7 10 7 13a7 7 0 0 1-14 0c0-3 2-7 7-13z" },
  exclamation: { d: "M10 2h4l-.6 13h-2.8zM12 17.5a2.3 2.3 0 1 0 .01 0z" },
  flame: {
    d: "M12.5 1c.5 5 6 7.5 6 13.5a6.5 6.5 0 0 1-13 0c0-3 1.5-4.5 2.8-6 .2 2 1 3 2 3.5 1-4-.8-7 2.2-11z",
  },
  flask: {
    d: "M8 3h8M10 3v6l-6 10a1.5 1.5 0 0 0 1.3 2h13.4a1.5 1.5 0 0 0 1.3-2L14 9V3",
    lines: true,
  },
  helicopter: {
    d: "M3 4h18M12 4v4M3 9v4h4M6 8h8c4 0 6 3 6 7H10c-3 0-4-4-4-7zM8 20h13",
    lines: true,
  },
  house: { d: "M2 12 12 3l10 9v9h-7v-6H9v6H2z" },
  leaf: { d: "M5 19C4 9 11 4 20 4c0 10-5 16-15 15M4 22c1-6 4-9 9-11", lines: true },
  lifebuoy: {
    d: "M12 3a9 9 0 1 0 .01 0zM12 8.5a3.5 3.5 0 1 0 .01 0zM6 6l3.5 3.5M18 6l-3.5 3.5M6 18l3.5-3.5M18 18l-3.5-3.5",
    lines: true,
  },
  people: {
    d: "M8 4a3.5 3.5 0 1 0 .01 0zM1 21c0-6 3-8.5 7-8.5s7 2.5 7 8.5zM17 6a3 3 0 1 0 .01 0zM16 13c4-1 7 2 7 8h-6c0-3-.3-5.5-1-8z",
  },
  plus: { d: "M12 3v18M3 12h18", lines: true },
  quake: { d: "M1 13h4l3-8 4 15 4-11 2 4h5", lines: true },
  shield: { d: "M12 1l9 3.5V11c0 6-4 10-9 12-5-2-9-6-9-12V4.5z" },
  truck: {
    d: "M1 6h13v10H1zM15 9h4l4 4v3h-8zM6 15a3 3 0 1 0 .01 0zM18 15a3 3 0 1 0 .01 0z",
  },
  waves: {
    d: "M1 7c3-3 5-3 7.5 0s5 3 7.5 0 4-2.5 7 0M1 13c3-3 5-3 7.5 0s5 3 7.5 0 4-2.5 7 0M1 19c3-3 5-3 7.5 0s5 3 7.5 0 4-2.5 7 0",
    lines: true,
  },
  wind: { d: "M2 9h12a3.2 3.2 0 1 0-3-4M2 13h17a3.2 3.2 0 1 1-3 4M2 17h8", lines: true },
  wrench: {
    d: "M4 20l8-8M20 6l-3.5 1L15 5.5 16 2a6 6 0 0 0-5 8l3 3a6 6 0 0 0 8-5z",
    lines: true,
  },
} satisfies Record<string, Glyph>;

export type GlyphName = keyof typeof glyphs;

export const glyph = (name: GlyphName): Glyph => glyphs[name];

/** The fill of a frame, and the colour of what stands on it. Both themes use the same. */
export const fills: Record<Tone, readonly [string, string]> = {
  alarm: ["#b84300", "#ffffff"],
  warning: ["#e69f00", "#101820"],
  notice: ["#0b69a3", "#ffffff"],
  ok: ["#007a59", "#ffffff"],
  special: ["#8a3a68", "#ffffff"],
  plain: ["#566673", "#ffffff"],
};

export interface SymbolLook {
  frame: keyof typeof frames;
  glyph: GlyphName;
  tone: Tone;
  /** Drawn hollow and dashed: what it says of the place is old. */
  hollow: boolean;
}

export function lookOf(item: Item, hollow = false): SymbolLook {
  return { frame: item.__typename, glyph: glyphOf(item), tone: standingTone(item), hollow };
}

/** A look as the name of an image on the map, and back. */
export const lookKey = ({ frame, glyph, tone, hollow }: SymbolLook): string =>
  [frame, glyph, tone, hollow ? "hollow" : "full"].join("|");

export function lookOfKey(key: string): SymbolLook | null {
  const [frame, name, tone, hollow] = key.split("|");
  if (!frame || !name || !tone) return null;
  if (!(frame in frames && name in glyphs && tone in fills)) return null;
  return {
    frame: frame as keyof typeof frames,
    glyph: name as GlyphName,
    tone: tone as Tone,
    hollow: hollow === "hollow",
  };
}

function glyphOf(item: Item): GlyphName {
  switch (item.__typename) {
    case "Incident":
      return hazardGlyph(item.kind.code, item.kind.category);
    case "Signal": {
      const category = item.infos[0]?.categories[0];
      return category
        ? hazardGlyph(item.infos[0]?.event.toLowerCase() ?? "", category)
        : "exclamation";
    }
    case "Resource":
      return resourceGlyph(item.resourceKind?.id ?? "", item.resourceKind?.class ?? null);
    case "ResourceRequest":
      return "plus";
  }
}

/** Parts of codes and names that say more than the category does. */
const hazardWords: readonly [string, GlyphName][] = [
  ["evacuation", "arrow"],
  ["flood", "waves"],
  ["tsunami", "waves"],
  ["marine", "boat"],
  ["water", "drop"],
  ["power", "bolt"],
  ["red flag", "flame"],
  ["fire", "flame"],
];

const categoryGlyphs: Record<Category, GlyphName> = {
  CBRNE: "flask",
  ENV: "leaf",
  FIRE: "flame",
  GEO: "quake",
  HEALTH: "cross",
  INFRA: "bolt",
  MET: "wind",
  OTHER: "dot",
  RESCUE: "lifebuoy",
  SAFETY: "exclamation",
  SECURITY: "shield",
  TRANSPORT: "truck",
};

function hazardGlyph(words: string, category: Category): GlyphName {
  return hazardWords.find(([part]) => words.includes(part))?.[1] ?? categoryGlyphs[category];
}

const resourceWords: readonly [string, GlyphName][] = [
  ["helicopter", "helicopter"],
  ["ambulance", "cross"],
  ["boat", "boat"],
  ["swiftwater", "lifebuoy"],
  ["usar", "lifebuoy"],
  ["bulldozer", "bulldozer"],
  ["patrol", "shield"],
  ["hazmat", "flask"],
  ["generator", "bolt"],
  ["tender", "drop"],
  ["pump", "drop"],
  ["engine", "truck"],
  ["bus", "truck"],
];

const classGlyphs: Record<ResourceClass, GlyphName> = {
  EQUIPMENT: "wrench",
  FACILITIES: "house",
  PERSONNEL: "people",
  SUPPLIES: "box",
  TEAMS: "people",
};

function resourceGlyph(id: string, kind: ResourceClass | null): GlyphName {
  const found = resourceWords.find(([part]) => id.includes(part))?.[1];
  return found ?? (kind ? classGlyphs[kind] : "dot");
}
