/** One request in full, with what is asked about it. */
import { useMemo, useState } from "react";

import { useAnswer } from "../../api/useAnswer";
import { Loading, NoAnswer } from "../../ui/Empty";
import { RoomRequest } from "./documents";
import { RequestCard } from "./RequestCard";
import { RequestDialogs } from "./RequestDialogs";
import { RequestsProvider, type RequestsDialog } from "./useRequests";

export function Chosen({ id, again: askAround }: { id: string; again?: () => void }) {
  const { data, problem, again } = useAnswer(RoomRequest, { id });
  const [dialog, show] = useState<RequestsDialog | null>(null);
  const state = useMemo(
    () => ({
      dialog,
      show,
      again: () => {
        again();
        askAround?.();
      },
    }),
    [dialog, again, askAround],
  );
  if (!data) return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  if (!data.resourceRequest) return null;
  return (
    <RequestsProvider value={state}>
      <RequestCard request={data.resourceRequest} />
      <RequestDialogs />
    </RequestsProvider>
  );
}
