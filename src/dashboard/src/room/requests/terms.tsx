/** The fields of terms: what is offered, from when until when, and at what cost. */
import { useMemo } from "react";

import { TextInput } from "../../ui/Fields";
import { useWords } from "../../words";
import ui from "../ui/ui.module.css";
import { useOwnFree, type FreeResource } from "../ui/useOwnFree";
import { CostFields } from "./CostFields";
import type { CostDraft } from "./cost";
import type { Request } from "./turn";

/** One's own resources that can be had; those of the wanted kind first. */
export function useOffered(request: Request): FreeResource[] {
  const free = useOwnFree();
  const wanted = request.need.definition;
  return useMemo(
    () => [
      ...free.filter(({ kind }) => kind === wanted),
      ...free.filter(({ kind }) => kind !== wanted),
    ],
    [free, wanted],
  );
}

export interface Terms {
  items: string[];
  from: string;
  until: string;
  expires: string;
  conditions: string;
  cost: CostDraft;
}

export const asItems = (ids: readonly string[]) =>
  ids.map((resource) => ({ resource, quantity: 1 }));

export function TermFields({
  terms,
  currency,
  put,
}: {
  terms: Terms;
  currency: string;
  put: (part: Partial<Terms>) => void;
}) {
  const words = useWords().room.requests;
  return (
    <>
      <div className={ui.pair}>
        <TextInput
          label={words.availableFrom}
          name="from"
          type="datetime-local"
          value={terms.from}
          onChange={(from) => {
            put({ from });
          }}
          required
        />
        <TextInput
          label={words.availableUntil}
          name="until"
          type="datetime-local"
          value={terms.until}
          onChange={(until) => {
            put({ until });
          }}
          required
        />
      </div>
      <CostFields
        label={words.cost}
        currency={currency}
        draft={terms.cost}
        onChange={(cost) => {
          put({ cost });
        }}
      />
      <TextInput
        label={words.conditions}
        value={terms.conditions}
        onChange={(conditions) => {
          put({ conditions });
        }}
      />
    </>
  );
}

export const termFields = {
  DATES_UNUSABLE: "until",
  EXPIRY_UNUSABLE: "expires",
  COST_UNUSABLE: "cost",
};
