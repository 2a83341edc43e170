/** The fields of terms: what is offered, from when until when, and at what cost. */
import { useMemo } from "react";

import { Check, TextInput } from "../../ui/Fields";
import { useWords } from "../../words";
import ui from "../ui/ui.module.css";
import { useOwnFree } from "../ui/useOwnFree";
import type { Request } from "./turn";

interface Item {
  id: string;
  label: string;
}

/** One's own resources that can be had; those of the wanted kind first. */
export function useOffered(request: Request): Item[] {
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

export function Items({
  label,
  items,
  chosen,
  onChange,
}: {
  label: string;
  items: readonly Item[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  const words = useWords().room.requests;
  return (
    <fieldset>
      <legend>{label}</legend>
      {items.length === 0 && <p className="muted">{words.nothingFree}</p>}
      {items.map((item) => (
        <div key={item.id}>
          <Check
            value={chosen.includes(item.id)}
            onChange={(is) => {
              onChange(is ? [...chosen, item.id] : chosen.filter((one) => one !== item.id));
            }}
          >
            {item.label}
          </Check>
        </div>
      ))}
    </fieldset>
  );
}

export interface Terms {
  items: string[];
  from: string;
  until: string;
  expires: string;
  conditions: string;
  equipment: string;
  personnel: string;
  other: string;
}

export const asItems = (ids: readonly string[]) =>
  ids.map((resource) => ({ resource, quantity: 1 }));

/** Whole units of the currency, in its smallest. */
const cents = (text: string) => Math.round(Number(text || "0") * 100);

export const costOf = (terms: Terms, currency: string) => ({
  currency,
  equipment: cents(terms.equipment),
  personnel: cents(terms.personnel),
  other: cents(terms.other),
  commodity: 0,
  travel: 0,
});

export function TermFields({ terms, put }: { terms: Terms; put: (part: Partial<Terms>) => void }) {
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
      <div className={ui.pair}>
        <TextInput
          label={words.costEquipment}
          name="equipment"
          type="number"
          value={terms.equipment}
          onChange={(equipment) => {
            put({ equipment });
          }}
        />
        <TextInput
          label={words.costPersonnel}
          type="number"
          value={terms.personnel}
          onChange={(personnel) => {
            put({ personnel });
          }}
        />
        <TextInput
          label={words.costOther}
          type="number"
          value={terms.other}
          onChange={(other) => {
            put({ other });
          }}
        />
      </div>
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
  COST_UNUSABLE: "equipment",
  CURRENCY_UNUSABLE: "equipment",
};
