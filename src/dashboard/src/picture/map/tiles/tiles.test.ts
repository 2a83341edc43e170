import type { AddProtocolAction, Map as GlMap } from "maplibre-gl";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Tiles, type TilesState } from "./tiles";

/** As much of the map library as the tiles need: it asks workers for more than tests have. */
const library = vi.hoisted(() => ({ ask: null as AddProtocolAction | null }));
vi.mock("maplibre-gl", () => ({
  addProtocol: (_: string, ask: AddProtocolAction) => (library.ask = ask),
}));

const told = {
  tiles: "https://t.example/{z}/{x}/{y}.png",
  attribution: "© the county",
  maxZoom: 17,
  vector: false,
};
const OWN = ["<=", ["get", "rank"], 1];

/** What the tiles do to a map. */
class FakeMap {
  readonly layers: [string, string][] = [];
  readonly painted: string[] = [];
  filter: unknown = OWN;

  addSource = vi.fn();
  addLayer = (layer: { id: string }, below: string) => this.layers.push([layer.id, below]);
  getFilter = () => this.filter;
  setFilter = (_: string, filter: unknown) => (this.filter = filter);
  setPaintProperty = (id: string, name: string) => this.painted.push(`${id} ${name}`);
}

/** The host, which answers with this status. */
const host = { status: 200, asked: [] as string[] };

async function begin(vector = false) {
  const map = new FakeMap();
  const states: TilesState[] = [];
  const look = { theme: "light", scale: 1 } as const;
  const tell = (state: TilesState) => states.push(state);
  const tiles = new Tiles(map as unknown as GlMap, { ...told, vector }, look, tell);
  await vi.advanceTimersByTimeAsync(0);
  return { map, tiles, states };
}

/** Asks for a tile as the map does. */
function ask(tile: string, abort = new AbortController()) {
  const reply = library.ask?.({ url: `tiles://${tile}` }, abort);
  // Looked at later.
  reply?.catch(() => undefined);
  return { reply, abort };
}

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(host, { status: 200, asked: [] });
  vi.stubGlobal("fetch", (address: string) => {
    host.asked.push(address);
    return host.status === 0
      ? Promise.reject(new TypeError("away"))
      : Promise.resolve(new Response(host.status === 200 ? "tile" : null, host));
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("tiles lie below everything of our own, and are named when they have come", async () => {
  const { map, states } = await begin();
  expect(map.layers).toEqual([["tiles-raster", "grid"]]);
  expect(states).toEqual([]);
  await ask("8/40/96").reply;
  await ask("8/41/96").reply;
  expect(host.asked).toEqual(["https://t.example/8/40/96.png", "https://t.example/8/41/96.png"]);
  expect(states).toEqual([{ attribution: "© the county", standing: "coming" }]);
  expect(map.filter).not.toEqual(OWN);
});

test("while a tile is missing the coarse map names places, and it is asked for again", async () => {
  const { map, states } = await begin();
  await ask("8/40/96").reply;
  host.status = 0;
  const { reply } = ask("8/41/96");
  await vi.advanceTimersByTimeAsync(11_000);
  expect(host.asked.length).toBe(4);
  expect(states.at(-1)).toEqual({ attribution: "© the county", standing: "missing" });
  expect(map.filter).toEqual(OWN);
  host.status = 200;
  await vi.advanceTimersByTimeAsync(5_000);
  await reply;
  expect(states.at(-1)?.standing).toBe("coming");
  expect(map.filter).not.toEqual(OWN);
});

test("a host that says nothing is one that is away", async () => {
  const { states } = await begin();
  vi.stubGlobal(
    "fetch",
    (_: string, { signal }: { signal: AbortSignal }) =>
      new Promise((_, reject) => {
        signal.addEventListener("abort", () => {
          reject(new DOMException("too late", "AbortError"));
        });
      }),
  );
  ask("8/40/96");
  await vi.advanceTimersByTimeAsync(29_000);
  expect(states).toEqual([]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(states).toEqual([{ attribution: null, standing: "missing" }]);
});

test("what is out of sight is neither asked for nor missed", async () => {
  const { states } = await begin();
  host.status = 503;
  const { reply, abort } = ask("8/40/96");
  await vi.advanceTimersByTimeAsync(0);
  expect(states).toEqual([{ attribution: null, standing: "missing" }]);
  abort.abort();
  await expect(reply).rejects.toThrow();
  expect(states.at(-1)?.standing).toBe("coming");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(host.asked.length).toBe(1);
});

test("where there is no tile, pictures are those of a coarser one, and shapes are none", async () => {
  host.status = 404;
  const pictures = await begin();
  await expect(ask("8/40/96").reply).rejects.toMatchObject({ status: 404 });
  expect(pictures.states).toEqual([{ attribution: "© the county", standing: "coming" }]);
  await begin(true);
  const reply = await ask("8/40/96").reply;
  expect((reply?.data as ArrayBuffer).byteLength).toBe(0);
});

test("who has left the map is told nothing", async () => {
  const { tiles, states } = await begin();
  tiles.leave();
  await ask("8/40/96").reply;
  expect(states).toEqual([]);
});

test("another theme paints the tiles anew", async () => {
  const { map, tiles } = await begin();
  tiles.setLook({ theme: "dark", scale: 1 });
  expect(map.painted).toContain("tiles-raster raster-brightness-max");
});
