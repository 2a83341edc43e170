/** The map as such: no React in it. */
import type { GeoJSONSource, Map as GlMap, MapLayerMouseEvent } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";

import type { Picture } from "../../api/picture/picture";
import type { Item } from "../../api/picture/reduce";
import type { OperatorMap } from "../../api/session";
import { persistently } from "../../api/persistently";
import { pointOf } from "../facts";
import { fits, type Bounds, type Filter } from "../filter";
import { shownAreas } from "./areas";
import { bareMap } from "./bare";
import { loadBaseMap, type BaseMap } from "./base";
import { gridLines } from "./grid";
import { Feed, isEmpty, type SourceDiff } from "./feed";
import { boundsOf } from "./extent";
import type { Military } from "../military/useMilitary";
import { drawSymbol } from "./images";
import { layers, type MapLook, type MapTheme } from "./style";
import type { Tiles, TilesState } from "./tiles/tiles";
import { Whole } from "./whole";

/** How often changes are drawn, at most. */
const DRAW_EVERY_MS = 250;
/** And where there are many records, as all clusters are made anew each time. */
const DRAW_MANY_EVERY_MS = 1_000;
const MANY = 3_000;
/** How often positions that only grow older are looked at. */
const AGE_EVERY_MS = 60_000;
/** Above so many changes at once the whole is sent: that is quicker. */
const DIFF_MAX = 5_000;

/** The width of the card that covers the left of the map, as in PicturePage.module.css. */
const CARD_REM = 27;

export interface ViewEvents {
  onSelect: (id: string | null) => void;
  onBounds: (bounds: Bounds) => void;
  onPointer: (point: [number, number] | null) => void;
  /** Whether a click at a place was for that place, and not for what lies there. */
  onPlace: (point: [number, number]) => boolean;
  /** How it is with the operator's map, where there is one. */
  onTiles: (state: TilesState) => void;
}

export class MapView {
  readonly #map: GlMap;
  readonly #whole: Whole;
  readonly #feed = new Feed();
  readonly #picture: Picture;
  readonly #changed = new Set<string>();
  readonly #stops: (() => void)[] = [];
  readonly #scale: number;
  #military: Military | null = null;
  #tiles: Tiles | null = null;
  #filter: Filter;
  #theme: MapTheme;
  #selected: string | null = null;
  /** The ids of records whose areas are drawn. */
  #areas: ReadonlySet<string> = new Set();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ready = false;
  #fitted = false;

