/** Times in the zone of the incident and in UTC. */
import { useEffect, useState, type ReactNode } from "react";

import { persistently } from "../../api/persistently";
import { When } from "../../ui/Time";
import { useZone, Zone } from "../../ui/zone";

export { useZone } from "../../ui/zone";

type LookUp = (latitude: number, longitude: number) => string;

/** Says in which zone the times below are told: that of the place; the device's where none is known. */
export function ZoneOf({
  point,
  children,
}: {
  point: readonly [number, number] | null;
  children: ReactNode;
}) {
  const [lookUp, setLookUp] = useState<LookUp | null>(null);
  useEffect(() => {
    // The table of zones is large, and nobody waits for it.
    void persistently(() => import("@photostructure/tz-lookup")).then((module) => {
      setLookUp(() => module.default);
    });
  }, []);
  const zone = lookUp && point ? lookUp(point[1], point[0]) : undefined;
  return <Zone value={zone}>{children}</Zone>;
}

/** A moment, as people at the incident call it, and in UTC. */
export function Moment({ at }: { at: string | null | undefined }) {
  const zone = useZone();
  return <When at={at} {...(zone === undefined ? {} : { zone })} />;
}
