/** Draws symbols of MIL-STD-2525; loaded only for those who have chosen them, as it is large. */
import {
  letterair,
  letteremergencymanagementsymbols,
  letterequipment,
  letterground,
  lettersea,
  ms,
} from "milsymbol/parts";

ms.addIcons([
  letterground,
  letterequipment,
  letterair,
  lettersea,
  letteremergencymanagementsymbols,
]);

/** The height of the frame of a friend, which is half as wide again, in pixels of CSS. */
const SIZE = 20;

const drawn = (code: string, hollow: boolean) =>
  new ms.Symbol(code, {
    size: SIZE,
    // Sets it off from the ground, light or dark.
    outlineColor: "#ffffff",
    outlineWidth: 9,
    strokeWidth: 5,
    fill: !hollow,
    infoFields: false,
  });

const urls = new Map<string, string>();

/** As an image for a page. */
export function urlOf(code: string): string {
  const known = urls.get(code);
  if (known) return known;
  const url = drawn(code, false).toDataURL();
  urls.set(code, url);
  return url;
}

/** The side of the square on the map, with room for what stands beside a frame, in pixels of CSS. */
const SIDE = 52;

/** As an image for a map, with the middle of the symbol in the middle of a square. */
export function imageOf(code: string, hollow: boolean, ratio: number): ImageData | null {
  const symbol = drawn(code, hollow);
  const side = Math.round(SIDE * ratio);
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext("2d");
  if (!context) return null;
  const { x, y } = symbol.getOctagonAnchor();
  context.drawImage(symbol.asCanvas(ratio), side / 2 - x * ratio, side / 2 - y * ratio);
  return context.getImageData(0, 0, side, side);
}
