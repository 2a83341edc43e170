/**
 * The United States National Grid (FGDC-STD-011-2001), which is the Military Grid Reference System
 * with spaces, on WGS 84. Between 80° S and 84° N.
 */

/** WGS 84: the equatorial radius in metres, and the flattening. */
const RADIUS = 6_378_137;
const FLATTENING = 1 / 298.257_223_563;
/** Of the Universal Transverse Mercator projection. */
const SCALE = 0.9996;
const FALSE_EASTING = 500_000;
const FALSE_NORTHING_SOUTH = 10_000_000;

const BANDS = "CDEFGHJKLMNPQRSTUVWX";
const COLUMNS = ["ABCDEFGH", "JKLMNPQR", "STUVWXYZ"];
const ROWS = "ABCDEFGHJKLMNPQRSTUV";

const SQUARE = 100_000;

export interface Utm {
  zone: number;
  easting: number;
  northing: number;
  north: boolean;
}

/** The zone, with the exceptions of south-western Norway and of Svalbard. */
export function zoneOf(longitude: number, latitude: number): number {
  const plain = Math.floor(((((longitude + 180) % 360) + 360) % 360) / 6) + 1;
  if (latitude >= 56 && latitude < 64 && longitude >= 3 && longitude < 12) return 32;
  if (latitude >= 72 && longitude >= 0 && longitude < 42) {
    if (longitude < 9) return 31;
    if (longitude < 21) return 33;
    return longitude < 33 ? 35 : 37;
  }
  return plain;
}

/** The projection by the series of Krüger to the third order: exact to a millimetre or so. */
export function utm(longitude: number, latitude: number): Utm {
  const zone = zoneOf(longitude, latitude);
  const radians = Math.PI / 180;
  const away = (longitude - (zone * 6 - 183)) * radians;
  const n = FLATTENING / (2 - FLATTENING);
  const a = (RADIUS / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64);
  const alphas = [
    n / 2 - (2 / 3) * n ** 2 + (5 / 16) * n ** 3,
    (13 / 48) * n ** 2 - (3 / 5) * n ** 3,
    (61 / 240) * n ** 3,
  ];
  const sine = Math.sin(latitude * radians);
  const e = (2 * Math.sqrt(n)) / (1 + n);
  const t = Math.sinh(Math.atanh(sine) - e * Math.atanh(e * sine));
  const xi = Math.atan2(t, Math.cos(away));
  const eta = Math.atanh(Math.sin(away) / Math.hypot(1, t));
  let x = eta;
  let y = xi;
  for (const [k, alpha] of alphas.entries()) {
    const order = 2 * (k + 1);
    x += alpha * Math.cos(order * xi) * Math.sinh(order * eta);
    y += alpha * Math.sin(order * xi) * Math.cosh(order * eta);
  }
  const north = latitude >= 0;
  return {
    zone,
    north,
    easting: FALSE_EASTING + SCALE * a * x,
    northing: (north ? 0 : FALSE_NORTHING_SOUTH) + SCALE * a * y,
  };
}

/** A position to the metre, such as `10S GJ 06832 44683`; null outside of the grid. */
export function usng(longitude: number, latitude: number): string | null {
  if (latitude < -80 || latitude > 84) return null;
  const { zone, easting, northing } = utm(longitude, latitude);
  const band = BANDS.charAt(Math.min(Math.floor((latitude + 80) / 8), BANDS.length - 1));
  const column = COLUMNS[(zone - 1) % 3]?.charAt(Math.floor(easting / SQUARE) - 1) ?? "";
  const shift = zone % 2 === 0 ? 5 : 0;
  const row = ROWS.charAt((Math.floor(northing / SQUARE) + shift) % ROWS.length);
  const five = (metres: number) => String(Math.floor(metres % SQUARE)).padStart(5, "0");
  return `${zone}${band} ${column}${row} ${five(easting)} ${five(northing)}`;
}
