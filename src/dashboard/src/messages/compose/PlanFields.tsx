/** Who is told in which order, when it is enough, and how people are told. */
import type { MessageChannel, MessageExpects } from "../../api/generated/graphql";
import { Button } from "../../ui/Button";
import { Check, Choice, TextInput } from "../../ui/Fields";
import { useWords } from "../../words";
import { AudienceFields } from "./AudienceFields";
import styles from "./Compose.module.css";
import type { MessageForm, Wave } from "./form";
import { QuorumFields } from "./QuorumFields";
import type { Options } from "./useOptions";

interface Props {
  form: MessageForm;
  onChange: (form: MessageForm) => void;
  options: Options | null;
}

const channels: readonly MessageChannel[] = [
  "SMS",
  "VOICE",
  "EMAIL",
  "WEB_PUSH",
  "WEBHOOK",
  "MQTT",
];
const expectations: readonly MessageExpects[] = ["ACKNOWLEDGEMENT", "ANSWER", "NOTHING"];

export function PlanFields({ form, onChange, options }: Props) {
  const words = useWords().messages.compose;
  const { waves } = form;
  return (
    <>
      {waves.map((wave, n) => (
        <WaveFields
          key={n}
          n={n}
          wave={wave}
          options={options}
          incident={form.incident}
          onChange={(next) => {
            onChange({ ...form, waves: waves.map((one, at) => (at === n ? next : one)) });
          }}
          onRemove={
            n === 0
              ? null
              : () => {
                  onChange({ ...form, waves: waves.filter((_, at) => at !== n) });
                }
          }
        />
      ))}
      <div>
        <Button
          onPress={() => {
            onChange({ ...form, waves: [...waves, { afterMinutes: "15", anyOf: [], except: [] }] });
          }}
        >
          {words.addWave}
        </Button>
      </div>
      <QuorumFields
        quorums={form.enough}
        options={options}
        onChange={(enough) => {
          onChange({ ...form, enough });
        }}
      />
      <HowFields form={form} onChange={onChange} />
    </>
  );
}

interface WaveProps {
  n: number;
  wave: Wave;
  options: Options | null;
  incident: string;
  onChange: (wave: Wave) => void;
  onRemove: (() => void) | null;
}

function WaveFields({ n, wave, options, incident, onChange, onRemove }: WaveProps) {
  const words = useWords().messages.compose;
  return (
    <fieldset className={styles.box}>
      <legend>{words.wave(n + 1)}</legend>
      {n > 0 && (
        <div className={styles.line}>
          <TextInput
            label={words.waveAfter}
            type="number"
            value={wave.afterMinutes}
            onChange={(afterMinutes) => {
              onChange({ ...wave, afterMinutes });
            }}
          />
          {onRemove && (
            <Button look="quiet" onPress={onRemove}>
              {words.remove}
            </Button>
          )}
        </div>
      )}
      <AudienceFields
        label={words.audience}
        selectors={wave.anyOf}
        options={options}
        incident={incident}
        onChange={(anyOf) => {
          onChange({ ...wave, anyOf });
        }}
      />
      <details open={wave.except.length > 0}>
        <summary>{words.addExcept}</summary>
        <AudienceFields
          label={words.except}
          selectors={wave.except}
          options={options}
          incident={incident}
          onChange={(except) => {
            onChange({ ...wave, except });
          }}
        />
      </details>
    </fieldset>
  );
}

function HowFields({ form, onChange }: Pick<Props, "form" | "onChange">) {
  const words = useWords().messages;
  const c = words.compose;
  const chosen = form.channels;
  return (
    <details className={styles.details}>
      <summary>{c.how}</summary>
      <div>
        <div role="group" aria-label={c.channels}>
          <strong>{c.channels}</strong>
          <p className="muted">
            {chosen.length === 0
              ? c.channelsOwn
              : chosen.map((one, n) => `${n + 1}. ${words.channel[one]}`).join(" · ")}
          </p>
          <div className={styles.line}>
            {channels.map((channel) => (
              <Check
                key={channel}
                value={chosen.includes(channel)}
                onChange={(is) => {
                  const others = chosen.filter((one) => one !== channel);
                  onChange({ ...form, channels: is ? [...others, channel] : others });
                }}
              >
                {words.channel[channel]}
              </Check>
            ))}
          </div>
        </div>
        <div className={styles.columns}>
          <Choice
            label={c.expects}
            value={form.expects}
            onChange={(expects) => {
              onChange({ ...form, expects });
            }}
            options={expectations.map((id) => ({ id, label: words.expects[id] }))}
          />
          <TextInput
            label={c.until}
            type="datetime-local"
            name="until"
            value={form.until}
            onChange={(until) => {
              onChange({ ...form, until });
            }}
          />
          {(
            [
              ["intervalSeconds", c.interval],
              ["cycles", c.cycles],
              ["askAgainMinutes", c.askAgain],
            ] as const
          ).map(([field, label]) => (
            <TextInput
              key={field}
              label={label}
              type="number"
              value={form[field]}
              onChange={(text) => {
                onChange({ ...form, [field]: text });
              }}
            />
          ))}
        </div>
      </div>
    </details>
  );
}
