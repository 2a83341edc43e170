/** Which tokens still let a program in. Pure. */
import type { Token } from "./documents";

export type Standing = "works" | "expired" | "revoked";

export function standing({ revoked, expires }: Token, now: number): Standing {
  if (revoked !== null) return "revoked";
  return Date.parse(expires) <= now ? "expired" : "works";
}

/** Those that work, those that end soonest first; and the others, the last issued first. */
export function sorted(tokens: readonly Token[], now: number): { working: Token[]; past: Token[] } {
  const works = (token: Token) => standing(token, now) === "works";
  return {
    working: tokens.filter(works).sort((a, b) => Date.parse(a.expires) - Date.parse(b.expires)),
    past: tokens
      .filter((token) => !works(token))
      .sort((a, b) => Date.parse(b.created) - Date.parse(a.created)),
  };
}
