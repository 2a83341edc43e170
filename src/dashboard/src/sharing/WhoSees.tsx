/** Who sees a record, and by which rule each group of its fields is shown or hidden. */
import { useMemo } from "react";

import type { Marking } from "../api/generated/graphql";
import { look } from "../time/lens";
import { Badge, Tag } from "../ui/Badge";
import { Button } from "../ui/Button";
import { go } from "../ui/route";
import { useWords } from "../words";
import styles from "./Form.module.css";
import { MarkingPart } from "./MarkingPart";
import { Rules } from "./Rules";
import { useDirectory, type Organization } from "./useDirectory";
import { useSights, type Explanation, type RecordOf } from "./useSights";

interface Props {
  record: RecordOf;
  /** Its marking, where the record can have one. */
  marking?: Marking | null;
}

export function WhoSees({ record, marking }: Props) {
  const words = useWords().sharing.whoSees;
  const { organizations, own } = useDirectory();
  const others = useMemo(
    () => organizations.filter(({ id }) => own !== null && id !== own.id),
    [organizations, own],
  );
  const sights = useSights(record, others);
  const shown = sights.others?.filter(({ explained }) => explained.some((one) => one.shown)) ?? [];
  const hidden = sights.others?.filter(({ explained }) => !explained.some((one) => one.shown));
  return (
    <section className={styles.part} aria-label={words.title}>
      {marking !== undefined && <MarkingPart record={record} marking={marking} />}
      <h2>{words.own}</h2>
      {sights.own ? (
        <div className={styles.row}>
          <Groups explained={sights.own} />
          <Why explained={sights.own} />
        </div>
      ) : (
        <p className="muted">…</p>
      )}
      <h2>{words.others}</h2>
      {sights.others === null && <p className="muted">{words.onlyOwner}</p>}
      <ul>
        {shown.map(({ organization, explained }) => (
          <li key={organization.id} className={styles.row}>
            <Tag title={organization.name}>{organization.code}</Tag>
            <Groups explained={explained} />
            <SeeAs organization={organization} />
            <Why explained={explained} />
          </li>
        ))}
      </ul>
      {sights.asked !== null && shown.length + (hidden?.length ?? 0) < others.length && (
        <p className="muted">{words.asking(sights.asked, others.length)}</p>
      )}
      {hidden && hidden.length > 0 && (
        <details>
          <summary>
            {words.hidden(hidden.map(({ organization }) => organization.code).join(", "))}
          </summary>
          {hidden.map(({ organization, explained }) => (
            <div key={organization.id} className={styles.row}>
              <Tag title={organization.name}>{organization.code}</Tag>
              <Why explained={explained} />
            </div>
          ))}
        </details>
      )}
    </section>
  );
}

/** Which groups are shown and which are not, each with a word and a shape. */
function Groups({ explained }: { explained: readonly Explanation[] }) {
  const { sharing, names } = useWords();
  const words = sharing.whoSees;
  const list = (shown: boolean) =>
    explained
      .filter((one) => one.shown === shown)
      .map(({ group }) => names.fieldGroup[group])
      .join(", ");
  const hidden = list(false);
  return (
    <span className={styles.groups}>
      <Badge tone="ok">
        {words.shown}: {hidden === "" ? words.all : list(true)}
      </Badge>
      {hidden !== "" && (
        <Badge tone="warning">
          {words.notShown}: {hidden}
        </Badge>
      )}
    </span>
  );
}

function Why({ explained }: { explained: readonly Explanation[] }) {
  const words = useWords().sharing.whoSees;
  return (
    <details>
      <summary>{words.why}</summary>
      <Rules explained={explained} />
    </details>
  );
}

function SeeAs({ organization: { id, code } }: { organization: Organization }) {
  const words = useWords().sharing.seeAs;
  return (
    <Button
      onPress={() => {
        void look({ eyes: { id, code }, at: null }).then((shown) => {
          if (shown) go("/");
        });
      }}
    >
      {words.as(code)}
    </Button>
  );
}
