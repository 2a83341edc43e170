/** A calendar that is kept elsewhere is taken into a schedule. */
import { useState } from "react";
import { FileTrigger } from "react-aria-components";

import type { ImportCalendarMutation, SchedulesOfQuery } from "../../api/generated/graphql";
import { graphql } from "../../api/generated";
import { useAnswer } from "../../api/useAnswer";
import { useCommand } from "../../api/useCommand";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { Choice, TextInput } from "../../ui/Fields";
import { toLocal } from "../../ui/localTime";
import { useWords } from "../../words";
import styles from "../Messages.module.css";
import { guess, namesIn, type CalendarName } from "./calendar";
import { ImportCalendar } from "./documents";

const PersonsOfCalendar = graphql(`
  query PersonsOfCalendar {
    persons(first: 200) {
      nodes {
        id
        name
      }
    }
  }
`);

interface Props {
  schedule: SchedulesOfQuery["schedules"]["nodes"][number];
  onClose: () => void;
  again: () => void;
}

const DAY_MS = 86_400_000;
/** The hub takes no more at once. */
const DAYS = 400;
const NOBODY = "-";

export function ImportDialog({ schedule, onClose, again }: Props) {
  const words = useWords().messages.onCallPage;
  const { data } = useAnswer(PersonsOfCalendar, {}, { everyMs: null });
  const persons = data?.persons.nodes ?? [];
  const [file, setFile] = useState<{ name: string; text: string } | null>(null);
  const [name, setName] = useState("");
  const [chosen, choose] = useState<Record<string, string>>({});
  const [[from, to], setSpan] = useState<[string, string]>(() => {
    const now = Date.now();
    return [toLocal(new Date(now - DAY_MS)), toLocal(new Date(now + (DAYS - 2) * DAY_MS))];
  });
  const command = useCommand(ImportCalendar, ({ imported }) => words.imported(imported));
  const [done, setDone] = useState<ImportCalendarMutation["importCalendar"]>(null);
  const names = file ? namesIn(file.text) : [];
  const personOf = (text: string) => chosen[text] ?? guess(text, persons) ?? NOBODY;
  if (done) return <Outcome done={done} onClose={onClose} title={schedule.name} />;
  return (
    <Dialog title={`${words.import}: ${schedule.name}`} open onClose={onClose} wide>
      <CommandForm
        command={command}
        input={() => ({
          schedule: schedule.id,
          name: name || (file?.name ?? ""),
          file: file?.text ?? "",
          from: new Date(from).toISOString(),
          to: new Date(to).toISOString(),
          people: names
            .map(({ text }) => ({ text, person: personOf(text) }))
            .filter(({ person }) => person !== NOBODY),
        })}
        onDone={(payload) => {
          setDone(payload);
          again();
        }}
        onCancel={onClose}
        submit={words.importNow}
      >
        <p>{words.importWhy}</p>
        <div className={styles.row}>
          <FileTrigger
            acceptedFileTypes={["text/calendar", ".ics"]}
            onSelect={(files) => {
              const one = files?.[0];
              if (!one) return;
              void one.text().then((text) => {
                setFile({ name: one.name.replace(/\.ics$/i, ""), text });
              });
            }}
          >
            <Button>{words.file}</Button>
          </FileTrigger>
          {file && <span>{file.name}</span>}
        </div>
        <TextInput
          label={words.calendarName}
          value={name}
          onChange={setName}
          placeholder={file?.name ?? ""}
        />
        <div className={styles.row}>
          <TextInput
            label={words.from}
            type="datetime-local"
            value={from}
            onChange={(text) => {
              setSpan([text, to]);
            }}
          />
          <TextInput
            label={words.to}
            type="datetime-local"
            value={to}
            onChange={(text) => {
              setSpan([from, text]);
            }}
          />
        </div>
        {names.length > 0 && (
          <>
            <h3>{words.people}</h3>
            <p className="muted">{words.peopleWhy}</p>
            {names.map((one) => (
              <Whose
                key={one.text}
                name={one}
                persons={persons}
                value={personOf(one.text)}
                onChange={(person) => {
                  choose({ ...chosen, [one.text]: person });
                }}
              />
            ))}
          </>
        )}
      </CommandForm>
    </Dialog>
  );
}

interface WhoseProps {
  name: CalendarName;
  persons: readonly { id: string; name: string }[];
  value: string;
  onChange: (person: string) => void;
}

function Whose({ name, persons, value, onChange }: WhoseProps) {
  const words = useWords().messages.onCallPage;
  return (
    <Choice
      label={`${name.text} (${words.found(name.events)})`}
      value={value}
      onChange={onChange}
      options={[
        { id: NOBODY, label: words.nobodys },
        ...persons.map(({ id, name: label }) => ({ id, label })),
      ]}
    />
  );
}

interface OutcomeProps {
  title: string;
  done: NonNullable<ImportCalendarMutation["importCalendar"]>;
  onClose: () => void;
}

/** What came in, and what did not: nothing of a file is lost without a word. */
function Outcome({ title, done, onClose }: OutcomeProps) {
  const words = useWords().messages.onCallPage;
  return (
    <Dialog title={title} open onClose={onClose}>
      <div className={styles.lists}>
        <p>
          <Badge tone="ok">{words.imported(done.imported)}</Badge>
        </p>
        {done.unmatched.length > 0 && (
          <p>
            <Badge tone="warning">{words.unmatched}</Badge> {done.unmatched.join(", ")}
          </p>
        )}
        {done.warnings.length > 0 && (
          <>
            <p>
              <Badge tone="warning">{words.warnings}</Badge>
            </p>
            <ul>
              {done.warnings.map(({ line, says }) => (
                <li key={`${line} ${says}`}>
                  {words.line(line)}: {says}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Dialog>
  );
}
