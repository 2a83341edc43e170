import { afterEach, expect, test, vi } from "vitest";

import { AT_ONCE_MAX, attributionOf, hasKnownLayers, PartsOfFile, sourceOf } from "./source";

afterEach(() => {
  vi.unstubAllGlobals();
});

const host = { tiles: "https://t.example/{z}/{x}/{y}.png?k=1", attribution: "©", maxZoom: 17 };
const still = new AbortController().signal;

test("tiles of a host are asked for as it was told", async () => {
  const source = await sourceOf({ ...host, vector: false });
  expect(source).toMatchObject({
    spec: { type: "raster", maxzoom: 17, tileSize: 256 },
    attribution: "©",
    box: null,
  });
  const fetched = vi.fn(() => Promise.resolve(new Response("tile")));
  vi.stubGlobal("fetch", fetched);
  const tile = await source?.load([8, 40, 96], still);
  expect(new TextDecoder().decode(tile ?? undefined)).toBe("tile");
  expect(fetched).toHaveBeenCalledWith("https://t.example/8/40/96.png?k=1", { signal: still });
});

test("a host that has no tile is not one that fails", async () => {
  const source = await sourceOf({ ...host, vector: true });
  const answer = (status: number) => {
    vi.stubGlobal("fetch", () => Promise.resolve(new Response(null, { status })));
    return source?.load([8, 40, 96], still);
  };
  for (const status of [204, 404, 410]) expect(await answer(status)).toBeNull();
  for (const status of [403, 429, 503]) await expect(answer(status)).rejects.toThrow(`${status}`);
});

/** A file of 40 kB of a county: zooms 4 to 14, and metadata. */
function archive(kind: number, metadata: object, box = [-121, 38, -120, 39]): Uint8Array {
  const file = new Uint8Array(40_000);
  const view = new DataView(file.buffer);
  const text = new TextEncoder().encode(JSON.stringify(metadata));
  file.set(new TextEncoder().encode("PMTiles"));
  file[7] = 3;
  const sections = [127, 1, 200, text.length, 20_000, 0, 20_000, 20_000];
  sections.forEach((value, index) => {
    view.setBigUint64(8 + 8 * index, BigInt(value), true);
  });
  file.set([1, 1, kind, 4, 14], 97);
  box.forEach((degrees, index) => {
    view.setInt32(102 + 4 * index, degrees * 1e7, true);
  });
  file.set(text, 200);
  return file;
}

/** Has the hub hand out parts of a file, and counts how many are under way at once. */
function serve(file: Uint8Array) {
  const seen = { now: 0, most: 0 };
  vi.stubGlobal(
    "fetch",
    async (_: string, { headers, signal }: RequestInit & { headers: Headers }) => {
      signal?.throwIfAborted();
      seen.now += 1;
      seen.most = Math.max(seen.most, seen.now);
      await new Promise((resolve) => setTimeout(resolve, 1));
      seen.now -= 1;
      const [from = 0, last = 0] = (headers.get("range") ?? "").slice(6).split("-").map(Number);
      return new Response(file.slice(from, last + 1), { status: 206, headers: { etag: '"v"' } });
    },
  );
  return seen;
}

test("a file says itself where it has tiles of which kind, and whose they are", async () => {
  serve(archive(2, { attribution: '<a href="https://x.example">©\n the  county</a>' }));
  const source = await sourceOf({ pmtiles: "/map/a.pmtiles", attribution: null });
  expect(source).toMatchObject({
    spec: {
      type: "raster",
      minzoom: 4,
      maxzoom: 14,
      bounds: [-121, 38, -120, 39],
    },
    attribution: "© the county",
    box: [-121, 38, -120, 39],
    minZoom: 4,
  });
  const told = await sourceOf({ pmtiles: "/map/a.pmtiles", attribution: "by us" });
  expect(told?.attribution).toBe("by us");
});

test("a file that does not say where it has tiles is asked for all", async () => {
  serve(archive(2, {}, [0, 0, 0, 0]));
  const source = await sourceOf({ pmtiles: "/map/e.pmtiles", attribution: null });
  expect(source?.box).toBeNull();
  expect(source?.spec).not.toHaveProperty("bounds");
});

test("a file of which nothing is drawn is no source", async () => {
  const layers = (...names: string[]) => ({ vector_layers: names.map((id) => ({ id })) });
  serve(archive(1, layers("transportation", "place")));
  expect(await sourceOf({ pmtiles: "/map/b.pmtiles", attribution: null })).toBeNull();
  serve(archive(1, layers("roads", "pois")));
  const source = await sourceOf({ pmtiles: "/map/c.pmtiles", attribution: null });
  expect(source?.spec.type).toBe("vector");
});

test("what its maker did not write is not missed", () => {
  expect(hasKnownLayers(null)).toBe(true);
  expect(hasKnownLayers({ vector_layers: "roads" })).toBe(true);
  expect(hasKnownLayers({ vector_layers: [null, "roads"] })).toBe(false);
  expect(attributionOf({})).toBeNull();
  expect(attributionOf({ attribution: " <b> </b>" })).toBeNull();
});

test("a few parts are asked for at once, and one that fails gives its place to the next", async () => {
  const seen = serve(archive(2, {}));
  const parts = new PartsOfFile("/map/d.pmtiles");
  const asked = Array.from({ length: 20 }, (_, n) =>
    n % 3 === 0 ? parts.getBytes(0, 1, AbortSignal.abort()) : parts.getBytes(n, 1),
  );
  await Promise.allSettled(asked);
  expect(seen.now).toBe(0);
  expect(seen.most).toBe(AT_ONCE_MAX);
});