  constructor(
    frame: HTMLElement,
    picture: Picture,
    filter: Filter,
    look: MapLook & { title: string; added: OperatorMap | null },
    on: ViewEvents,
  ) {
    this.#scale = look.scale;
    this.#theme = look.theme;
    this.#picture = picture;
    this.#filter = filter;
    this.#map = bareMap(frame, look);
    this.#whole = new Whole(this.#map, () => {
      const bounds = boundsOf([...this.#picture.items.values()].filter(this.#wanted));
      return bounds && [...bounds];
    });
    this.#map.on("styleimagemissing", ({ id }) => {
      const ratio = Math.min(window.devicePixelRatio * this.#scale, 4);
      const image = drawSymbol(id, ratio, this.#military);
      if (image) this.#map.addImage(id, image, { pixelRatio: ratio });
    });
    this.#map.on("load", () => {
      this.#begin();
      if (look.added) void this.#addTiles(look.added, on);
    });
    this.#listen(on);
  }

  #begin(): void {
    this.#ready = true;
    this.#paint();
    void persistently(loadBaseMap).then((base) => {
      // Whoever looked at it may have left meanwhile.
      if (this.#ready) this.#setBase(base);
    });
    this.#drawAll();
    this.#stops.push(
      this.#picture.follow(({ put, removed }) => {
        for (const id of put.keys()) this.#changed.add(id);
        for (const id of removed) this.#changed.add(id);
        this.#soon();
      }),
    );
    const timer = setInterval(() => {
      for (const id of this.#feed.aging(this.#picture.items)) this.#changed.add(id);
      this.#soon();
    }, AGE_EVERY_MS);
    this.#stops.push(() => {
      clearInterval(timer);
    });
  }

  /** What draws them is loaded only where there are any. */
  async #addTiles(added: OperatorMap, { onTiles }: ViewEvents): Promise<void> {
    const { Tiles } = await persistently(() => import("./tiles/tiles"));
    if (this.#ready) this.#tiles = new Tiles(this.#map, added, this.#look(), onTiles);
  }

  #look = (): MapLook => ({ theme: this.#theme, scale: this.#scale });

  #setBase({ land, borders, places }: BaseMap): void {
    this.#set("land", land);
    this.#set("borders", borders);
    this.#set("places", places);
  }

  #listen(on: ViewEvents): void {
    const map = this.#map;
    const bounds = () => {
      const seen = this.#bounds();
      this.#set("grid", gridLines(seen));
      on.onBounds(seen);
    };
    map.on("load", bounds);
    map.on("moveend", bounds);
    map.on("moveend", () => {
      if (this.#ready) this.#draw([]);
    });
    map.on("mousemove", ({ lngLat }) => {
      on.onPointer([lngLat.lng, lngLat.lat]);
    });
    map.on("mouseout", () => {
      on.onPointer(null);
    });
    map.on("click", ({ point, lngLat }) => {
      if (on.onPlace([lngLat.lng, lngLat.lat])) return;
      const near: [[number, number], [number, number]] = [
        [point.x - 6, point.y - 6],
        [point.x + 6, point.y + 6],
      ];
      const [cluster] = map.queryRenderedFeatures(near, { layers: ["clusters"] });
      if (cluster) {
        void this.#openCluster(cluster);
        return;
      }
      const marks = map.queryRenderedFeatures(near, { layers: ["points"] });
      const found =
        marks.length > 0 ? marks : map.queryRenderedFeatures(point, { layers: ["areas"] });
      on.onSelect(this.#nextOf(found.map(({ properties }) => String(properties["id"]))));
    });
    for (const layer of ["points", "clusters"]) {
      map.on("mouseenter", layer, () => {
        map.getCanvas().style.cursor = "pointer";
      });
      map.on("mouseleave", layer, () => {
        map.getCanvas().style.cursor = "";
      });
    }
  }

  /** What lies on top of each other is reached by further clicks at the same place. */
  #nextOf(ids: readonly string[]): string | null {
    const at = this.#selected === null ? -1 : ids.indexOf(this.#selected);
    return ids[(at + 1) % ids.length] ?? null;
  }

  async #openCluster(cluster: NonNullable<MapLayerMouseEvent["features"]>[number]): Promise<void> {
    const id: unknown = cluster.properties["cluster_id"];
    if (typeof id !== "number" || cluster.geometry.type !== "Point") return;
    const zoom = await this.#source("points")?.getClusterExpansionZoom(id);
    const [longitude = 0, latitude = 0] = cluster.geometry.coordinates;
    this.#map.easeTo({ center: [longitude, latitude], zoom: Math.min(zoom ?? 14, 15) });
  }

  /** Follows the same filter as the list; where the map looks does not narrow the map itself. */
  setFilter(filter: Filter): void {
    this.#filter = { ...filter, inView: false };
    if (this.#ready) this.#drawAll();
  }

  setTheme(theme: MapTheme): void {
    this.#theme = theme;
    // Until then there is nothing to be painted anew.
    if (this.#ready) this.#paint();
  }

  /** Draws everything by MIL-STD-2525, or by the own symbols when null. */
  setSymbols(military: Military | null): void {
    this.#military = military;
    if (this.#ready) this.#drawAll();
  }

  #paint(): void {
    this.#tiles?.setLook(this.#look());
    for (const layer of layers(this.#look())) {
      for (const [name, value] of Object.entries(layer.paint ?? {})) {
        this.#map.setPaintProperty(layer.id, name, value);
      }
    }
  }

  /** Rings a record, and goes there where it is out of sight. */
  setSelected(item: Item | undefined): void {
    this.#selected = item?.id ?? null;
    const point = item ? pointOf(item) : null;
    const draw = () => {
      this.#set("selected", {
        type: "FeatureCollection",
        features: point
          ? [{ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: point } }]
          : [],
      });
    };
    if (this.#ready) {
      draw();
      this.#draw([]);
    } else void this.#map.once("load", draw);
    if (point && this.#hides(point)) {
      const zoom = Math.max(this.#map.getZoom(), 10);
      this.#map.easeTo({ center: point, zoom, offset: [this.#cardWidth() / 2, 0] });
    }
  }

  /** Whether a place is out of sight, or behind the card that tells about what was chosen. */
  #hides(point: [number, number]): boolean {
    return (
      !this.#map.getBounds().contains(point) || this.#map.project(point).x < this.#cardWidth() + 20
    );
  }

  /** Nothing on a narrow screen, where the card covers all of the map. */
  #cardWidth(): number {
    const width = this.#map.getContainer().clientWidth;
    const card = CARD_REM * parseFloat(getComputedStyle(document.documentElement).fontSize);
    return width > 1.6 * card ? card : 0;
  }

  /** Goes to where everything is that fits the filter. */
  fit(animate = true): void {
    this.#whole.show(animate);
  }

  destroy(): void {
    this.#ready = false;
    clearTimeout(this.#timer);
    this.#tiles?.leave();
    for (const stop of this.#stops) stop();
    this.#map.remove();
  }

  #wanted = (item: Item): boolean => fits(item, this.#filter, null);

  #soon(): void {
    const every = this.#picture.items.size > MANY ? DRAW_MANY_EVERY_MS : DRAW_EVERY_MS;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#draw(this.#changed);
      this.#changed.clear();
    }, every);
  }

  #drawAll(): void {
    this.#changed.clear();
    this.#draw(this.#feed.everything(this.#picture.items));
  }

  /** Draws the records with these ids, and areas that are to be drawn now and were not, or were. */
  #draw(ids: Iterable<string>): void {
    const items = this.#picture.items;
    const before = this.#areas;
    this.#areas = this.#areasInSight();
    const changed = new Set(ids);
    for (const id of this.#areas) if (!before.has(id)) changed.add(id);
    for (const id of before) if (!this.#areas.has(id)) changed.add(id);
    const military = this.#military !== null;
    const options = { wanted: this.#wanted, areas: this.#areas, now: Date.now(), military };
    const diff = this.#feed.update(changed, items, options);
    this.#send("points", diff.points);
    this.#send("areas", diff.areas);
    // When there is something for the first time: the map stays where people have put it.
    if (!this.#fitted && this.#picture.complete && this.#picture.items.size > 0) {
      this.#fitted = true;
      this.fit(false);
    }
  }

  #areasInSight(): Set<string> {
    const wanted = [...this.#picture.items.values()].filter(this.#wanted);
    const ids = shownAreas(wanted, { bounds: this.#bounds(), zoom: this.#map.getZoom() });
    // Of what was chosen everything is shown.
    if (this.#selected !== null) ids.add(this.#selected);
    return ids;
  }

  #bounds(): Bounds {
    const b = this.#map.getBounds();
    return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()];
  }

  #send(name: string, diff: SourceDiff<GeoJSON.Feature>): void {
    if (isEmpty(diff)) return;
    for (let from = 0; from === 0 || from < diff.add.length; from += DIFF_MAX) {
      const add = diff.add.slice(from, from + DIFF_MAX);
      void this.#source(name)?.updateData({ add, remove: from === 0 ? diff.remove : [] });
    }
  }

  #set(name: string, data: GeoJSON.FeatureCollection): void {
    void this.#source(name)?.setData(data);
  }

  #source(name: string): GeoJSONSource | undefined {
    return this.#map.getSource(name);
  }
}
