/** More about one record than the picture has of all. */
import type { TypedDocumentString } from "../../api/generated/graphql";
import { useShown } from "../../api/picture/shown";
import { useAnswer } from "../../api/useAnswer";

/** It is of the present: null while the picture shows the past, or what another sees. */
export function useMore<R>(document: TypedDocumentString<R, { id: string }>, id: string): R | null {
  const live = useShown().instead === null;
  const { data } = useAnswer(document, { id }, { when: live });
  return live ? data : null;
}
