import type { tiles as en } from "../en/tiles";

export const tiles: typeof en = {
  map: "Mapa",
  missing: "El mapa detallado no llega; se muestra el general.",
  unknown: "El mapa del servidor no tiene ninguna capa que aquí se dibuje; se muestra el general.",
};
