/** An agreement is written, compared, tried, and proposed. */
import { useMemo, useState } from "react";

import { useAnswer } from "../api/useAnswer";
import { useCommand } from "../api/useCommand";
import { useMay, useSession } from "../api/session";
import { Button } from "../ui/Button";
import { Checks } from "../ui/Checks";
import { CommandForm } from "../ui/CommandForm";
import { useDraft } from "../ui/draft";
import { Loading } from "../ui/Empty";
import { TextInput } from "../ui/Fields";
import { go, Link, useSearch } from "../ui/route";
import { useWords, words as wordsNow } from "../words";
import { ComparisonOf } from "./Comparison";
import { AgreementsList, ProposeAgreement, type AgreementFacts } from "./documents";
import { draftOf, inputOf, missing, newDraft, newTerm, type AgreementDraft } from "./draft";
import styles from "./Form.module.css";
import { HowLong } from "./HowLong";
import { Preview, comparedOfDraft } from "./Preview";
import { TermForm } from "./TermForm";
import { ProposalTrial } from "./Trial";
import { useDirectory, type DirectoryOf } from "./useDirectory";

export function AgreementForm() {
  const words = useWords().sharing;
  const like = new URLSearchParams(useSearch()).get("like");
  const { data } = useAnswer(AgreementsList, {});
  const directory = useDirectory();
  const { own } = directory;
  if (!data || !own) return <Loading />;
  const model = data.agreements.nodes.find(({ id }) => id === like);
  return (
    <div className={styles.page}>
      <Link href="/agreements">← {words.back}</Link>
      <Writing
        key={like}
        draftKey={`agreement:${like ?? "new"}`}
        initial={model ? draftOf(model, own.id) : newDraft}
        agreements={data.agreements.nodes}
        directory={directory}
        own={own.id}
      />
    </div>
  );
}

interface Props {
  draftKey: string;
  initial: AgreementDraft;
  agreements: readonly AgreementFacts[];
  directory: DirectoryOf;
  own: string;
}

function Writing({ draftKey, initial, agreements, directory, own }: Props) {
  const words = useWords().sharing;
  const { acting } = useSession();
  const may = useMay("administer");
  const [draft, setDraft, discard] = useDraft<AgreementDraft>(draftKey, initial);
  const [tried, setTried] = useState<string | null>(null);
  const command = useCommand(ProposeAgreement, () => wordsNow().sharing.proposed);

  const set = (change: Partial<AgreementDraft>) => {
    command.clear();
    setDraft({ ...draft, ...change });
  };
  const written = JSON.stringify(inputOf(draft, own));
  const lacks = missing(draft, own);
  const lack = lacks[0] ? words.missing[lacks[0]] : null;
  const stale = tried !== null && tried !== written;
  const first = tried === null ? words.tryFirst : words.tryStale;
  const untried = tried === written ? null : first;
  const obstacle = may ? (lack ?? untried) : words.needsAdminister;

  return (
    <CommandForm
      command={command}
      input={() => ({ agreement: inputOf(draft, own) })}
      onDone={() => {
        discard();
        go("/agreements");
      }}
      onCancel={() => {
        discard();
        go("/agreements");
      }}
      submit={words.proposeIt(acting?.code ?? "")}
      obstacle={obstacle}
    >
      <Checks
        label={words.who}
        hint={words.whoHint}
        options={directory.organizations
          .filter(({ id }) => id !== own)
          .map(({ id, code, name }) => ({ id, label: code, hint: name }))}
        value={draft.others}
        onChange={(others) => {
          set({ others });
        }}
      />
      <div className={styles.columns}>
        <TextInput
          label={words.called}
          value={draft.title}
          onChange={(title) => {
            set({ title });
          }}
        />
        <TextInput
          label={words.what}
          hint={words.whatHint}
          value={draft.purpose}
          onChange={(purpose) => {
            set({ purpose });
          }}
        />
      </div>
      {draft.terms.map((term, at) => (
        <TermForm
          // Terms have no name of their own: their place is what tells them apart.
          key={at}
          number={at + 1}
          term={term}
          others={draft.others}
          own={own}
          directory={directory}
          onChange={(changed) => {
            set({ terms: draft.terms.map((one, n) => (n === at ? changed : one)) });
          }}
          onRemove={
            draft.terms.length > 1
              ? () => {
                  set({ terms: draft.terms.filter((_, n) => n !== at) });
                }
              : null
          }
        />
      ))}
      <div>
        <Button
          onPress={() => {
            set({ terms: [...draft.terms, newTerm] });
          }}
        >
          + {words.addItem}
        </Button>
      </div>
      <HowLong
        starts={draft.starts}
        ends={draft.ends}
        onChange={(change) => {
          set(change);
        }}
      />
      <Outlook
        draft={draft}
        own={own}
        directory={directory}
        agreements={agreements}
        ready={lacks.length === 0}
      />
      <div>
        <Button
          obstacle={lack}
          onPress={() => {
            setTried(written);
          }}
        >
          {words.tryIt}
        </Button>
      </div>
      {stale && <p className="muted">{words.tryStale}</p>}
      {tried !== null && !stale && <Tried written={tried} />}
    </CommandForm>
  );
}

function Tried({ written }: { written: string }) {
  const input = useMemo(() => JSON.parse(written) as ReturnType<typeof inputOf>, [written]);
  return <ProposalTrial input={input} />;
}

/** The draft in short, and beside what is in force. */
function Outlook(props: {
  draft: AgreementDraft;
  own: string;
  directory: DirectoryOf;
  agreements: readonly AgreementFacts[];
  ready: boolean;
}) {
  const { draft, own, directory, agreements, ready } = props;
  if (draft.others.length === 0) return null;
  const proposed = draft.terms.map((term) => comparedOfDraft(term, draft.others, own, directory));
  return (
    <>
      <Preview draft={draft} own={own} directory={directory} />
      {ready && <ComparisonOf proposed={proposed} agreements={agreements} />}
    </>
  );
}
