/** Draws the symbols for the map. */
import { codeOfKey } from "../military/codes";
import type { Military } from "../military/useMilitary";
import { fills, frames, glyph, lookOfKey, rooms, type SymbolLook } from "../symbols";

/** The side of a symbol on the map, in pixels of CSS. */
export const SYMBOL_PX = 30;
/** Room around it for the light rim that sets it off from the ground. */
const RIM = 2;

/** The image of a look or of a military symbol; null where the name is that of neither. */
export function drawSymbol(
  key: string,
  ratio: number,
  military: Military | null,
): ImageData | null {
  const coded = codeOfKey(key);
  if (coded) return military?.imageOf(coded.code, coded.hollow, ratio) ?? null;
  const look = lookOfKey(key);
  return look && drawLook(look, ratio);
}

function drawLook(look: SymbolLook, ratio: number): ImageData | null {
  const side = Math.round((SYMBOL_PX + 2 * RIM) * ratio);
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext("2d");
  if (!context) return null;
  const scale = (SYMBOL_PX / 32) * ratio;
  context.setTransform(scale, 0, 0, scale, RIM * ratio, RIM * ratio);
  const [fill, on] = fills[look.tone];
  const frame = new Path2D(frames[look.frame]);
  context.lineJoin = "round";
  context.strokeStyle = "#ffffff";
  context.lineWidth = 4;
  context.stroke(frame);
  context.fillStyle = look.hollow ? "#ffffff" : fill;
  context.fill(frame);
  context.strokeStyle = look.hollow ? fill : "#101820";
  context.lineWidth = look.hollow ? 2.4 : 0.8;
  context.setLineDash(look.hollow ? [4, 2.5] : []);
  context.stroke(frame);
  context.setLineDash([]);

  const [left, top, width] = rooms[look.frame];
  context.translate(left, top);
  context.scale(width / 24, width / 24);
  const { d, lines } = glyph(look.glyph);
  const ink = look.hollow ? fill : on;
  if (lines) {
    context.strokeStyle = ink;
    context.lineWidth = 2.6;
    context.stroke(new Path2D(d));
  } else {
    context.fillStyle = ink;
    context.fill(new Path2D(d));
  }
  return context.getImageData(0, 0, side, side);
}
