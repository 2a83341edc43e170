/** The access tokens: what each is for, whether it is used, and taking it back. */
import { useState } from "react";

import { useCommand } from "../api/useCommand";
import { Badge, Tag, type Tone } from "../ui/Badge";
import { Button } from "../ui/Button";
import { CommandForm } from "../ui/CommandForm";
import { Dialog } from "../ui/Dialog";
import { Empty, Loading, NoAnswer } from "../ui/Empty";
import { Check } from "../ui/Fields";
import { useNow } from "../ui/now";
import { Age, When } from "../ui/Time";
import { useWords, words as wordsNow } from "../words";
import styles from "./Accounts.module.css";
import { RevokeToken, type Token } from "./documents";
import { IssueDialog } from "./IssueDialog";
import { inOrder } from "./scopes";
import { sorted, standing, type Standing } from "./tokens";
import { useManager, useTokens } from "./useAccounts";

const MINUTE_MS = 60_000;
const tones: Record<Standing, Tone> = { works: "ok", expired: "plain", revoked: "alarm" };

export function TokenList() {
  const words = useWords().accounts.tokens;
  const manager = useManager();
  const { nodes, problem, again } = useTokens();
  const now = useNow(MINUTE_MS);
  const [withPast, setWithPast] = useState(false);
  const [issuing, setIssuing] = useState(false);
  const [revoking, setRevoking] = useState<Token | null>(null);
  if (!nodes || !manager.known) {
    return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  }
  const { working, past } = sorted(nodes, now);
  return (
    <>
      <div className={styles.top}>
        <p className="muted">{words.intro}</p>
        <Button
          onPress={() => {
            setIssuing(true);
          }}
        >
          {words.issue}
        </Button>
      </div>
      {working.length === 0 && <Empty title={words.none} />}
      <Rows tokens={working} now={now} onRevoke={setRevoking} />
      {past.length > 0 && (
        <Check value={withPast} onChange={setWithPast}>
          {words.past(past.length)}
        </Check>
      )}
      {withPast && <Rows tokens={past} now={now} onRevoke={null} />}
      {issuing && (
        <IssueDialog
          manager={manager}
          onClose={() => {
            setIssuing(false);
          }}
          done={again}
        />
      )}
      {revoking && (
        <RevokeDialog
          token={revoking}
          onClose={() => {
            setRevoking(null);
          }}
          done={again}
        />
      )}
    </>
  );
}

interface RowsProps {
  tokens: readonly Token[];
  now: number;
  /** Null where there is nothing to take back. */
  onRevoke: ((token: Token) => void) | null;
}

function Rows({ tokens, now, onRevoke }: RowsProps) {
  return (
    <ul className={styles.list}>
      {tokens.map((token) => (
        <Row key={token.id} token={token} at={standing(token, now)} onRevoke={onRevoke} />
      ))}
    </ul>
  );
}

interface RowProps {
  token: Token;
  at: Standing;
  onRevoke: RowsProps["onRevoke"];
}

function Row({ token, at, onRevoke }: RowProps) {
  const { tokens: words, hubAsWhole, scope } = useWords().accounts;
  const { label, account, scopes, created, expires, lastUsed, organization, storedQueries } = token;
  return (
    <li className={styles.card} data-enabled={at === "works"}>
      <div className={styles.head}>
        <h2>{label}</h2>
        {account !== null && <span className="muted">{words.ofAccount(account)}</span>}
        <Badge tone={tones[at]}>{words[at]}</Badge>
      </div>
      <p>
        <Tag title={organization?.name ?? hubAsWhole}>{organization?.code ?? hubAsWhole}</Tag>{" "}
        {inOrder(scopes)
          .map((one) => scope[one])
          .join(" · ")}
      </p>
      {storedQueries !== null && <p className="muted">{words.stored(storedQueries.length)}</p>}
      <p className="muted">
        {words.lastUsed}: {lastUsed === null ? words.never : <Age at={lastUsed} />} ·{" "}
        {words.created}: <When at={created} /> · {words.expires}: <When at={expires} />
      </p>
      {onRevoke && (
        <div className={styles.actions}>
          <Button
            look="danger"
            onPress={() => {
              onRevoke(token);
            }}
          >
            {words.revoke}
          </Button>
        </div>
      )}
    </li>
  );
}

interface RevokeProps {
  token: Token;
  onClose: () => void;
  done: () => void;
}

function RevokeDialog({ token: { id, label }, onClose, done }: RevokeProps) {
  const words = useWords().accounts.tokens;
  const command = useCommand(RevokeToken, () => wordsNow().accounts.tokens.revokedSaid(label));
  return (
    <Dialog title={words.revokeTitle(label)} open onClose={onClose}>
      <CommandForm
        command={command}
        input={() => ({ token: id })}
        onDone={() => {
          done();
          onClose();
        }}
        onCancel={onClose}
        submit={words.revoke}
        danger
      >
        <p>{words.revokeWhy}</p>
      </CommandForm>
    </Dialog>
  );
}
