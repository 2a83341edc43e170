/** The scrubber: replays the picture as of any moment, and plays it forward. */
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import {
  Button as AriaButton,
  Label,
  Slider,
  SliderThumb,
  SliderTrack,
} from "react-aria-components";

import { useStore } from "../api/store";
import { announce } from "../api/toasts";
import { SeeAsButton } from "../sharing/SeeAs";
import { Button } from "../ui/Button";
import { useCommands, type CommandEntry } from "../ui/commands";
import { useNow } from "../ui/now";
import { useLanguage, useWords } from "../words";
import { Density } from "./Density";
import { backToLive, lensNow, lensStore, look } from "./lens";
import { momentText, spanFor, spans, speeds, stepAt, STEPS } from "./moments";
import { pause, play, playingStore, speedStore } from "./player";
import { SinceLast } from "./SinceLast";
import styles from "./TimeBar.module.css";
import { useScrubber } from "./useScrubber";

export function TimeBar() {
  return (
    <div className={styles.frame} data-no-print>
      <SinceLast />
      <Scrubber />
    </div>
  );
}

function Scrubber() {
  const words = useWords().time;
  const language = useLanguage();
  const { wanted, shown, progress, problem } = useStore(lensStore);
  const playing = useStore(playingStore);
  const speed = useStore(speedStore);
  const { span, setSpan, end, goTo, step } = useScrubber();
  const lens = wanted ?? shown;
  const at = lens?.at ?? null;
  const past = at !== null;
  const now = useNow(60_000);
  const thumb = useRef<HTMLInputElement>(null);
  const text = past ? momentText(at, now, language) : words.present;
  // On a narrow screen the rest is there when somebody wants it.
  const [all, setAll] = useState(false);

  useScrubCommands(step, thumb);
  useEffect(() => pause, []);
  // The slider tells its step out of 120 or so, which says nothing to whoever does not see it.
  useLayoutEffect(() => {
    thumb.current?.setAttribute("aria-valuetext", text);
  });

  return (
    <section
      className={[styles.bar, past && styles.past, all && styles.all].filter(Boolean).join(" ")}
      aria-label={words.title}
    >
      <div className={styles.buttons}>
        <Button
          look="quiet"
          aria-label={words.back}
          onPress={() => {
            step(-1);
          }}
        >
          ◀
        </Button>
        <Button
          look={playing ? "main" : "plain"}
          obstacle={null}
          onPress={() => {
            if (playing) pause();
            else if (past) void play();
            else {
              // From the present there is nothing to play: begin where the scrubber begins.
              void goTo(0).then(play);
            }
          }}
        >
          {playing ? `❚❚ ${words.pause}` : `▶ ${words.play}`}
        </Button>
        <Button
          look="quiet"
          aria-label={words.forward}
          onPress={() => {
            step(1);
          }}
        >
          ▶
        </Button>
      </div>
      <Slider
        className={styles.slider ?? ""}
        minValue={0}
        maxValue={STEPS}
        step={1}
        value={stepAt(at, end, span)}
        onChange={(value) => {
          pause();
          void goTo(value, true);
        }}
      >
        <Label className="unseen">{words.moment}</Label>
        <SliderTrack className={styles.track ?? ""}>
          <Density end={end} span={span} />
          <SliderThumb className={styles.thumb ?? ""} inputRef={thumb} />
        </SliderTrack>
      </Slider>
      <p className={styles.moment}>
        {past ? <strong>◷ {text}</strong> : <span>● {text}</span>}{" "}
        {wanted !== null && (
          <span className="muted">
            {progress ? words.reading(progress.there, progress.of) : words.asking}
          </span>
        )}
      </p>
      <AriaButton
        className={`${styles.chip} ${styles.more}`}
        aria-expanded={all}
        aria-controls="time-choices"
        onPress={() => {
          setAll(!all);
        }}
      >
        {words.more} <span aria-hidden>{all ? "▾" : "▴"}</span>
      </AriaButton>
      {problem && (
        <p className={styles.problem} role="alert">
          ▲ {words.noPast(problem.message)}
        </p>
      )}
      <div className={styles.choices} id="time-choices" {...(past ? {} : { "data-no-wall": true })}>
        <Chips
          label={words.span}
          options={spans}
          value={span}
          text={(one) => one}
          onChange={setSpan}
        />
        {past && (
          <Chips
            label={words.speed}
            options={speeds}
            value={speed}
            text={(one) => `${one}×`}
            onChange={(one) => {
              speedStore.set(one);
            }}
          />
        )}
        <SeeAsButton />
        <GoTo
          onGo={(moment) => {
            setSpan(spanFor(moment, Date.now()));
            void look({ ...lensNow(), at: moment });
          }}
        />
      </div>
    </section>
  );
}

interface ChipsProps<T extends string | number> {
  label: string;
  options: readonly T[];
  value: T;
  text: (value: T) => string;
  onChange: (value: T) => void;
}

/** A few short choices side by side. */
function Chips<T extends string | number>(props: ChipsProps<T>) {
  const { label, options, value, text, onChange } = props;
  return (
    <div className={styles.chips} role="group" aria-label={label}>
      {options.map((option) => (
        <AriaButton
          key={option}
          className={styles.chip ?? ""}
          aria-pressed={option === value}
          onPress={() => {
            onChange(option);
          }}
        >
          {text(option)}
        </AriaButton>
      ))}
    </div>
  );
}

/** Any moment, typed. */
function GoTo({ onGo }: { onGo: (moment: number) => void }) {
  const words = useWords().time;
  const [typed, setTyped] = useState("");
  const go = useCallback(() => {
    const moment = new Date(typed).getTime();
    if (moment < Date.now()) onGo(moment);
    else announce(words.notPast, { tone: "trouble" });
  }, [typed, onGo, words]);
  return (
    <form
      className={styles.goTo}
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <input
        type="datetime-local"
        step={1}
        aria-label={words.goTo}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
        }}
      />
      <Button type="submit">{words.go}</Button>
    </form>
  );
}

function useScrubCommands(
  step: (by: number) => void,
  thumb: { current: HTMLInputElement | null },
): void {
  const words = useWords().time;
  const latest = useRef(step);
  useEffect(() => {
    latest.current = step;
  });
  const commands = useMemo<CommandEntry[]>(
    () => [
      {
        id: "time.scrub",
        words: words.lookAtPast,
        group: "view",
        keys: "g t",
        run: () => thumb.current?.focus(),
      },
      {
        id: "time.back",
        words: words.back,
        group: "view",
        keys: ",",
        run: () => {
          latest.current(-1);
        },
      },
      {
        id: "time.forward",
        words: words.forward,
        group: "view",
        keys: ".",
        run: () => {
          latest.current(1);
        },
      },
      {
        id: "time.play",
        words: words.playOrPause,
        group: "view",
        keys: "T",
        run: () => {
          if (playingStore.get()) pause();
          else void play();
        },
      },
      { id: "time.live", words: words.toPresent, group: "view", keys: "g l", run: backToLive },
    ],
    [words, thumb],
  );
  useCommands(commands);
}
