/** The picture through the eyes of another organization, now or as of a moment. */
import { useMemo, useState } from "react";

import { useStore } from "../api/store";
import { lensNow, lensStore, look } from "../time/lens";
import { Button } from "../ui/Button";
import { useCommands, type CommandEntry } from "../ui/commands";
import { Dialog } from "../ui/Dialog";
import { Choice, TextInput } from "../ui/Fields";
import { go } from "../ui/route";
import { useWords } from "../words";
import styles from "./Form.module.css";
import { useDirectory } from "./useDirectory";

/** A button, and a command, that asks for whom and shows their picture. */
export function SeeAsButton() {
  const words = useWords().sharing.seeAs;
  const [open, setOpen] = useState(false);
  const commands = useMemo<CommandEntry[]>(
    () => [
      {
        id: "sharing.see-as",
        words: words.command,
        group: "view",
        keys: "E",
        run: () => {
          setOpen(true);
        },
      },
    ],
    [words],
  );
  useCommands(commands);
  const close = () => {
    setOpen(false);
  };
  return (
    <>
      <Button
        keys="E"
        onPress={() => {
          setOpen(true);
        }}
      >
        {words.title}
      </Button>
      <Dialog title={words.title} open={open} onClose={close}>
        <Asking onDone={close} />
      </Dialog>
    </>
  );
}

function Asking({ onDone }: { onDone: () => void }) {
  const words = useWords().sharing.seeAs;
  const { organizations, own } = useDirectory();
  const [chosen, setChosen] = useState<string | null>(() => lensNow().eyes?.id ?? null);
  const [when, setWhen] = useState("");
  const [pending, setPending] = useState(false);
  const { problem } = useStore(lensStore);
  const eyes = organizations.find(({ id }) => id === chosen);
  return (
    <form
      className={styles.part}
      onSubmit={(event) => {
        event.preventDefault();
        if (!eyes) return;
        setPending(true);
        const at = when === "" ? lensNow().at : new Date(when).getTime();
        void look({ eyes: { id: eyes.id, code: eyes.code }, at }).then((shown) => {
          setPending(false);
          if (!shown) return;
          onDone();
          go("/");
        });
      }}
    >
      <p>{words.why}</p>
      <Choice
        label={words.who}
        value={chosen}
        options={organizations
          .filter(({ id }) => id !== own?.id)
          .map(({ id, code, name }) => ({ id, label: code, hint: name }))}
        onChange={setChosen}
        required
      />
      <TextInput label={words.when} type="datetime-local" value={when} onChange={setWhen} />
      {problem && <p role="alert">▲ {words.failed}</p>}
      <div>
        <Button type="submit" look="main" pending={pending}>
          {words.go}
        </Button>
      </div>
    </form>
  );
}
