/** The symbol of a record, as on the map. */
import { memo } from "react";

import type { Item } from "../api/picture/reduce";
import { codeOf } from "./military/codes";
import { useMilitary, type Military } from "./military/useMilitary";
import styles from "./Symbol.module.css";
import { fills, frames, glyph, lookKey, lookOf, lookOfKey, rooms } from "./symbols";

export function Symbol({ item }: { item: Item }) {
  const military = useMilitary();
  if (military) return <Coded code={codeOf(item)} military={military} />;
  return <Drawn look={lookKey(lookOf(item))} />;
}

const Coded = memo(function Coded({ code, military }: { code: string; military: Military }) {
  return <img className={styles.coded} src={military.urlOf(code)} alt="" />;
});

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
