/** What an account may do: each thing as a box to check, with what it means. */
import {
  CheckboxButton,
  CheckboxField,
  CheckboxGroup,
  FieldError,
  Label,
} from "react-aria-components";

import { Badge } from "../ui/Badge";
import { useWords } from "../words";
import styles from "./Accounts.module.css";
import type { Scope } from "./documents";
import { doubt, type Doubt } from "./scopes";

interface Props {
  label: string;
  choices: readonly Scope[];
  value: readonly Scope[];
  onChange: (value: Scope[]) => void;
  operates: boolean;
  /** Whether the account is one's own, which can shut one out of this page. */
  own?: boolean;
}

export function ScopesField({ label, choices, value, onChange, operates, own = false }: Props) {
  const words = useWords().accounts;
  const why = doubt(value, operates);
  const shutsOut = own && !value.includes("ADMINISTER") && !value.includes("OPERATE");
  return (
    <CheckboxGroup
      className={styles.scopes ?? ""}
      name="scopes"
      value={[...value]}
      onChange={(chosen) => {
        onChange(choices.filter((scope) => chosen.includes(scope)));
      }}
    >
      <Label className={styles.legend ?? ""}>{label}</Label>
      <FieldError className={styles.error ?? ""} />
      {choices.map((scope) => (
        <ScopeCheck key={scope} scope={scope} on={value.includes(scope)} />
      ))}
      {!operates && !choices.includes("BREAK_GLASS") && <p className="muted">{words.onlyHub}</p>}
      <div aria-live="polite" className={styles.doubts}>
        {why === "blind" && <Badge tone="warning">{words.doubt.blind}</Badge>}
        {shutsOut && <Badge tone="alarm">{words.ownAdminister}</Badge>}
      </div>
    </CheckboxGroup>
  );
}

function ScopeCheck({ scope, on }: { scope: Scope; on: boolean }) {
  const words = useWords().accounts;
  return (
    <CheckboxField value={scope}>
      <CheckboxButton className={styles.scope ?? ""}>
        <span className={styles.box} aria-hidden>
          {on ? "✓" : ""}
        </span>
        <span>
          <strong>{words.scope[scope]}</strong>
          <span className={styles.why}>{words.scopeWhy[scope]}</span>
        </span>
      </CheckboxButton>
    </CheckboxField>
  );
}

/** What keeps these from being given, in a sentence for a button. */
export function useDoubtWords(why: Doubt | null): string | null {
  const words = useWords().accounts.doubt;
  return why === "none" || why === "beyond" ? words[why] : null;
}
