/** What a revision of the plan said: that is what the commanders signed, whatever is planned now. */
import { useAnswer } from "../../api/useAnswer";
import { Badge } from "../../ui/Badge";
import { Dialog } from "../../ui/Dialog";
import { Loading, NoAnswer } from "../../ui/Empty";
import { useWords } from "../../words";
import ui from "../ui/ui.module.css";
import { Moment } from "../ui/zone";
import { Communications } from "./Communications";
import { RoomRevisions } from "./content";
import { Medical } from "./Medical";
import { Objectives } from "./Objectives";
import type { Period } from "./objectives";
import styles from "./Plan.module.css";
import { Safety } from "./Safety";
import { Situation } from "./Situation";
import { Work } from "./Work";

export type Revision = Period["plan"][number];

interface Props {
  period: Period;
  revision: Revision;
  onClose: () => void;
}

export function RevisionDialog({ period, revision, onClose }: Props) {
  const words = useWords().room.plan;
  return (
    <Dialog
      open
      wide
      read
      title={words.revisionOf(revision.number, period.number)}
      onClose={onClose}
    >
      <div className={styles.revision}>
        <Signed revision={revision} />
        <Content period={period} revision={revision} />
      </div>
    </Dialog>
  );
}

function Content({ period, revision }: Omit<Props, "onClose">) {
  const { data, problem, again } = useAnswer(RoomRevisions, { id: period.id }, { everyMs: null });
  if (!data) return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  const said = data.period?.plan.find(({ number }) => number === revision.number);
  if (!said) return null;
  // Nobody writes in it, as in a period that is over.
  const then: Period = { ...period, ...said, number: period.number, periodState: "OVER" };
  const part = { period: then, done: again };
  return (
    <div className={styles.planned}>
      <Objectives {...part} />
      <Work {...part} />
      <Situation {...part} />
      <Safety {...part} />
      <Communications {...part} />
      <Medical {...part} />
    </div>
  );
}

/** How far a revision is signed. */
export function Signed({ revision }: { revision: Revision }) {
  const words = useWords().room.plan;
  return (
    <div>
      <p className={ui.line}>
        <strong>{words.revision(revision.number)}</strong>
        {revision.oral && <Badge tone="plain">{words.oral}</Badge>}
        {revision.approvedAt ? (
          <Badge tone="ok">{words.approved}</Badge>
        ) : (
          <Badge tone="warning">
            {words.waitsFor(revision.unsigned.map(({ code }) => code).join(", "))}
          </Badge>
        )}
      </p>
      <p className="muted">
        {words.draftedBy(revision.draftedBy)} <Moment at={revision.draftedAt} />
      </p>
      {revision.signatures.map(({ agency, by, at }) => (
        <p key={agency?.code ?? by}>
          ✓ {agency?.code} · {by} · <Moment at={at} />
        </p>
      ))}
    </div>
  );
}
