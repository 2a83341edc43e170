/** The parts of milsymbol, of which only those that are needed are put into a build. */
declare module "milsymbol/parts" {
  import type { Symbol as MilSymbol } from "milsymbol";

  interface Parts {
    Symbol: typeof MilSymbol;
    addIcons: (icons: readonly unknown[]) => void;
  }

  export const ms: Parts;
  export const letterair: unknown;
  export const letterequipment: unknown;
  export const letterground: unknown;
  export const lettersea: unknown;
  export const letteremergencymanagementsymbols: unknown;
}
