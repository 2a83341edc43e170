/** The own resources that can be had for the incident. */
import { useMemo } from "react";

import { useFreeOf } from "../../act/useFreeOf";
import { useCalled } from "../../words";
import { useSide } from "../room";

export interface FreeResource {
  id: string;
  label: string;
  kind: string | null;
}

export function useOwnFree(): readonly FreeResource[] {
  const called = useCalled();
  const { own, exercise } = useSide();
  const { free } = useFreeOf(own?.id ?? null, exercise);
  return useMemo(
    () =>
      free.map(({ id, name, type, kind }) => ({
        id,
        label: `${name} (${kind ? called(kind.name) : ""}${type === null ? "" : ` · ${type}`})`,
        kind: kind?.id ?? null,
      })),
    [free, called],
  );
}
