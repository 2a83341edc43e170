/** On return and at shift change: what changed since somebody was last here. */
import { useMemo, useState } from "react";

import { Button } from "../ui/Button";
import { useCommands, type CommandEntry } from "../ui/commands";
import { Dialog } from "../ui/Dialog";
import { Choice } from "../ui/Fields";
import { useNow } from "../ui/now";
import { useWords } from "../words";
import { ageText } from "../words/format";
import { withHappened } from "./happened";
import { count } from "./since";
import { SinceList } from "./SinceList";
import styles from "./Since.module.css";
import { useHappened } from "./useHappened";
import { useLastSeen } from "./useLastSeen";
import { useSince } from "./useSince";

const HOUR_MS = 3_600_000;
/** The lengths of shifts, in hours, beside one's own absence. */
const shifts = ["1", "8", "12", "24"] as const;
type From = "last" | (typeof shifts)[number];

export function SinceLast() {
  const words = useWords().time.since;
  const { since, seen } = useLastSeen();
  const [from, setFrom] = useState<From | null>(null);
  const commands = useMemo<CommandEntry[]>(
    () => [
      {
        id: "time.since",
        words: words.show,
        group: "view",
        keys: "g s",
        run: () => {
          setFrom(since === null ? "8" : "last");
        },
      },
    ],
    [words, since],
  );
  useCommands(commands);
  const close = () => {
    setFrom(null);
  };
  return (
    <>
      {since !== null && (
        <Strip
          since={since}
          onOpen={() => {
            setFrom("last");
          }}
          onSeen={seen}
        />
      )}
      <Dialog title={words.title} open={from !== null} onClose={close} wide>
        {from !== null && (
          <Told
            from={from}
            since={since}
            onFrom={setFrom}
            onSeen={() => {
              seen();
              close();
            }}
            onLeave={close}
          />
        )}
      </Dialog>
    </>
  );
}

function Strip(props: { since: number; onOpen: () => void; onSeen: () => void }) {
  const words = useWords().time.since;
  const now = useNow(60_000);
  const { groups } = useSince(props.since);
  const all = useHappened(props.since);
  const counts = groups && count(groups);
  const told = all?.reduce((sum, one) => sum + one.told.length, 0) ?? 0;
  const nothing = groups?.length === 0 && all?.length === 0;
  return (
    <div className={styles.strip} role="status" data-no-wall>
      <span>
        ◷ {words.strip(ageText(now - props.since))}{" "}
        <strong>
          {nothing
            ? words.nothing
            : counts
              ? `${words.counts(counts.new, counts.changed, counts.gone)}${told > 0 ? ` · ${words.told(told)}` : ""}`
              : words.reading}
        </strong>
      </span>
      {!nothing && (
        <Button look="main" keys="g s" onPress={props.onOpen}>
          {words.open}
        </Button>
      )}
      <Button onPress={props.onSeen}>{words.seen}</Button>
    </div>
  );
}

interface ToldProps {
  from: From;
  since: number | null;
  onFrom: (from: From) => void;
  onSeen: () => void;
  onLeave: () => void;
}

function Told({ from, since, onFrom, onSeen, onLeave }: ToldProps) {
  const words = useWords().time.since;
  // Taken once: what one reads does not slide away under one's eyes.
  const [opened] = useState(() => Date.now());
  const at = from === "last" ? since : opened - Number(from) * HOUR_MS;
  const { groups, failed } = useSince(at);
  const all = useHappened(at);
  const told = groups && all && withHappened(groups, all);
  const options = [
    ...(since === null ? [] : [{ id: "last" as const, label: words.lastHere }]),
    ...shifts.map((id) => ({ id, label: words.hours(Number(id)) })),
  ];
  return (
    <div className={styles.told}>
      <Choice<From> label={words.from} value={from} options={options} onChange={onFrom} />
      {failed ? (
        <p role="alert">▲ {words.failed}</p>
      ) : told === null ? (
        <p className="muted">{words.reading}</p>
      ) : told.length === 0 ? (
        <p>✓ {words.nothing}</p>
      ) : (
        <SinceList groups={told} happened={all ?? []} onLeave={onLeave} />
      )}
      {since !== null && (
        <div>
          <Button look="main" onPress={onSeen}>
            {words.seen}
          </Button>
        </div>
      )}
    </div>
  );
}
