/** A dry run: who would see more or less of what. */
import type {
  AgreementInput,
  SightFactsFragment,
  TrialFactsFragment,
} from "../api/generated/graphql";
import { useAnswer } from "../api/useAnswer";
import { Badge, Tag } from "../ui/Badge";
import { sentenceOf } from "../ui/sentence";
import { NoAnswer } from "../ui/Empty";
import { useWords } from "../words";
import { refusalText } from "../words/hub";
import { TryEnding, TryProposal } from "./documents";
import styles from "./Trial.module.css";

type Sight = SightFactsFragment;

const once = { everyMs: null };

/** What a proposal would come to, if all signed it. */
export function ProposalTrial({ input }: { input: AgreementInput }) {
  const words = useWords().sharing;
  const answer = useAnswer(TryProposal, { propose: input }, once);
  return <Trial title={words.trySigned} answer={answer} />;
}

/** What the end of an agreement would come to. */
export function EndingTrial({ id }: { id: string }) {
  const words = useWords().sharing;
  const answer = useAnswer(TryEnding, { end: id }, once);
  return <Trial title={words.tryEnded} answer={answer} />;
}

interface Props {
  title: string;
  answer: Pick<
    ReturnType<typeof useAnswer<{ simulate: TrialFactsFragment }, Record<string, never>>>,
    "data" | "problem" | "again"
  >;
}

function Trial({ title, answer: { data, problem, again } }: Props) {
  const words = useWords().sharing;
  return (
    <section className={styles.trial} aria-live="polite">
      <h2>
        {words.dryRun}: {title}
      </h2>
      {data ? (
        <Outcome simulation={data.simulate} />
      ) : problem ? (
        <NoAnswer problem={problem} again={again} />
      ) : (
        <p className="muted">{words.trying}</p>
      )}
      <p className="muted">{words.tryNote}</p>
    </section>
  );
}

function Outcome({ simulation }: { simulation: TrialFactsFragment }) {
  const { sharing: words, hub } = useWords();
  const { refusal, sights, gains, losses } = simulation;
  if (refusal) {
    return (
      <p className={styles.refusal} role="alert">
        ▲ {sentenceOf(refusalText(refusal, hub))}
      </p>
    );
  }
  if (sights.length === 0) return <p>✓ {words.tryNothing}</p>;
  const all = gains + losses;
  return (
    <>
      {byOrganization(sights).map(({ id, code, of }) => {
        const less = of.filter(losesBy).length;
        const more = of.length - less;
        return (
          <details key={id} className={styles.group} open>
            <summary>
              <strong>
                {more > 0 && <>▲ {words.wouldSeeMore(code, more)} </>}
                {less > 0 && <>▼ {words.wouldSeeLess(code, less)}</>}
              </strong>
            </summary>
            <ul>
              {of.map((sight) => (
                <SightLine key={sight.record?.id} sight={sight} />
              ))}
            </ul>
          </details>
        );
      })}
      {all > sights.length && <p className="muted">{words.tryShown(sights.length, all)}</p>}
    </>
  );
}

function SightLine({ sight }: { sight: Sight }) {
  const { sharing: words, names } = useWords();
  const { record, gained, lost } = sight;
  const groups = (list: Sight["gained"]) => list.map((group) => names.fieldGroup[group]).join(", ");
  const place = precision(sight.placeBefore, sight.placeAfter, words.place, words.withheld);
  const time = precision(sight.timeBefore, sight.timeAfter, words.time, words.withheld);
  return (
    <li className={styles.sight}>
      {record && <Tag>{words.kind[record.kind]}</Tag>} {record?.name ?? record?.id}
      <span className={styles.effects}>
        {gained.length > 0 && (
          <Badge tone="notice">
            {gained.includes("IDENTITY") ? words.appears : words.more}: {groups(gained)}
          </Badge>
        )}
        {lost.length > 0 && (
          <Badge tone="warning">
            {lost.includes("IDENTITY") ? words.vanishes : words.less}: {groups(lost)}
          </Badge>
        )}
        {place && <span className="muted">{words.comparePlace(place)}</span>}
        {time && <span className="muted">{words.compareTime(time)}</span>}
      </span>
    </li>
  );
}

/** How exactly before and after, where that differs; what comes or goes is told by its group. */
function precision<P extends string>(
  before: P | null,
  after: P | null,
  labels: Record<P, string>,
  withheld: string,
): string | null {
  if (before === after) return null;
  const label = (value: P | null) => (value === null ? withheld : labels[value]);
  if (before === null) return label(after);
  return `${label(before)} → ${label(after)}`;
}

/** Less of groups, or of exactness: the hub tells each record once, whichever it is. */
const losesBy = (sight: Sight) => sight.lost.length > 0;

function byOrganization(sights: readonly Sight[]): { id: string; code: string; of: Sight[] }[] {
  const groups = new Map<string, { id: string; code: string; of: Sight[] }>();
  for (const sight of sights) {
    const id = sight.organization?.id ?? "";
    const group = groups.get(id) ?? { id, code: sight.organization?.code ?? "?", of: [] };
    group.of.push(sight);
    groups.set(id, group);
  }
  return [...groups.values()];
}
