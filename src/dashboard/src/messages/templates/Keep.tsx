/** What is being written is kept as a template. */
import { useState } from "react";

import { useCommand } from "../../api/useCommand";
import { Button } from "../../ui/Button";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { TextInput } from "../../ui/Fields";
import { useWords } from "../../words";
import { contentInput, planInput, type MessageForm } from "../compose/form";
import { KeepTemplate } from "./documents";
import { nameOf, useTemplates } from "./useTemplates";

interface Props {
  form: MessageForm;
  /** The template that it began with. */
  like: string | null;
}

export function Keep({ form, like }: Props) {
  const words = useWords().templates;
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        look="quiet"
        onPress={() => {
          setOpen(true);
        }}
      >
        {words.keep}
      </Button>
      {open && (
        <KeepDialog
          form={form}
          like={like}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

function KeepDialog({ form, like, onClose }: Props & { onClose: () => void }) {
  const words = useWords().templates;
  const { templates, again } = useTemplates();
  const began = templates?.find(({ id }) => id === like);
  const [typed, setName] = useState<string | null>(null);
  const name = typed ?? (began ? nameOf(began) : "");
  const command = useCommand(KeepTemplate, () => words.kept);
  const same = templates?.find((template) => nameOf(template) === name.trim());
  return (
    <Dialog title={words.keep} open onClose={onClose}>
      <p className="muted">{words.why}</p>
      <CommandForm
        command={command}
        input={() => ({
          template: same?.id ?? null,
          name: name.trim(),
          content: contentInput(form),
          plan: { ...planInput(form), until: null },
        })}
        onDone={() => {
          again();
          onClose();
        }}
        onCancel={onClose}
        submit={same ? words.replace : words.keep}
        fieldOf={{ TEMPLATE_NAME_TAKEN: "name", TEXT_EMPTY: "name" }}
      >
        <TextInput
          label={words.name}
          name="name"
          value={name}
          onChange={setName}
          required
          autoFocus
        />
        {same && <p>{words.replaces(nameOf(same))}</p>}
      </CommandForm>
    </Dialog>
  );
}
