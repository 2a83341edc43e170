/** The map of the picture. It is loaded after the list is there. */
import { useEffect, useMemo, useRef, useState } from "react";

import { useItem, useShown } from "../../api/picture/shown";
import { useSession } from "../../api/session";
import { useStore } from "../../api/store";
import { coordinateStyles, coordinatesStore, coordinatesText } from "../../geo/coordinates";
import { Button } from "../../ui/Button";
import { useCommands, type CommandEntry } from "../../ui/commands";
import { Empty } from "../../ui/Empty";
import { offerMap, pickStore } from "../../ui/pickPlace";
import { useScale, useTheme } from "../../ui/useTheme";
import { useWords } from "../../words";
import { boundsStore, filterStore } from "../filter";
import { useMilitary } from "../military/useMilitary";
import { select, useSelected } from "../selection";
import styles from "./MapPane.module.css";
import type { TilesState } from "./tiles/tiles";
import { TilesNote, TilesSource } from "./TilesNote";
import { MapView } from "./view";

export default function MapPane() {
  const words = useWords();
  const frame = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<MapView | null>(null);
  const [failed, setFailed] = useState(false);
  const [pointer, setPointer] = useState<[number, number] | null>(null);
  const { picture } = useShown();
  const filter = useStore(filterStore);
  const theme = useTheme();
  const military = useMilitary();
  const scale = useScale();
  const selected = useItem(useSelected());
  const added = useSession().session.map;
  const [tiles, setTiles] = useState<TilesState | null>(null);

  // What it is in the beginning; what changes later is told to the map that is there.
  const title = words.picture.map;
  const initial = useRef({ filter, theme, added });
  useEffect(() => {
    if (!frame.current) return;
    const { filter, theme, added } = initial.current;
    const made = makeView(
      frame.current,
      picture,
      filter,
      { theme, scale, title, added },
      {
        onSelect: select,
        onBounds: boundsStore.set,
        onPointer: setPointer,
        onPlace: (point) => {
          const wanted = pickStore.get();
          wanted?.take(point);
          return wanted !== null;
        },
        onTiles: setTiles,
      },
    );
    setView(made);
    setFailed(made === null);
    if (made === null) return;
    const offered = offerMap();
    return () => {
      offered();
      made.destroy();
      boundsStore.set(null);
    };
  }, [picture, scale, title]);
  useEffect(() => view?.setFilter(filter), [view, filter]);
  useEffect(() => view?.setTheme(theme), [view, theme]);
  useEffect(() => view?.setSymbols(military), [view, military]);
  useEffect(() => view?.setSelected(selected), [view, selected]);

  const commands = useMemo<CommandEntry[]>(
    () => [
      {
        id: "map.fit",
        words: words.picture.fit,
        group: "view",
        keys: "f",
        run: () => view?.fit(),
      },
    ],
    [view, words],
  );
  useCommands(commands);

  return (
    <>
      <div ref={frame} className={styles.frame} />
      <Picking />
      {failed && <Empty title={words.picture.mapFailed} />}
      <div className={styles.tools} data-no-wall>
        <Button onPress={() => view?.fit()}>{words.picture.fit}</Button>
      </div>
      {tiles && <TilesNote {...tiles} />}
      <Coordinates pointer={pointer} />
      <p className={styles.source}>
        {tiles && <TilesSource {...tiles} />}
        {words.picture.mapSource}
      </p>
    </>
  );
}

/** Tells whoever chooses a place what for; they may give up. */
function Picking() {
  const words = useWords().app;
  const wanted = useStore(pickStore);
  useEffect(() => {
    if (wanted === null) return;
    const leave = ({ key }: KeyboardEvent) => {
      if (key === "Escape") wanted.giveUp();
    };
    window.addEventListener("keydown", leave);
    return () => {
      window.removeEventListener("keydown", leave);
    };
  }, [wanted]);
  if (wanted === null) return null;
  return (
    <p className={styles.picking} role="status">
      {wanted.why} <Button onPress={wanted.giveUp}>{words.cancel}</Button>
    </p>
  );
}

/** The map; null where the device cannot draw it, as without WebGL. */
function makeView(...args: ConstructorParameters<typeof MapView>): MapView | null {
  try {
    return new MapView(...args);
  } catch {
    return null;
  }
}

/** Where the pointer is, in the style that the reader likes; a press chooses the next one. */
function Coordinates({ pointer }: { pointer: [number, number] | null }) {
  const words = useWords().picture;
  const style = useStore(coordinatesStore);
  const next = coordinateStyles[(coordinateStyles.indexOf(style) + 1) % coordinateStyles.length];
  return (
    <button
      type="button"
      data-no-wall
      className={styles.coordinates}
      title={words.coordinatesNext}
      onClick={() => {
        if (next) coordinatesStore.set(next);
      }}
    >
      {words.coordinates[style]}
      {pointer && ` ${coordinatesText(pointer, style)}`}
    </button>
  );
}
