/** Whom a wave tells, part by part. */
import { Button } from "../../ui/Button";
import { Choice } from "../../ui/Fields";
import { useWords } from "../../words";
import { useSession } from "../../api/session";
import styles from "./Compose.module.css";
import { SelectorFields } from "./SelectorFields";
import { emptySelector, selectorKinds, type Selector } from "./selectors";
import type { Options } from "./useOptions";

interface Props {
  label: string;
  selectors: readonly Selector[];
  onChange: (selectors: Selector[]) => void;
  options: Options | null;
  /** The incident of the message, where it has one. */
  incident: string;
}

export function AudienceFields({ label, selectors, onChange, options, incident }: Props) {
  const words = useWords().messages.compose;
  const { acting } = useSession();
  const own = options?.organizations.find(({ label }) => label === acting?.code)?.id ?? "";
  return (
    <div className={styles.found}>
      <strong>{label}</strong>
      {selectors.length === 0 && <p className="muted">{words.nobody}</p>}
      {selectors.map((selector, n) => (
        <div key={n} className={styles.part} role="group" aria-label={words.kind[selector.kind]}>
          <div className={styles.partTitle}>
            {words.kind[selector.kind]}
            <Button
              look="quiet"
              aria-label={`${words.remove}: ${words.kind[selector.kind]}`}
              onPress={() => {
                onChange(selectors.filter((_, at) => at !== n));
              }}
            >
              ✕
            </Button>
          </div>
          <SelectorFields
            selector={selector}
            options={options}
            onChange={(next) => {
              onChange(selectors.map((one, at) => (at === n ? next : one)));
            }}
          />
        </div>
      ))}
      <Choice
        label={words.addAudience}
        value={null}
        placeholder="+"
        onChange={(kind) => {
          onChange([...selectors, emptySelector(kind, own, incident)]);
        }}
        options={selectorKinds.map((id) => ({ id, label: words.kind[id] }))}
      />
    </div>
  );
}
