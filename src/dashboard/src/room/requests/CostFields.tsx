/** A cost, item by item, with its total; and how it is told. */
import { Group } from "../../ui/Checks";
import { TextInput } from "../../ui/Fields";
import { useLanguage, useWords } from "../../words";
import ui from "../ui/ui.module.css";
import { costItems, costOf, moneyText, totalOf, type CostDraft } from "./cost";
import type { Offer } from "./turn";

interface Props {
  label: string;
  currency: string;
  draft: CostDraft;
  onChange: (draft: CostDraft) => void;
}

export function CostFields({ label, currency, draft, onChange }: Props) {
  const words = useWords().room.requests;
  const language = useLanguage();
  const total = totalOf(costOf(draft, currency));
  return (
    <Group label={`${label} (${currency})`}>
      <div className={ui.pair}>
        {costItems.map((item, n) => (
          <TextInput
            key={item}
            label={words.costItems[item]}
            type="number"
            step={0.01}
            value={draft[item]}
            onChange={(value) => {
              onChange({ ...draft, [item]: value });
            }}
            {...(n === 0 ? { name: "cost" } : {})}
          />
        ))}
        <p>
          {words.costTotal} <strong>{moneyText(total, currency, language)}</strong>
        </p>
      </div>
    </Group>
  );
}

/** The total, with what it is made of. */
export function CostText({ cost }: { cost: Offer["terms"]["cost"] }) {
  const words = useWords().room.requests;
  const language = useLanguage();
  const items = costItems.filter((item) => cost[item] > 0);
  const money = (amount: number) => moneyText(amount, cost.currency, language);
  return (
    <>
      <strong>{money(totalOf(cost))}</strong>
      {items.length > 1 && (
        <span className="muted">
          {" "}
          {items.map((item) => `${words.costItems[item]} ${money(cost[item])}`).join(" · ")}
        </span>
      )}
    </>
  );
}
