/** To whom a message goes, in which order, and when it is enough. */
import type { MessageWholeFragment, SelectorPartsFragment } from "../../api/generated/graphql";
import { useLanguage, useWords } from "../../words";
import { coordinatesText } from "../../geo/coordinates";
import type { Words } from "../../words/en";
import { When } from "../../ui/Time";
import styles from "../Messages.module.css";

type Names = Words["messages"];

export function PlanFacts({ message }: { message: MessageWholeFragment }) {
  const words = useWords();
  const w = words.messages;
  const c = w.compose;
  const language = useLanguage();
  const { plan } = message;
  if (!plan) return null;
  const list = new Intl.ListFormat(language, { style: "narrow" });
  return (
    <section className={styles.panel} aria-labelledby="message-plan">
      <h2 id="message-plan">{w.view.plan}</h2>
      <dl className={`${styles.body} ${styles.facts}`}>
        {plan.waves.map((wave, n) => (
          <div key={n} className={styles.pair}>
            <dt>
              {c.wave(n + 1)}
              {n > 0 && ` · +${wave.afterMinutes} min`}
            </dt>
            <dd>
              {list.format(audienceTexts(wave.anyOf, w))}
              {audienceTexts(wave.except, w).length > 0 &&
                ` · ${c.except}: ${list.format(audienceTexts(wave.except, w))}`}
            </dd>
          </div>
        ))}
        <dt>{c.enough}</dt>
        <dd>
          {plan.enough.length === 0
            ? c.enoughNever
            : list.format(
                plan.enough.map(({ count, position, organization }) =>
                  [String(count), position ?? "", organization?.code ?? ""]
                    .filter(Boolean)
                    .join(" × "),
                ),
              )}
        </dd>
        <dt>{c.channels}</dt>
        <dd>
          {plan.channels.length === 0
            ? c.channelsOwn
            : list.format(plan.channels.map((one) => w.channel[one]))}
        </dd>
        <dt>{c.expects}</dt>
        <dd>{w.expects[plan.expects]}</dd>
        {plan.until && (
          <>
            <dt>{c.until}</dt>
            <dd>
              <When at={plan.until} />
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

/** The parts of an audience in words. */
function audienceTexts(audience: SelectorPartsFragment, { compose, view }: Names): string[] {
  const { kind } = compose;
  const named = (label: string, names: readonly string[]) =>
    names.map((name) => `${label}: ${name}`);
  return [
    ...audience.persons.map(({ name }) => name),
    ...named(
      kind.members,
      audience.membersOf.map(({ code }) => code),
    ),
    ...named(
      kind.position,
      audience.positions.map(({ position, incident }) => `${position} ${incident?.number ?? ""}`),
    ),
    ...named(
      kind.staff,
      audience.staffOf.map(({ number }) => number),
    ),
    ...named(
      kind.group,
      audience.groups.map(({ name }) => name),
    ),
    ...named(
      kind.onCall,
      audience.onCall.map(({ name }) => name),
    ),
    ...named(
      kind.qualified,
      audience.qualified.map(
        ({ position, type, organization }) =>
          `${organization?.code ?? ""} ${position}${type === null ? "" : ` ≥ ${type}`}`,
      ),
    ),
    ...named(
      kind.near,
      audience.near.map(
        ({ position, meters }) => `${coordinatesText(position, "decimal")} · ${meters / 1_000} km`,
      ),
    ),
    ...audience.inside.map(() => kind.inside),
    ...named(
      view.about,
      audience.reachedBy.map(({ subject }) => subject),
    ),
  ];
}
