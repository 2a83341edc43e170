/** Every command by its words: type a part of them, choose with the arrows, Enter. */
import { useState } from "react";
import { Dialog, Modal, ModalOverlay } from "react-aria-components";

import { useStore } from "../api/store";
import { commandStore, find, type CommandEntry } from "../ui/commands";
import { keysText } from "../ui/keyboard";
import { useWords } from "../words";
import { closePalette, paletteStore } from "./paletteState";
import styles from "./Palette.module.css";

export function Palette() {
  const open = useStore(paletteStore);
  const words = useWords().app;
  return (
    <ModalOverlay
      className={styles.overlay ?? ""}
      isOpen={open}
      onOpenChange={(is) => {
        if (!is) closePalette();
      }}
      isDismissable
    >
      <Modal className={styles.modal ?? ""}>
        <Dialog className={styles.dialog ?? ""} aria-label={words.commands}>
          <Finder />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

const domId = (command: CommandEntry) => `command-${command.id}`;

/** How many are listed at once. */
const SHOWN_MAX = 60;

function Finder() {
  const words = useWords().app;
  const commands = useStore(commandStore);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const found = find(commands, typed).slice(0, SHOWN_MAX);
  const current = found[Math.min(at, found.length - 1)];

  const give = (command: CommandEntry | undefined) => {
    if (!command || command.obstacle) return;
    closePalette();
    // The palette gives the focus back first; a command may want it.
    setTimeout(command.run, 0);
  };
  const move = (by: number) => {
    if (found.length === 0) return;
    const next = (Math.min(at, found.length - 1) + by + found.length) % found.length;
    setAt(next);
    const entry = found[next];
    if (entry) document.getElementById(domId(entry))?.scrollIntoView({ block: "nearest" });
  };

  return (
    <>
      <input
        className={styles.input}
        role="combobox"
        aria-expanded="true"
        aria-controls="commands"
        aria-activedescendant={current ? domId(current) : undefined}
        aria-label={words.commands}
        placeholder={words.commandsHint}
        value={typed}
        // The palette was opened to type into it.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") move(1);
          else if (event.key === "ArrowUp") move(-1);
          else if (event.key === "Enter") give(current);
          else return;
          event.preventDefault();
        }}
      />
      <div id="commands" role="listbox" aria-label={words.commands} className={styles.list}>
        {found.map((command) => (
          // Keys are handled by the field, which keeps the focus.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={command.id}
            id={domId(command)}
            role="option"
            tabIndex={-1}
            aria-selected={command === current}
            aria-disabled={command.obstacle ? true : undefined}
            className={styles.entry}
            onClick={() => {
              give(command);
            }}
          >
            <span className={styles.group}>{words[command.group]}</span>
            <span className={styles.words}>
              {command.words}
              {command.obstacle && <span className="muted"> · {command.obstacle}</span>}
            </span>
            {command.keys && <kbd className={styles.keys}>{keysText(command.keys)}</kbd>}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className={styles.none}>{words.noCommand}</p>}
    </>
  );
}
