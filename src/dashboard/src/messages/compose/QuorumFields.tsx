/** How many have to accept, of whom, before nobody else is asked. */
import { Button } from "../../ui/Button";
import { Choice, TextInput } from "../../ui/Fields";
import { useWords } from "../../words";
import styles from "./Compose.module.css";
import type { Quorum } from "./form";
import type { Options } from "./useOptions";

interface Props {
  quorums: readonly Quorum[];
  onChange: (quorums: Quorum[]) => void;
  options: Options | null;
}

/** The id that stands for no choice, as a field of choices has no empty one. */
const ANY = "*";

export function QuorumFields({ quorums, onChange, options }: Props) {
  const words = useWords().messages.compose;
  const set = (n: number, quorum: Quorum) => {
    onChange(quorums.map((one, at) => (at === n ? quorum : one)));
  };
  return (
    <fieldset className={styles.box}>
      <legend>{words.enough}</legend>
      {quorums.length === 0 && <p className="muted">{words.enoughNever}</p>}
      {quorums.map((quorum, n) => (
        <div key={n} className={styles.line}>
          <TextInput
            label={words.acceptances}
            type="number"
            value={quorum.count}
            onChange={(count) => {
              set(n, { ...quorum, count });
            }}
            required
          />
          <Choice
            label={words.position}
            value={quorum.position || ANY}
            onChange={(position) => {
              set(n, { ...quorum, position: position === ANY ? "" : position });
            }}
            options={[{ id: ANY, label: words.anyPosition }, ...(options?.positions ?? [])]}
          />
          <Choice
            label={words.organization}
            value={quorum.organization || ANY}
            onChange={(organization) => {
              set(n, { ...quorum, organization: organization === ANY ? "" : organization });
            }}
            options={[{ id: ANY, label: words.anyOrganization }, ...(options?.organizations ?? [])]}
          />
          <Button
            look="quiet"
            aria-label={`${words.remove} ${n + 1}`}
            onPress={() => {
              onChange(quorums.filter((_, at) => at !== n));
            }}
          >
            ✕
          </Button>
        </div>
      ))}
      <div>
        <Button
          onPress={() => {
            onChange([...quorums, { count: "1", position: "", organization: "" }]);
          }}
        >
          {words.addEnough}
        </Button>
      </div>
    </fieldset>
  );
}
