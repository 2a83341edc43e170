/** Whether the palette of commands is open. */
import { createStore } from "../api/store";

export const paletteStore = createStore(false);

export const openPalette = (): void => {
  paletteStore.set(true);
};

export const closePalette = (): void => {
  paletteStore.set(false);
};
