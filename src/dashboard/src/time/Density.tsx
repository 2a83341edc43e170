/** How much changed when, behind the scrubber: where records have their last changes. */
import { useMemo } from "react";

import { livePicture } from "../api/picture/shown";
import { useNow } from "../ui/now";
import { density, type Span } from "./moments";
import styles from "./TimeBar.module.css";

const PARTS = 90;
const AGAIN_MS = 10_000;

export function Density({ end, span }: { end: number; span: Span }) {
  const round = useNow(AGAIN_MS);
  const bars = useMemo(() => {
    const moments: number[] = [];
    for (const { changedAt } of livePicture.items.values()) {
      if (changedAt !== null) moments.push(Date.parse(changedAt));
    }
    const counts = density(moments, end, span, PARTS);
    const most = Math.max(1, ...counts);
    return { heights: counts.map((count) => (count === 0 ? 0 : 3 + (count / most) * 9)), round };
  }, [end, span, round]).heights;
  return (
    <svg
      className={styles.density}
      viewBox={`0 0 ${PARTS} 12`}
      preserveAspectRatio="none"
      aria-hidden
    >
      {bars.map((height, part) =>
        height === 0 ? null : (
          <rect key={part} x={part} y={12 - height} width={0.8} height={height} />
        ),
      )}
    </svg>
  );
}
