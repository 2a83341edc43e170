/** How an incident stands and where it goes, as it was reported (ICS 209). */
import { Badge } from "../../ui/Badge";
import { Fact, Facts } from "../../ui/Facts";
import { useLanguage, useWords } from "../../words";
import { moneyText } from "../requests/cost";
import { Moment } from "../ui/zone";
import type { Reported } from "./objectives";
import { Said } from "./Part";

type Told = NonNullable<Reported>["outlook"];

export function Outlook({ outlook }: { outlook: Told }) {
  const all = useWords().room.status;
  const words = all.outlook;
  return (
    <>
      <Figures outlook={outlook} />
      {outlook.measures.length > 0 && (
        <p>
          {outlook.measures.map((one) => (
            <Badge key={one} tone="notice">
              {words.measure[one]}
            </Badge>
          ))}
        </p>
      )}
      {outlook.projections.map(({ within, activity, threats }) => (
        <Said
          key={within}
          name={`${words.projections}, ${all.horizons[within]}`}
          text={[activity, threats && `${all.threats}: ${threats}`].filter(Boolean).join("\n")}
        />
      ))}
      {outlook.discussion && <Said name={words.discussion} text={outlook.discussion} />}
    </>
  );
}

function Figures({ outlook }: { outlook: Told }) {
  const words = useWords().room.status.outlook;
  const language = useLanguage();
  const size = (of: Told["size"]) =>
    of && `${of.amount.toLocaleString(language)} ${words.units[of.unit]}`;
  const money = (of: Told["cost"]) => of && moneyText(of.amount, of.currency, language);
  const moment = (at: string | null) => at && <Moment at={at} />;
  const facts = [
    [words.size, size(outlook.size)],
    [words.containedNow, outlook.contained === null ? null : `${outlook.contained} %`],
    [words.cost, money(outlook.cost)],
    [words.finalSize, size(outlook.finalSize)],
    [words.completion, moment(outlook.completion)],
    [words.demobilization, moment(outlook.demobilization)],
    [words.finalCost, money(outlook.finalCost)],
  ] as const;
  const told = facts.filter(([, value]) => value !== null);
  if (told.length === 0) return null;
  return (
    <Facts>
      {told.map(([name, value]) => (
        <Fact key={name} name={name}>
          {value}
        </Fact>
      ))}
    </Facts>
  );
}
