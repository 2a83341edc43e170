/** One offer: what is on the table, who signed, and whose move it is. */
import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { Badge, Tag } from "../../ui/Badge";
import { TroubleText } from "../../ui/CommandForm";
import { useWords } from "../../words";
import { typedCalled } from "../../words/catalog";
import { reasonText } from "../../words/hub";
import { offerTones } from "../names";
import { useSide } from "../room";
import { act, Acts, type Act } from "../ui/Acts";
import { Fact, Facts } from "../ui/Panel";
import ui from "../ui/ui.module.css";
import { andThen } from "../ui/undo";
import { Moment } from "../ui/zone";
import { CostText } from "./CostFields";
import { RoomSignAid } from "./orders";
import styles from "./Requests.module.css";
import { TurnLine } from "./RequestsTab";
import { turnOfOffer, type Offer, type Request } from "./turn";
import { useRequests, type OfferDialog } from "./useRequests";

export function OfferCard({ request, offer }: { request: Request; offer: Offer }) {
  const { own } = useSide();
  const all = useWords();
  const words = all.room.requests;
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
            <strong>{item.name}</strong> {item.quantity > 1 && `× ${item.quantity}`}{" "}
            {typedCalled(item.kind, all.catalog, all.room.resources.type)}
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
          {offer.ending.organization?.code}: {reasonText(offer.ending.reason, all.hub)} ·{" "}
          <Moment at={offer.ending.at} />
        </p>
      )}
      <TroubleText trouble={trouble} />
      <Acts acts={acts} />
    </article>
  );
}

function OfferFacts({
  offer: { terms, expires, stage, signatures, missionOrder, amendment, claim },
}: {
  offer: Offer;
}) {
  const words = useWords().room.requests;
  return (
    <Facts>
      <Fact name={words.available}>
        <Moment at={terms.availableFrom} /> – <Moment at={terms.availableUntil} />
      </Fact>
      <Fact name={words.cost}>
        <CostText cost={terms.cost} />
      </Fact>
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
      {amendment && (
        <Fact name={words.otherTerms(amendment.by?.code ?? "?")}>
          <p>
            <Moment at={amendment.terms.availableFrom} /> –{" "}
            <Moment at={amendment.terms.availableUntil} />
          </p>
          <p>
            <CostText cost={amendment.terms.cost} />
          </p>
          <p>{amendment.terms.conditions}</p>
        </Fact>
      )}
      {claim && (
        <Fact name={words.claimMade}>
          <p>
            <CostText cost={claim.cost} /> · {claim.by} · <Moment at={claim.at} />
          </p>
          <p>{claim.evidence}</p>
          {claim.returned && stage === "ORDERED" && (
            <p>
              <Badge tone="warning">{words.claimReturned}</Badge> {claim.returned}
            </p>
          )}
          {claim.paid && (
            <p>
              <Badge tone="ok">{words.stages.REIMBURSED}</Badge> {claim.paid}
            </p>
          )}
        </Fact>
      )}
    </Facts>
  );
}

function useOfferActs(request: Request, offer: Offer) {
  const { own } = useSide();
  const { show, again } = useRequests();
  const words = useWords().room.requests;
  const sign = andThen(useCommand(RoomSignAid), (payload) => {
    const now = payload.offer?.stage === "ACCEPTED" ? words.signed : words.binding;
    announce(offer.amendment ? words.termsHold : now);
    again();
  });
  const giver = own !== null && offer.by?.id === own.id;
  const asker = own !== null && offer.to?.id === own.id;
  const name = offer.by?.code ?? "";
  /** What opens a dialog about the offer. */
  const ask = (what: OfferDialog, does: string, more: Parameters<typeof act>[3] = {}) =>
    act(
      `room.offer.${offer.id}.${what}`,
      does,
      () => {
        show({ what, request, offer });
      },
      more,
    );
  /** What signs these terms, as they are shown. */
  const signs = (version: number, does: string, obstacle: string | null) =>
    act(
      `room.offer.${offer.id}.sign`,
      does,
      () => {
        void sign.give({ offer: offer.id, version });
      },
      { short: words.sign, look: "main", obstacle },
    );
  const acts: Act[] = [];
  if (!giver && !asker) return { acts, trouble: sign.trouble };
  const inForce = offer.stage === "BINDING" || offer.stage === "ORDERED";
  if (offer.stage === "OFFERED" || offer.stage === "COUNTERED") {
    if (offer.answers?.id === own.id) {
      acts.push(
        ask("accept", words.acceptWhose(name), { short: words.accept, look: "main" }),
        ask("counter", words.counterWhose(name), { short: words.counter }),
      );
      if (asker) acts.push(ask("declineOffer", words.declineWhose(name), { short: words.decline }));
    }
  }
  if (offer.stage === "ACCEPTED") {
    const signed = offer.signatures.some(({ organization }) => organization?.id === own.id);
    acts.push(signs(offer.version, words.signWhose(name), signed ? words.youSigned : null));
  }
  if (giver && ["OFFERED", "COUNTERED", "ACCEPTED"].includes(offer.stage)) {
    acts.push(ask("withdraw", words.withdraw));
  }
  if (inForce && offer.amendment && offer.amendment.by?.id !== own.id) {
    const { version, by } = offer.amendment;
    acts.push(signs(version, words.signTerms(by?.code ?? ""), null));
  }
  if (giver && offer.stage === "BINDING") {
    acts.push(ask("order", words.issueOrder, { look: "main" }));
  }
  if (giver && offer.stage === "ORDERED") acts.push(ask("claim", words.claim));
  if (inForce) {
    acts.push(ask("amendAid", words.amendAid));
    if (giver) acts.push(ask("swap", words.swap));
    acts.push(ask("cancelAid", words.cancelAid, { look: "danger" }));
  }
  if (asker && offer.stage === "CLAIMED") {
    acts.push(ask("pay", words.pay, { look: "main" }), ask("returnClaim", words.returnClaim));
  }
  return { acts, trouble: sign.trouble };
}
