/** The kinds of resource that can be needed, by name. */
import { useMemo } from "react";

import { useAnswer } from "../../api/useAnswer";
import type { Option } from "../../ui/Fields";
import { useCalled } from "../../words";
import { RoomDefinitions } from "../requests/documents";

export function useKinds() {
  const called = useCalled();
  const { data } = useAnswer(RoomDefinitions, {}, { everyMs: null });
  return useMemo(
    () =>
      (data?.resourceDefinitions ?? [])
        .map(({ id, name }) => ({ id, label: called(name) }))
        .sort((a, b) => a.label.localeCompare(b.label)),
    [data, called],
  );
}

/** What people call a kind; what it is called by programs as long as that is not known. */
export const kindName = (kinds: readonly Option<string>[], id: string): string =>
  kinds.find((kind) => kind.id === id)?.label ?? id;
