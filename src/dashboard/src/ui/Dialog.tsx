import { useEffect, useRef, type ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";

import { useWords } from "../words";
import { Button } from "./Button";
import { scrolledByKeys } from "./scrolled";
import styles from "./Dialog.module.css";

interface Props {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Wide enough for forms with several columns. */
  wide?: boolean;
  /** A press beside it does not close it, as for what is shown once. */
  stays?: boolean;
  /** Nothing in it can be reached by Tab, and it may be long: the keys scroll what it says. */
  read?: boolean;
}

/** A dialog; Escape closes it, and the focus goes back to where it was. */
export function Dialog({ title, open, onClose, children, wide = false, ...rest }: Props) {
  const { stays = false, read = false } = rest;
  const words = useWords().app;
  return (
    <ModalOverlay
      className={styles.overlay ?? ""}
      isOpen={open}
      onOpenChange={(is) => {
        if (!is) onClose();
      }}
      isDismissable={!stays}
    >
      <Modal className={`${styles.modal} ${wide ? styles.wide : ""}`}>
        <AriaDialog className={styles.dialog ?? ""}>
          <header className={styles.header}>
            <Heading slot="title">{title}</Heading>
            <Button look="quiet" aria-label={words.close} onPress={onClose}>
              ✕
            </Button>
          </header>
          <Body title={title} read={read}>
            {children}
          </Body>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

function Body({ title, read, children }: Pick<Props, "title" | "children"> & { read: boolean }) {
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Where nothing else has taken it, the focus goes to the list that the form begins with. A field
    // to write in takes it by itself where it should: in the hand that brings up the keyboard.
    if (body.current?.contains(document.activeElement)) return;
    const first = body.current?.querySelector<HTMLElement>("input, textarea, [aria-haspopup]");
    if (first?.ariaHasPopup === "listbox") first.focus();
  }, []);
  return (
    <div ref={body} className={styles.body} {...(read ? scrolledByKeys(title) : {})}>
      {children}
    </div>
  );
}
