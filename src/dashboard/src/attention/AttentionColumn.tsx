/** What needs the reader or their organization now, and what they wait for. Cleared by doing. */
import { useState } from "react";

import { useShown } from "../api/picture/shown";
import { Button } from "../ui/Button";
import { Empty, Loading } from "../ui/Empty";
import { useWords } from "../words";
import styles from "./Attention.module.css";
import type { Entry } from "./entry";
import { EntryRow } from "./EntryRow";
import { useEntries } from "./useEntries";

interface Props {
  /** Only what is about this incident. */
  incident?: string;
}

export function AttentionColumn({ incident }: Props) {
  const words = useWords().attention;
  const { instead } = useShown();
  const entries = useEntries()?.filter(
    (entry) => incident === undefined || entry.incident?.id === incident,
  );
  const of = (whose: Entry["whose"]) => entries?.filter((entry) => entry.whose === whose) ?? [];
  const [waiting, others] = [of("waiting"), of("others")];
  return (
    <section aria-label={words.title} className={styles.column}>
      <h2>{words.title}</h2>
      {instead !== null && <p className="muted">{words.ofThePresent}</p>}
      {entries === undefined ? (
        <Loading />
      ) : of("mine").length > 0 ? (
        <Entries entries={of("mine")} label={words.mine} />
      ) : (
        <Empty title={words.nothing} />
      )}
      <Folded entries={waiting} label={words.waiting} open />
      <Folded entries={others} label={words.others} />
    </section>
  );
}

/** So many are shown at first; nobody does more at a time. */
const SHOWN = 20;

function Entries({ entries, label }: { entries: readonly Entry[]; label: string }) {
  const words = useWords().attention;
  const [all, showAll] = useState(false);
  const shown = all ? entries : entries.slice(0, SHOWN);
  return (
    <>
      <ul className={styles.entries} aria-label={label}>
        {shown.map((entry) => (
          <EntryRow key={entry.id} entry={entry} />
        ))}
      </ul>
      {shown.length < entries.length && (
        <Button
          onPress={() => {
            showAll(true);
          }}
        >
          {words.more(entries.length - shown.length)}
        </Button>
      )}
    </>
  );
}

interface FoldedProps {
  entries: readonly Entry[];
  label: string;
  open?: boolean;
}

function Folded({ entries, label, open = false }: FoldedProps) {
  if (entries.length === 0) return null;
  return (
    <details open={open} className={styles.folded}>
      <summary>
        {label}
        <span className="muted">&nbsp;{entries.length}</span>
      </summary>
      <Entries entries={entries} label={label} />
    </details>
  );
}
