/** Writes a request for resources, or a draft of one anew, and submits it where that is wanted. */
import { useMemo } from "react";

import type { RequestPriority } from "../../api/generated/graphql";
import { announce } from "../../api/toasts";
import { useAnswer } from "../../api/useAnswer";
import { useCommand, type Command } from "../../api/useCommand";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { useDraft } from "../../ui/draft";
import { Check, Choice, TextInput } from "../../ui/Fields";
import { go } from "../../ui/route";
import { useWords } from "../../words";
import { useRoom } from "../room";
import { fromLocal, toLocal } from "../../ui/localTime";
import ui from "../ui/ui.module.css";
import { andThen, takeBack } from "../ui/undo";
import { RoomDefinitions } from "./documents";
import { RoomAmendRequest, RoomDraftRequest, RoomSubmitRequest } from "./orders";
import type { Request } from "./turn";

const priorities = ["URGENT", "ROUTINE", "LOW"] as const;
const ANY = "any";

export interface Draft {
  kind: string | null;
  type: string;
  quantity: string;
  priority: RequestPriority;
  purpose: string;
  contact: string;
  place: string;
  wantedBy: string;
  specialSupport: string;
  fundingCode: string;
  substitutes: boolean;
  submit: boolean;
}

interface Props {
  /** The draft that is written anew; a new request when absent. */
  request?: Request;
  /** With what a new one begins. */
  begin?: Partial<Draft>;
  /** After a new one was written, with its number. */
  onWritten?: (number: string) => void;
  onClose: () => void;
}

