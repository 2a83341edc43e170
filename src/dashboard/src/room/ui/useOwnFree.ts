/** The own resources that can be had. They need not be on the picture. */
import { useMemo } from "react";

import { graphql } from "../../api/generated";
import { useAnswer } from "../../api/useAnswer";
import { useRoom } from "../room";

const RoomOwnFree = graphql(`
  query RoomOwnFree($owner: ID!, $exercise: Boolean!) {
    resources(filter: { owner: $owner, free: true, exercise: $exercise }, first: 200) {
      nodes {
        id
        name
        type
        kind {
          id
          name
        }
      }
    }
  }
`);

export interface FreeResource {
  id: string;
  label: string;
  kind: string | null;
}

export function useOwnFree(): readonly FreeResource[] {
  const { own, incident } = useRoom();
  const { data } = useAnswer(
    RoomOwnFree,
    { owner: own?.id ?? "", exercise: incident.exercise },
    { when: own !== null },
  );
  return useMemo(
    () =>
      (data?.resources.nodes ?? []).map(({ id, name, type, kind }) => ({
        id,
        label: `${name} (${kind?.name ?? ""}${type === null ? "" : ` · ${type}`})`,
        kind: kind?.id ?? null,
      })),
    [data],
  );
}
