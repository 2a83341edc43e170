/** Resources are requested: written, submitted, and sent where nobody has to approve it. */
import { useState } from "react";

import type { RequestPriority } from "../api/generated/graphql";
import { livePicture } from "../api/picture/shown";
import { announce } from "../api/toasts";
import { useAnswer } from "../api/useAnswer";
import { useCommand, type Command } from "../api/useCommand";
import type { DraftRequestInput, DraftResourceRequestMutation } from "../api/generated/graphql";
import { coordinatesText } from "../geo/coordinates";
import { parseCoordinates } from "../geo/parse";
import { CommandForm, TroubleText } from "../ui/CommandForm";
import { Dialog } from "../ui/Dialog";
import { useDraft } from "../ui/draft";
import { useStore } from "../api/store";
import { pickStore } from "../ui/pickPlace";
import { useWords } from "../words";
import {
  DraftResourceRequest,
  ResourceKinds,
  SendResourceRequest,
  SubmitResourceRequest,
} from "./documents";
import { IncidentChoice } from "./IncidentChoice";
import { receiversOf, type Receivers } from "./ReceiversChoice";
import { RequestFields } from "./RequestFields";

export interface RequestDraft {
  incident: string;
  /** The definition and its version, as `engine@1`. */
  kind: string;
  type: string;
  quantity: string;
  priority: RequestPriority;
  purpose: string;
  place: string;
  point: string;
  contact: string;
  wantedBy: string;
  substitutes: boolean;
  to: Receivers;
}

/** It reports to the place of its incident unless somebody says otherwise. */
function initial(incident: string | null): RequestDraft {
  const item = incident === null ? undefined : livePicture.items.get(incident);
  const location = item?.__typename === "Incident" ? item.location : null;
  return {
    incident: incident ?? "",
    kind: "",
    type: "",
    quantity: "1",
    priority: "ROUTINE",
    purpose: "",
    place: location?.name ?? "",
    point: location?.point ? coordinatesText(location.point, "decimal") : "",
    contact: "",
    wantedBy: "",
    substitutes: false,
    to: "all",
  };
}

export function RequestDialog(props: { incident: string | null; onClose: () => void }) {
  const { incident, onClose } = props;
  const words = useWords().act;
  const w = words.request;
  const [draft, setDraft, forget] = useDraft(`request:${incident ?? ""}`, initial(incident));
  const { data } = useAnswer(ResourceKinds, {}, { everyMs: null });
  const picking = useStore(pickStore) !== null;
  const steps = useSteps(draft, () => {
    forget();
    onClose();
  });
  return (
    <Dialog title={words.requestResources} open={!picking} onClose={onClose} wide>
      <CommandForm
        command={steps.command}
        input={() => inputOf(draft)}
        onDone={() => undefined}
        onCancel={onClose}
        submit={w.submit}
      >
        <IncidentChoice
          label={w.incident}
          value={draft.incident}
          onChange={(chosen) => {
            const { place, point } = initial(chosen);
            setDraft({
              ...draft,
              incident: chosen,
              place: draft.place || place,
              point: draft.point || point,
            });
          }}
        />
        <RequestFields draft={draft} onChange={setDraft} kinds={data?.resourceDefinitions ?? []} />
        {steps.notes}
      </CommandForm>
    </Dialog>
  );
}

function inputOf(draft: RequestDraft): Omit<DraftRequestInput, "idempotencyKey"> {
  const [definition = "", version = "1"] = draft.kind.split("@");
  return {
    incident: draft.incident,
    content: {
      need: {
        definition,
        version: Number(version),
        type: draft.type === "" ? null : Number(draft.type),
      },
      quantity: Number(draft.quantity),
      priority: draft.priority,
      purpose: draft.purpose,
      contact: draft.contact,
      deliverTo: { name: draft.place || null, point: parseCoordinates(draft.point) },
      wantedBy: draft.wantedBy === "" ? null : new Date(draft.wantedBy).toISOString(),
      substitutes: draft.substitutes,
    },
  };
}

/**
 * One button gives up to three commands. Where a later one fails, what was done stays, is said, and
 * the button goes on from there.
 */
function useSteps(draft: RequestDraft, onDone: () => void) {
  const w = useWords().act.request;
  const drafting = useCommand(DraftResourceRequest);
  const submitting = useCommand(SubmitResourceRequest);
  const sending = useCommand(SendResourceRequest);
  const [made, setMade] = useState<{ id: string; number: string; approved: boolean } | null>(null);

  async function goOn(from: { id: string; number: string; approved: boolean }): Promise<void> {
    let request = from;
    if (!request.approved) {
      const submitted = await submitting.give({ request: request.id });
      if (!submitted) return;
      request = { ...request, approved: submitted.request?.status === "APPROVED" };
      setMade(request);
    }
    if (!request.approved || draft.to === "later") {
      announce(w.submitted(request.number));
      onDone();
      return;
    }
    const sent = await sending.give({ request: request.id, ...receiversOf(draft.to) });
    if (!sent) return;
    announce(w.sent(request.number));
    onDone();
  }

  type Drafting = Command<DraftResourceRequestMutation, Omit<DraftRequestInput, "idempotencyKey">>;
  const command: Drafting = {
    ...drafting,
    pending: drafting.pending || submitting.pending || sending.pending,
    give: async (input) => {
      if (made) {
        await goOn(made);
        return null;
      }
      const payload = await drafting.give(input);
      const request = payload?.request;
      if (!request) return null;
      const next = { ...request, approved: false };
      setMade(next);
      await goOn(next);
      return payload;
    },
  };
  const trouble = submitting.trouble ?? sending.trouble;
  const notes = (
    <>
      {made && trouble && <p>{w.drafted(made.number)}</p>}
      <TroubleText trouble={trouble} />
    </>
  );
  return { command, notes };
}
