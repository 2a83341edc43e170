/** How many text messages a text takes. Pure. */

/** The alphabet of GSM 03.38, by which a text message has 160 characters instead of 70. */
const GSM =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/** Those take two places. */
const GSM_TWICE = "^{}\\[~]|€\f";

export interface Length {
  characters: number;
  segments: number;
  /** Whether a character asks for the alphabet by which fewer fit. */
  wide: boolean;
}

export function lengthOf(text: string): Length {
  const characters = Array.from(text);
  const narrow = characters.every((one) => GSM.includes(one) || GSM_TWICE.includes(one));
  if (narrow) {
    const places = characters.reduce((sum, one) => sum + (GSM_TWICE.includes(one) ? 2 : 1), 0);
    const segments = places <= 160 ? 1 : Math.ceil(places / 153);
    return { characters: characters.length, segments, wide: false };
  }
  const units = text.length;
  const segments = units <= 70 ? 1 : Math.ceil(units / 67);
  return { characters: characters.length, segments, wide: true };
}
