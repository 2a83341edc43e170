/** The organizations of the hub and the kinds of hazard; they seldom change. */
import { useMemo } from "react";

import { useAnswer } from "../api/useAnswer";
import type { SharingDirectoryQuery } from "../api/generated/graphql";
import { useSession } from "../api/session";
import { Directory } from "./documents";

export type Organization = SharingDirectoryQuery["organizations"]["nodes"][number];

export interface DirectoryOf {
  organizations: readonly Organization[];
  hazards: SharingDirectoryQuery["hazardKinds"];
  /** The organization that one acts for; null before the answer, and for those who run the hub. */
  own: Organization | null;
  codeOf: (id: string) => string;
}

const once = { everyMs: 300_000 };

export function useDirectory(): DirectoryOf {
  const { acting } = useSession();
  const { data } = useAnswer(Directory, {}, once);
  return useMemo(() => {
    const organizations = [...(data?.organizations.nodes ?? [])].sort((a, b) =>
      a.code.localeCompare(b.code),
    );
    const byId = new Map(organizations.map((one) => [one.id, one.code]));
    return {
      organizations,
      hazards: data?.hazardKinds ?? [],
      own: organizations.find((one) => one.code === acting?.code) ?? null,
      codeOf: (id) => byId.get(id) ?? "?",
    };
  }, [data, acting]);
}
