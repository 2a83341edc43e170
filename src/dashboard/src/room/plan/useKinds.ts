/** The kinds of resource that can be needed, by name. */
import { useMemo } from "react";

import { useAnswer } from "../../api/useAnswer";
import { RoomDefinitions } from "../requests/documents";

export function useKinds() {
  const { data } = useAnswer(RoomDefinitions, {}, { everyMs: null });
  return useMemo(
    () =>
      (data?.resourceDefinitions ?? [])
        .map(({ id, name }) => ({ id, label: name }))
        .sort((a, b) => a.label.localeCompare(b.label)),
    [data],
  );
}
