/** The symbol of a record, as on the map. */
import { memo } from "react";

import type { Item } from "../api/picture/reduce";
import styles from "./Symbol.module.css";
import { fills, frames, glyph, lookKey, lookOf, lookOfKey, rooms } from "./symbols";

export function Symbol({ item }: { item: Item }) {
  return <Drawn look={lookKey(lookOf(item))} />;
}

const Drawn = memo(function Drawn({ look: key }: { look: string }) {
  const look = lookOfKey(key);
  if (!look) return null;
  const [left, top, width] = rooms[look.frame];
  const [fill, on] = fills[look.tone];
  const { d, lines } = glyph(look.glyph);
  return (
    <svg className={styles.symbol} viewBox="0 0 32 32" aria-hidden>
      <path d={frames[look.frame]} fill={fill} />
      <g transform={`translate(${left} ${top}) scale(${width / 24})`}>
        {lines ? (
          <path d={d} fill="none" stroke={on} strokeWidth={2.6} strokeLinejoin="round" />
        ) : (
          <path d={d} fill={on} />
        )}
      </g>
    </svg>
  );
});
