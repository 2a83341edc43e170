/** Breaking the glass in an emergency, mending it, and every time that it was broken. */
import { graphql } from "../api/generated";
import { useMay } from "../api/session";
import { useAnswer } from "../api/useAnswer";
import { useCommand } from "../api/useCommand";
import { Badge } from "../ui/Badge";
import { Button } from "../ui/Button";
import { CommandForm, TroubleText, useObstacleWords } from "../ui/CommandForm";
import { useDraft } from "../ui/draft";
import { Empty, Loading, NoAnswer } from "../ui/Empty";
import { Choice, TextInput } from "../ui/Fields";
import { useNow } from "../ui/now";
import { When } from "../ui/Time";
import { useWords, words as wordsNow } from "../words";
import styles from "./Form.module.css";
import { BrokenGlass } from "./GlassNotice";
import { useDirectory } from "./useDirectory";

const BreakGlass = graphql(`
  mutation BreakGlass($input: BreakGlassInput!) {
    breakGlass(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

const MendGlass = graphql(`
  mutation MendGlass($input: MendGlassInput!) {
    mendGlass(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

const minutes = ["15", "30", "60", "120", "240", "480"] as const;

export function GlassPart() {
  const words = useWords().sharing;
  const may = useMay("break-glass");
  const { data, problem, again } = useAnswer(BrokenGlass, {});
  return (
    <div className={styles.part}>
      <p>{words.glass.why}</p>
      {may ? <Breaking again={again} /> : <p className="muted">{words.needsGlass}</p>}
      {data ? (
        <Log nodes={data.breakGlasses.nodes} may={may} again={again} />
      ) : problem ? (
        <NoAnswer problem={problem} again={again} />
      ) : (
        <Loading />
      )}
    </div>
  );
}

interface Draft {
  owner: string | null;
  reason: string;
  minutes: (typeof minutes)[number];
}

const nothing: Draft = { owner: null, reason: "", minutes: "30" };

function Breaking({ again }: { again: () => void }) {
  const words = useWords().sharing.glass;
  const { organizations, own } = useDirectory();
  const [draft, setDraft, discard] = useDraft<Draft>("glass", nothing);
  const command = useCommand(BreakGlass, () => wordsNow().sharing.glass.broken);
  const lasts = (one: string) =>
    Number(one) < 60 ? words.minute(Number(one)) : words.hour(Number(one) / 60);
  return (
    <CommandForm
      command={command}
      input={() => ({
        owner: draft.owner ?? "",
        reason: draft.reason,
        minutes: Number(draft.minutes),
      })}
      onDone={() => {
        discard();
        again();
      }}
      submit={words.break}
      danger
      fieldOf={{ REASON_NEEDED: "reason", TEXT_EMPTY: "reason" }}
    >
      <div className={styles.columns}>
        <Choice
          label={words.owner}
          value={draft.owner}
          required
          options={organizations
            .filter(({ id }) => id !== own?.id)
            .map(({ id, code, name }) => ({ id, label: code, hint: name }))}
          onChange={(owner) => {
            setDraft({ ...draft, owner });
          }}
        />
        <Choice
          label={words.minutes}
          value={draft.minutes}
          options={minutes.map((id) => ({ id, label: lasts(id) }))}
          onChange={(chosen) => {
            setDraft({ ...draft, minutes: chosen });
          }}
        />
      </div>
      <TextInput
        label={words.reason}
        name="reason"
        required
        value={draft.reason}
        onChange={(reason) => {
          setDraft({ ...draft, reason });
        }}
      />
    </CommandForm>
  );
}

interface Broken {
  id: string;
  principal: string;
  reason: string;
  until: string;
  organization: { code: string } | null;
  owner: { code: string } | null;
}

function Log({ nodes, may, again }: { nodes: Broken[]; may: boolean; again: () => void }) {
  const words = useWords().sharing.glass;
  const now = useNow(5_000);
  const command = useCommand(MendGlass, () => wordsNow().sharing.glass.mended);
  const obstacle = useObstacleWords(command.obstacle);
  if (nodes.length === 0) return <Empty title={words.none} />;
  return (
    <>
      <TroubleText trouble={command.trouble} />
      <ul>
        {[...nodes].reverse().map(({ id, principal, reason, until, organization, owner }) => {
          const over = Date.parse(until) <= now;
          return (
            <li key={id} className={styles.row}>
              <Badge tone={over ? "plain" : "special"}>
                {organization?.code ?? "?"} → {owner?.code ?? "?"}
              </Badge>
              {principal}: “{reason}”{" "}
              <span className="muted">
                {over ? words.over : words.until} <When at={until} />
              </span>
              {!over && may && (
                <Button
                  obstacle={obstacle}
                  pending={command.pending}
                  onPress={() => {
                    void command.give({ breakGlass: id }).then(again);
                  }}
                >
                  {words.mend}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