export function RequestDialog({ request, begin, onWritten, onClose }: Props) {
  const { incident, again } = useRoom();
  const all = useWords();
  const words = all.room.requests;
  const { data } = useAnswer(RoomDefinitions, {}, { everyMs: null });
  const from = begin ? JSON.stringify([incident.id, begin]) : incident.id;
  const [draft, setDraft, discard] = useDraft<Draft>(`request:${request?.id ?? from}`, {
    kind: request?.need.definition ?? null,
    type: request?.need.type ? `${request.need.type}` : ANY,
    quantity: `${request?.quantity ?? 1}`,
    priority: request?.priority ?? "URGENT",
    purpose: request?.purpose ?? "",
    contact: request?.contact ?? "",
    place: request?.deliverTo?.name ?? incident.location?.name ?? "",
    wantedBy: request?.wantedBy ? toLocal(new Date(request.wantedBy)) : "",
    specialSupport: request?.specialSupport ?? "",
    fundingCode: request?.fundingCode ?? "",
    substitutes: request?.substitutes ?? false,
    submit: true,
    ...begin,
  });
  const put = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
  };
  const definitions = useMemo(
    () => [...(data?.resourceDefinitions ?? [])].sort((a, b) => a.name.localeCompare(b.name)),
    [data],
  );
  const kind = definitions.find(({ id }) => id === draft.kind);
  const types = [
    ...new Set(kind?.metrics.flatMap((metric) => metric.types.map(({ type }) => type))),
  ].sort();
  const written = (id: string, number: string) => {
    if (draft.submit) {
      const sentence = words.submittedWhich(number);
      void takeBack(RoomSubmitRequest, { request: id }, sentence).then(again);
    } else announce(words.drafted(number));
    again();
  };
  const write = andThen(useCommand(RoomDraftRequest), (payload) => {
    go(`/incident/${incident.id}/requests`);
    if (!payload.request) return;
    written(payload.request.id, payload.request.number);
    onWritten?.(payload.request.number);
  });
  const amend = andThen(useCommand(RoomAmendRequest), () => {
    if (request) written(request.id, request.number);
  });
  // The point is kept only as long as nobody names another place.
  const known = [request?.deliverTo, incident.location].find(
    (place) => place?.name === draft.place,
  );
  const content = () => ({
    need: {
      definition: draft.kind ?? "",
      version: kind?.version ?? 1,
      type: draft.type === ANY ? null : Number(draft.type),
    },
    quantity: Number(draft.quantity),
    priority: draft.priority,
    purpose: draft.purpose.trim(),
    contact: draft.contact.trim(),
    deliverTo: { name: draft.place.trim() || null, point: known?.point ?? null },
    wantedBy: fromLocal(draft.wantedBy),
    specialSupport: draft.specialSupport.trim() || null,
    fundingCode: draft.fundingCode.trim() || null,
    substitutes: draft.substitutes,
  });
  const command = request
    ? given(amend, () => ({ request: request.id, content: content() }))
    : given(write, () => ({ incident: incident.id, content: content() }));
  return (
    <Dialog open wide title={request ? words.amend : words.draft} onClose={onClose}>
      <CommandForm
        command={command}
        input={() => null}
        onDone={() => {
          discard();
          onClose();
        }}
        onCancel={onClose}
        submit={draft.submit ? words.draftAndSubmit : words.keepDraft}
        fieldOf={{
          RESOURCE_DEFINITION_UNKNOWN: "kind",
          RESOURCE_TYPE_UNKNOWN: "type",
          QUANTITY_UNUSABLE: "quantity",
          PLACE_UNUSABLE: "place",
          DATES_UNUSABLE: "wantedBy",
        }}
      >
        <div className={ui.pair}>
          <Choice
            label={words.kind}
            name="kind"
            value={draft.kind}
            onChange={(id) => {
              put({ kind: id, type: ANY });
            }}
            required
            options={definitions.map(({ id, name }) => ({ id, label: name }))}
          />
          <Choice
            label={words.type}
            name="type"
            value={draft.type}
            onChange={(type) => {
              put({ type });
            }}
            options={[
              { id: ANY, label: words.anyType },
              ...types.map((type) => ({ id: `${type}`, label: all.room.resources.type(type) })),
            ]}
          />
          <TextInput
            label={words.quantity}
            name="quantity"
            type="number"
            value={draft.quantity}
            onChange={(quantity) => {
              put({ quantity });
            }}
            required
          />
          <Choice
            label={words.priority}
            value={draft.priority}
            onChange={(priority) => {
              put({ priority });
            }}
            options={priorities.map((one) => ({
              id: one,
              label: all.names.requestPriority[one],
            }))}
          />
        </div>
        <TextInput
          label={words.purpose}
          name="purpose"
          value={draft.purpose}
          onChange={(purpose) => {
            put({ purpose });
          }}
          required
        />
        <div className={ui.pair}>
          <TextInput
            label={words.deliverTo}
            name="place"
            value={draft.place}
            onChange={(place) => {
              put({ place });
            }}
            required
          />
          <TextInput
            label={words.contact}
            name="contact"
            hint={words.contactHint}
            value={draft.contact}
            onChange={(contact) => {
              put({ contact });
            }}
            required
          />
          <TextInput
            label={words.wantedBy}
            name="wantedBy"
            type="datetime-local"
            value={draft.wantedBy}
            onChange={(wantedBy) => {
              put({ wantedBy });
            }}
          />
          <TextInput
            label={words.specialSupport}
            value={draft.specialSupport}
            onChange={(specialSupport) => {
              put({ specialSupport });
            }}
          />
          <TextInput
            label={words.fundingCode}
            value={draft.fundingCode}
            onChange={(fundingCode) => {
              put({ fundingCode });
            }}
          />
        </div>
        <Check
          value={draft.substitutes}
          onChange={(substitutes) => {
            put({ substitutes });
          }}
        >
          {words.substitutesWelcome}
        </Check>
        <Check
          value={draft.submit}
          onChange={(submit) => {
            put({ submit });
          }}
        >
          {words.submitAtOnce}
        </Check>
      </CommandForm>
    </Dialog>
  );
}

/** A command that knows its input, so that one form gives either of two. */
function given<R, I>(command: Command<R, I>, input: () => I): Command<{ given: object }, null> {
  return { ...command, give: async () => ((await command.give(input())) ? {} : null) };
}
