/** What is asked for, where it goes, and who is asked. */
import type { RequestPriority, ResourceKindsQuery } from "../api/generated/graphql";
import { Check, Choice, TextInput } from "../ui/Fields";
import { PointField } from "../ui/PointField";
import { useCalled, useWords } from "../words";
import styles from "./Act.module.css";
import { ReceiversChoice } from "./ReceiversChoice";
import type { RequestDraft } from "./RequestDialog";

interface Props {
  draft: RequestDraft;
  onChange: (draft: RequestDraft) => void;
  kinds: ResourceKindsQuery["resourceDefinitions"];
}

const priorities: readonly RequestPriority[] = ["URGENT", "ROUTINE", "LOW"];

export function RequestFields({ draft, onChange, kinds }: Props) {
  const words = useWords();
  const w = words.act.request;
  const called = useCalled();
  const set = (part: Partial<RequestDraft>) => {
    onChange({ ...draft, ...part });
  };
  const unit = kinds.find(({ id, version }) => `${id}@${version}` === draft.kind)?.unit;
  return (
    <>
      <div className={styles.row}>
        <Choice
          label={w.kind}
          name="need"
          value={draft.kind || null}
          onChange={(kind) => {
            set({ kind });
          }}
          options={kinds.map(({ id, version, name }) => ({
            id: `${id}@${version}`,
            label: called(name),
          }))}
          required
        />
        <TextInput
          label={unit ? w.unit(unit) : w.quantity}
          name="quantity"
          type="number"
          value={draft.quantity}
          onChange={(quantity) => {
            set({ quantity });
          }}
          required
        />
        <Choice
          label={w.priority}
          value={draft.priority}
          onChange={(priority) => {
            set({ priority });
          }}
          options={priorities.map((id) => ({ id, label: words.names.requestPriority[id] }))}
        />
      </div>
      <TextInput
        label={w.purpose}
        name="purpose"
        value={draft.purpose}
        onChange={(purpose) => {
          set({ purpose });
        }}
        required
      />
      <div className={styles.row}>
        <TextInput
          label={w.place}
          name="place"
          value={draft.place}
          onChange={(place) => {
            set({ place });
          }}
        />
        <PointField
          value={draft.point}
          onChange={(point) => {
            set({ point });
          }}
        />
      </div>
      <div className={styles.row}>
        <TextInput
          label={w.contact}
          hint={w.contactHint}
          name="contact"
          value={draft.contact}
          onChange={(contact) => {
            set({ contact });
          }}
          required
        />
        <TextInput
          label={w.wantedBy}
          type="datetime-local"
          value={draft.wantedBy}
          onChange={(wantedBy) => {
            set({ wantedBy });
          }}
        />
      </div>
      <TextInput
        label={w.type}
        type="number"
        value={draft.type}
        onChange={(type) => {
          set({ type });
        }}
      />
      <Check
        value={draft.substitutes}
        onChange={(substitutes) => {
          set({ substitutes });
        }}
      >
        {w.substitutes}
      </Check>
      <ReceiversChoice
        value={draft.to}
        onChange={(to) => {
          set({ to });
        }}
        choices={["all", "near", "later"]}
      />
    </>
  );
}
