/** A request of another organization is answered: own resources are offered, or it is declined. */
import { useState } from "react";

import type { RequestToAnswerQuery } from "../api/generated/graphql";
import { useAnswer } from "../api/useAnswer";
import { useCommand } from "../api/useCommand";
import { calledOf } from "../picture/facts";
import { Badge } from "../ui/Badge";
import { Button } from "../ui/Button";
import { CommandForm } from "../ui/CommandForm";
import { Dialog } from "../ui/Dialog";
import { useDraft } from "../ui/draft";
import { Empty, Loading, NoAnswer } from "../ui/Empty";
import { Check, TextInput } from "../ui/Fields";
import { toLocal } from "../ui/localTime";
import { Place } from "../ui/Place";
import { When } from "../ui/Time";
import { useWords } from "../words";
import { resourceCalled } from "../words/catalog";
import styles from "./Act.module.css";
import { DeclineResourceRequest, OfferResources, RequestToAnswer } from "./documents";
import { useFreeOf, type FreeResource } from "./useFreeOf";

type Request = NonNullable<RequestToAnswerQuery["resourceRequest"]>;

const HOUR_MS = 3_600_000;

export function AnswerDialog({ request: id, onClose }: { request: string; onClose: () => void }) {
  const words = useWords();
  const w = words.act;
  const { data, problem, again } = useAnswer(RequestToAnswer, { id });
  const [declines, decline] = useState(false);
  const request = data?.resourceRequest;
  return (
    <Dialog title={`${w.answerRequest} ${request?.number ?? ""}`} open onClose={onClose} wide>
      {request ? (
        <div className={styles.stack}>
          <Asked request={request} />
          <div className={styles.actions} role="group">
            <Button
              look={declines ? "plain" : "main"}
              aria-pressed={!declines}
              onPress={() => {
                decline(false);
              }}
            >
              {w.answer.offer}
            </Button>
            <Button
              look={declines ? "main" : "plain"}
              aria-pressed={declines}
              onPress={() => {
                decline(true);
              }}
            >
              {w.answer.decline}
            </Button>
          </div>
          {declines ? (
            <Decline request={request} onClose={onClose} />
          ) : (
            <Offer request={request} own={data.me.organization?.id ?? null} onClose={onClose} />
          )}
        </div>
      ) : data ? (
        <Empty title={w.answer.gone} />
      ) : problem ? (
        <NoAnswer problem={problem} again={again} />
      ) : (
        <Loading />
      )}
    </Dialog>
  );
}

function Asked({ request }: { request: Request }) {
  const words = useWords();
  const { need, askedBy, quantity, deliverTo } = request;
  const what = `${quantity} × ${resourceCalled(need.definition, words.catalog)}${need.type === null ? "" : ` (${need.type})`}`;
  return (
    <div className={styles.facts}>
      <p className={styles.title}>
        {words.act.answer.asks(askedBy?.code ?? words.act.answer.withheld, what)}{" "}
        <Badge tone={request.priority === "URGENT" ? "alarm" : "notice"}>
          {words.names.requestPriority[request.priority]}
        </Badge>{" "}
        {request.exercise && <Badge tone="special">{words.app.exercise}</Badge>}
      </p>
      {request.incidentName && (
        <p>
          {calledOf(request.incidentName, request.exercise)}{" "}
          <span className="muted">{request.incidentNumber}</span>
        </p>
      )}
      {request.purpose && <p>{request.purpose}</p>}
      <p>
        {words.act.request.place}: <Place name={deliverTo?.name} point={deliverTo?.point} />
      </p>
      {request.wantedBy && (
        <p>
          {words.act.request.wantedBy}: <When at={request.wantedBy} />
        </p>
      )}
      {request.specialSupport && <p>{request.specialSupport}</p>}
    </div>
  );
}

interface OfferProps {
  request: Request;
  /** The id of the organization that one acts for. */
  own: string | null;
  onClose: () => void;
}

function Offer({ request, own, onClose }: OfferProps) {
  const w = useWords().act.answer;
  const [draft, setDraft, forget] = useDraft(`offer:${request.id}`, initial());
  const { free, known } = useFreeOf(own, request.exercise);
  const fitting = free.filter(({ kind }) => kind?.id === request.need.definition);
  const others = free.filter((resource) => !fitting.includes(resource));
  const command = useCommand(OfferResources, () => w.offered);
  const at = (field: "from" | "until" | "expires", label: string) => (
    <TextInput
      label={label}
      type="datetime-local"
      value={draft[field]}
      onChange={(value) => {
        setDraft({ ...draft, [field]: value });
      }}
      required
    />
  );
  const list = (resources: readonly FreeResource[]) => (
    <div className={styles.checks}>
      {resources.map(({ id, name, type }) => (
        <Check
          key={id}
          value={draft.resources.includes(id)}
          onChange={(is) => {
            const rest = draft.resources.filter((one) => one !== id);
            setDraft({ ...draft, resources: is ? [...rest, id] : rest });
          }}
        >
          {name} {type !== null && <span className="muted">({type})</span>}
        </Check>
      ))}
    </div>
  );
  return (
    <CommandForm
      command={command}
      input={() => ({
        request: request.id,
        items: draft.resources.map((resource) => ({ resource, quantity: 1 })),
        availableFrom: new Date(draft.from).toISOString(),
        availableUntil: new Date(draft.until).toISOString(),
        expires: new Date(draft.expires).toISOString(),
        conditions: draft.conditions || null,
        cost: { currency: "USD", personnel: 0, equipment: 0, commodity: 0, travel: 0, other: 0 },
      })}
      onDone={() => {
        forget();
        onClose();
      }}
      onCancel={onClose}
      submit={w.offer}
    >
      <div role="group" aria-label={w.have}>
        <strong>{w.have}</strong>
        {fitting.length > 0
          ? list(fitting)
          : known && <p className="muted">{w.none(request.exercise)}</p>}
      </div>
      {others.length > 0 && (
        <details open={request.substitutes && fitting.length === 0}>
          <summary>{w.other}</summary>
          {list(others)}
        </details>
      )}
      <div className={styles.row}>
        {at("from", w.from)}
        {at("until", w.until)}
        {at("expires", w.expires)}
      </div>
      <TextInput
        label={w.conditions}
        value={draft.conditions}
        onChange={(conditions) => {
          setDraft({ ...draft, conditions });
        }}
      />
    </CommandForm>
  );
}

const initial = () => {
  const now = Date.now();
  return {
    resources: [] as string[],
    from: toLocal(new Date(now)),
    until: toLocal(new Date(now + 24 * HOUR_MS)),
    expires: toLocal(new Date(now + 2 * HOUR_MS)),
    conditions: "",
  };
};

function Decline({ request, onClose }: { request: Request; onClose: () => void }) {
  const w = useWords().act.answer;
  const [reason, setReason, forget] = useDraft(`decline:${request.id}`, "");
  const command = useCommand(DeclineResourceRequest, () => w.declined);
  return (
    <CommandForm
      command={command}
      input={() => ({ request: request.id, reason })}
      onDone={() => {
        forget();
        onClose();
      }}
      onCancel={onClose}
      submit={w.decline}
    >
      <TextInput
        label={w.reason}
        hint={w.reasonHint}
        name="reason"
        value={reason}
        onChange={setReason}
        required
        long
      />
    </CommandForm>
  );
}
