/** One offer: what is on the table, who signed, and whose move it is. */
import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { Badge, Tag } from "../../ui/Badge";
import { TroubleText } from "../../ui/CommandForm";
import { useLanguage, useWords } from "../../words";
import { offerTones } from "../names";
import { useRoom } from "../room";
import { act, Acts, type Act } from "../ui/Acts";
import { Fact, Facts } from "../ui/Panel";
import ui from "../ui/ui.module.css";
import { andThen } from "../ui/undo";
import { Moment } from "../ui/zone";
import { RoomSignAid } from "./orders";
import styles from "./Requests.module.css";
import { TurnLine } from "./RequestsTab";
import { totalOf, turnOfOffer, type Offer, type Request } from "./turn";
import { useRequests } from "./useRequests";

export function OfferCard({ request, offer }: { request: Request; offer: Offer }) {
  const { own } = useRoom();
  const words = useWords().room.requests;
  const { acts, trouble } = useOfferActs(request, offer);
  const turn = turnOfOffer(offer);
  return (
    <article className={styles.offer}>
      <p className={ui.line}>
        <Badge tone={offerTones[offer.stage]}>{words.stages[offer.stage]}</Badge>
        <strong>{offer.by?.code ?? "?"}</strong>
        {offer.version > 1 && <Tag>{words.version(offer.version)}</Tag>}
        {turn && <TurnLine turn={turn} own={own?.code ?? null} />}
      </p>
      <ul className={styles.items}>
        {offer.terms.items.map((item) => (
          <li key={item.resource}>
            <strong>{item.name}</strong> {item.quantity > 1 && `× ${item.quantity}`} {item.kind}
            {item.substitution && (
              <>
                {" "}
                <Badge tone="warning">{item.substitution}</Badge>
              </>
            )}
          </li>
        ))}
      </ul>
      <OfferFacts offer={offer} />
      {offer.ending && (
        <p>
          {offer.ending.organization?.code}: {offer.ending.reason} · <Moment at={offer.ending.at} />
        </p>
      )}
      <TroubleText trouble={trouble} />
      <Acts acts={acts} />
    </article>
  );
}

function OfferFacts({
  offer: { terms, expires, stage, signatures, missionOrder },
}: {
  offer: Offer;
}) {
  const words = useWords().room.requests;
  const language = useLanguage();
  const money = new Intl.NumberFormat(language, {
    style: "currency",
    currency: terms.cost.currency,
  });
  return (
    <Facts>
      <Fact name={words.available}>
        <Moment at={terms.availableFrom} /> – <Moment at={terms.availableUntil} />
      </Fact>
      <Fact name={words.cost}>{money.format(totalOf(terms.cost) / 100)}</Fact>
      {terms.conditions && <Fact name={words.conditions}>{terms.conditions}</Fact>}
      {["OFFERED", "COUNTERED", "ACCEPTED"].includes(stage) && (
        <Fact name={words.expires}>
          <Moment at={expires} />
        </Fact>
      )}
      {signatures.length > 0 && (
        <Fact name={words.signatures}>
          {signatures.map(({ organization, by, at }) => (
            <p key={organization?.id ?? by}>
              ✓ {organization?.code} · {by} · <Moment at={at} />
            </p>
          ))}
        </Fact>
      )}
      {missionOrder && (
        <Fact name={words.missionOrder}>
          <span className="number">{missionOrder.number}</span>: {missionOrder.assignment};{" "}
          {words.reportTo} {missionOrder.reportTo}; <Moment at={missionOrder.departs} /> →{" "}
          <Moment at={missionOrder.arrives} />
        </Fact>
      )}
    </Facts>
  );
}

function useOfferActs(request: Request, offer: Offer) {
  const { own } = useRoom();
  const { show, again } = useRequests();
  const words = useWords().room.requests;
  const sign = andThen(useCommand(RoomSignAid), (payload) => {
    announce(payload.offer?.stage === "BINDING" ? words.binding : words.signed);
    again();
  });
  const giver = own !== null && offer.by?.id === own.id;
  const asker = own !== null && offer.to?.id === own.id;
  const open =
    (what: "counter" | "accept" | "declineOffer" | "withdraw" | "order" | "cancelAid") => () => {
      show({ what, request, offer });
    };
  const id = (what: string) => `room.offer.${offer.id}.${what}`;
  const name = offer.by?.code ?? "";
  const acts: Act[] = [];
  if (offer.stage === "OFFERED" || offer.stage === "COUNTERED") {
    if (own !== null && offer.answers?.id === own.id) {
      acts.push(
        act(id("accept"), words.acceptWhose(name), open("accept"), {
          short: words.accept,
          look: "main",
        }),
        act(id("counter"), words.counterWhose(name), open("counter"), { short: words.counter }),
      );
      if (asker) {
        acts.push(
          act(id("decline"), words.declineWhose(name), open("declineOffer"), {
            short: words.decline,
          }),
        );
      }
    }
    if (giver) acts.push(act(id("withdraw"), words.withdraw, open("withdraw")));
  }
  if (offer.stage === "ACCEPTED" && (giver || asker)) {
    const signed = offer.signatures.some(({ organization }) => organization?.id === own.id);
    acts.push(
      act(
        id("sign"),
        words.signWhose(name),
        () => {
          void sign.give({ offer: offer.id });
        },
        { short: words.sign, look: "main", obstacle: signed ? words.youSigned : null },
      ),
    );
    if (giver) acts.push(act(id("withdraw"), words.withdraw, open("withdraw")));
  }
  if (offer.stage === "BINDING" && giver) {
    acts.push(act(id("order"), words.issueOrder, open("order"), { look: "main" }));
  }
  if ((offer.stage === "BINDING" || offer.stage === "ORDERED") && (giver || asker)) {
    acts.push(act(id("cancel"), words.cancelAid, open("cancelAid"), { look: "danger" }));
  }
  return { acts, trouble: sign.trouble };
}
