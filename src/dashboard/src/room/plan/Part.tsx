/** A part of the plan that one unit writes as a whole: its panel, and the form that writes it. */
import { useState, type ReactNode } from "react";

import type { TypedDocumentString } from "../../api/generated/graphql";
import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { Tag } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { useDraft } from "../../ui/draft";
import { useWords } from "../../words";
import { act, Acts } from "../ui/Acts";
import { Panel } from "../ui/Panel";
import { andThen, takeBack } from "../ui/undo";
import { isOpen, type Period } from "./objectives";
import styles from "./Plan.module.css";

/** What comes of writing: the digest of what then stands there, where one may see it. */
type Answer = Record<string, { period: { digests: { written: string } | null } | null } | null>;
type Written = { idempotencyKey?: string | null | undefined; over?: string | null | undefined };

/** What every part is given. */
export interface PartProps {
  period: Period;
  /** Asks again, as after a command. */
  done: () => void;
}

interface Props<D, R extends Answer, I> extends PartProps {
  /** Its name among commands and drafts. */
  id: string;
  title: string;
  /** The number of its ICS form. */
  form: string;
  /** What stands there now, as the fields have it. */
  current: D;
  /** The digest of that. */
  read: string | undefined;
  document: TypedDocumentString<R, { input: I }>;
  input: (draft: D) => Omit<I, "idempotencyKey" | "over">;
  fields: (draft: D, put: (part: Partial<D>) => void) => ReactNode;
  /** Codes of refusals that belong to a field, with the name of the field. */
  fieldOf?: Record<string, string>;
  wide?: boolean;
  /** Whether fields begin with what stands elsewhere: then there is nothing to write back. */
  isNew?: boolean;
  /** What the part says. */
  children: ReactNode;
}

export function Part<D extends object, R extends Answer, I extends Written>(props: Props<D, R, I>) {
  const { period, id, title, form, children } = props;
  const words = useWords().room.forms;
  const [writing, setWriting] = useState(false);
  const write = act(
    `room.plan.${id}`,
    words.writeWhich(title),
    () => {
      setWriting(true);
    },
    {
      short: words.write,
      // Whoever does not see all of it would take out what they do not see.
      obstacle: period.withheld.length > 0 ? words.partWithheld : null,
    },
  );
  return (
    <Panel
      title={
        <>
          {title} <Tag>ICS {form}</Tag>
        </>
      }
      aside={isOpen(period) && <Acts acts={[write]} />}
    >
      {children}
      {writing && (
        <PartDialog
          {...props}
          onClose={() => {
            setWriting(false);
          }}
        />
      )}
    </Panel>
  );
}

function PartDialog<D extends object, R extends Answer, I extends Written>(
  props: Props<D, R, I> & { onClose: () => void },
) {
  const { period, id, title, current, read, document, input, fields, fieldOf, wide, done } = props;
  const { isNew = false } = props;
  const words = useWords().room.forms;
  const stands = JSON.stringify(current);
  const [kept, keep, discard] = useDraft(`plan-${id}:${period.id}`, {
    from: stands,
    draft: current,
  });
  // What nobody has changed here follows what others write.
  const untouched = JSON.stringify(kept.draft) === kept.from;
  const draft = untouched ? current : kept.draft;
  const overtaken = !untouched && kept.from !== stands;
  const over = (what: D, read: string | null) =>
    ({ ...input(what), over: read }) as unknown as Omit<I, "idempotencyKey">;
  const command = andThen(useCommand(document), ({ period }) => {
    const written = period?.digests?.written;
    const undo = (written: string) => () => {
      void takeBack(document, over(current, written), words.writtenBack(title)).then(done);
    };
    // Nothing is taken back but what was written here, so never what others wrote after it.
    announce(words.written(title), written === undefined || isNew ? {} : { undo: undo(written) });
    done();
  });
  return (
    <Dialog open wide={wide ?? false} title={words.writeWhich(title)} onClose={props.onClose}>
      <CommandForm
        command={command}
        // Who goes on with a draft that was overtaken is told so, and means to write over it.
        input={() => over(draft, read ?? null)}
        onDone={() => {
          discard();
          props.onClose();
        }}
        onCancel={props.onClose}
        submit={words.write}
        {...(fieldOf ? { fieldOf } : {})}
      >
        {overtaken && (
          <div className={styles.overtaken} role="status">
            <p>◆ {words.overtaken}</p>
            <Button onPress={discard}>{words.beginAnew}</Button>
          </div>
        )}
        {fields(draft, (part) => {
          keep({ from: untouched ? stands : kept.from, draft: { ...draft, ...part } });
        })}
      </CommandForm>
    </Dialog>
  );
}

/** What somebody wrote, with their line breaks. */
export function Said({ name, text }: { name?: string; text: string }) {
  return (
    <div>
      {name && <h3>{name}</h3>}
      <p className={styles.said}>{text}</p>
    </div>
  );
}
