/** The lens as a part of an address, so that a link shows the same. Pure. */

/** What an address tells of a lens: the id of the organization whose eyes, and the moment. */
export interface Told {
  eyes: string | null;
  at: number | null;
}

const EYES = "as";
const MOMENT = "at";

/** Null where an address tells of none. */
export function toldBy(search: string): Told | null {
  const params = new URLSearchParams(search);
  const eyes = params.get(EYES);
  const at = Date.parse(params.get(MOMENT) ?? "");
  const known = Number.isNaN(at) ? null : at;
  return eyes === null && known === null ? null : { eyes, at: known };
}

/** The search of an address with another lens, or with none; what else stands there stays. */
export function withLens(search: string, lens: Told | null): string {
  const params = new URLSearchParams(search);
  params.delete(EYES);
  params.delete(MOMENT);
  if (lens?.eyes) params.set(EYES, lens.eyes);
  if (lens?.at) params.set(MOMENT, new Date(lens.at).toISOString());
  const next = params.toString();
  return next === "" ? "" : `?${next}`;
}
