/** Coordinates as people type them. Pure. */

/** Longitude, latitude; null where the text is no position on earth. Decimal or DMS. */
export function parseCoordinates(text: string): [number, number] | null {
  const found = text.includes("°") || /[NSEWO]/i.test(text) ? fromDms(text) : fromDecimal(text);
  if (!found) return null;
  const [longitude, latitude] = found;
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? found : null;
}

/** Latitude first, as people say it: `37.12345, -121.5`. */
function fromDecimal(text: string): [number, number] | null {
  const parts = /^\s*([+-]?\d+(?:\.\d+)?)[\s,;]+([+-]?\d+(?:\.\d+)?)\s*$/.exec(text);
  return parts ? [Number(parts[2]), Number(parts[1])] : null;
}

/** `37°07′24″N 121°30′00″W`, with any marks between the numbers; minutes and seconds may lack. */
function fromDms(text: string): [number, number] | null {
  const one = String.raw`(\d+(?:\.\d+)?)[°\s]*(?:(\d+(?:\.\d+)?)['′\s]*)?(?:(\d+(?:\.\d+)?)["″\s]*)?`;
  const whole = new RegExp(`^\\s*${one}([NS])[\\s,;]*${one}([EWO])\\s*$`, "i").exec(text);
  if (!whole) return null;
  const degrees = (from: number) =>
    Number(whole[from] ?? 0) +
    Number(whole[from + 1] ?? 0) / 60 +
    Number(whole[from + 2] ?? 0) / 3_600;
  const latitude = degrees(1) * (whole[4]?.toUpperCase() === "S" ? -1 : 1);
  // West is written `O` in Spanish.
  const longitude = degrees(5) * (whole[8]?.toUpperCase() === "E" ? 1 : -1);
  return [longitude, latitude];
}
