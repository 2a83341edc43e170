import { expect, test, vi } from "vitest";

import { Whole } from "./whole";

type Listener = () => void;

/** As much of a map as looks somewhere: everything is seen from its middle, at a scale by its width. */
function aMap() {
  const at = { lng: 0, lat: 0, zoom: 1 };
  const listeners: Record<string, Listener[]> = { resize: [], moveend: [] };
  const fire = (what: string) => {
    for (const one of listeners[what]?.splice(0) ?? []) one();
  };
  const fitBounds = vi.fn(() => {
    at.zoom += 1;
    fire("moveend");
  });
  const resized: Listener[] = [];
  const map = {
    on: (_: string, listener: Listener) => resized.push(listener),
    once: (what: string, listener: Listener) => listeners[what]?.push(listener),
    getCenter: () => at,
    getZoom: () => at.zoom,
    fitBounds,
  };
  const resize = () => {
    for (const one of resized) one();
  };
  return { map: map as unknown as ConstructorParameters<typeof Whole>[0], at, fitBounds, resize };
}

test("another size shows everything again, until somebody looks elsewhere", () => {
  const { map, at, fitBounds, resize } = aMap();
  const whole = new Whole(map, () => [0, 0, 1, 1]);
  resize();
  expect(fitBounds).toHaveBeenCalledTimes(0);
  whole.show(false);
  resize();
  resize();
  expect(fitBounds).toHaveBeenCalledTimes(3);
  at.lng = 5;
  resize();
  expect(fitBounds).toHaveBeenCalledTimes(3);
});
