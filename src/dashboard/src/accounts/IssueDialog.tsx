/** A token is issued for a program, and shown once. */
import { useState } from "react";

import { useCommand } from "../api/useCommand";
import { Badge } from "../ui/Badge";
import { Button } from "../ui/Button";
import { CommandForm } from "../ui/CommandForm";
import { Dialog } from "../ui/Dialog";
import { Choice, TextInput } from "../ui/Fields";
import { useWords, words as wordsNow } from "../words";
import styles from "./Accounts.module.css";
import { Copying } from "./Copying";
import { IssueToken, type Scope } from "./documents";
import { OrganizationField } from "./OrganizationField";
import { fieldsFor } from "./refusals";
import { choices, doubt } from "./scopes";
import { ScopesField, useDoubtWords } from "./ScopesField";
import type { Manager } from "./useAccounts";

const DAY_MS = 86_400_000;
/** The hub lets a token work for 400 days at most. */
const lives = ["1", "7", "30", "90", "365"] as const;

interface Props {
  manager: Manager;
  onClose: () => void;
  done: () => void;
}

/** What came of it; the secret is null where it did not arrive. */
interface Issued {
  label: string;
  secret: string | null;
}

export function IssueDialog({ manager, onClose, done }: Props) {
  const words = useWords().accounts.tokens;
  const [issued, setIssued] = useState<Issued | null>(null);
  return (
    <Dialog
      title={issued ? words.secretTitle(issued.label) : words.issue}
      open
      onClose={onClose}
      stays={issued !== null}
    >
      {issued ? (
        <Secret secret={issued.secret} onClose={onClose} />
      ) : (
        <Issuing
          manager={manager}
          onClose={onClose}
          onIssued={(told) => {
            setIssued(told);
            done();
          }}
        />
      )}
    </Dialog>
  );
}

function Secret({ secret, onClose }: { secret: string | null; onClose: () => void }) {
  const words = useWords().accounts;
  return (
    <div className={styles.made}>
      {secret === null ? (
        <p>{words.tokens.lost}</p>
      ) : (
        <>
          <Copying label={words.tokens.secret} text={secret} />
          <p>
            <Badge tone="warning" strong>
              {words.linkOnce}
            </Badge>
          </p>
          <p>{words.tokens.secretHand}</p>
        </>
      )}
      <div className={styles.end}>
        <Button onPress={onClose}>{words.done}</Button>
      </div>
    </div>
  );
}

interface IssuingProps {
  manager: Manager;
  onClose: () => void;
  onIssued: (issued: Issued) => void;
}

function Issuing({ manager, onClose, onIssued }: IssuingProps) {
  const words = useWords().accounts.tokens;
  const { operates, own, organizations } = manager;
  const [label, setLabel] = useState("");
  const [organization, setOrganization] = useState(own?.id ?? null);
  const [scopes, setScopes] = useState<readonly Scope[]>(["READ", "INGEST"]);
  const [days, setDays] = useState<(typeof lives)[number]>("90");
  // From one moment on, so that what is sent again is the same request.
  const [from] = useState(() => Date.now());
  const command = useCommand(IssueToken, () => wordsNow().accounts.tokens.issued(label));
  const obstacle = useDoubtWords(doubt(scopes, operates));
  return (
    <CommandForm
      command={command}
      input={() => ({
        label,
        organization,
        scopes: [...scopes],
        expires: new Date(from + Number(days) * DAY_MS).toISOString(),
        own: false,
      })}
      onDone={({ secret }) => {
        onIssued({ label, secret });
      }}
      onCancel={onClose}
      submit={words.issue}
      obstacle={obstacle}
      fieldOf={fieldsFor(command.trouble)}
    >
      <TextInput
        label={words.label}
        name="label"
        hint={words.labelHint}
        value={label}
        onChange={setLabel}
        required
        autoFocus
      />
      <Choice
        label={words.days}
        name="expires"
        value={days}
        onChange={setDays}
        options={lives.map((life) => ({ id: life, label: words.daysOf(Number(life)) }))}
        required
      />
      {operates && (
        <OrganizationField
          organizations={organizations}
          value={organization}
          onChange={setOrganization}
        />
      )}
      <ScopesField
        label={own ? words.mayFor(own.code) : words.may}
        choices={choices(scopes, { organization: organization !== null, operates })}
        value={scopes}
        onChange={setScopes}
        operates={operates}
      />
    </CommandForm>
  );
}
