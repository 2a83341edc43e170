/** Establishes command of the incident, or asks another agency to join it. */
import { useState } from "react";

import { announce } from "../../api/toasts";
import { useAnswer } from "../../api/useAnswer";
import { useCommand } from "../../api/useCommand";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { Choice } from "../../ui/Fields";
import { useWords } from "../../words";
import { useRoom } from "../room";
import { ReasonField, reasonCodes, WaiverField } from "../ui/ReasonField";
import { andThen } from "../ui/undo";
import { RoomPeople } from "./documents";
import { RoomAssumeCommand, RoomJoinCommand } from "./orders";
import { byFitness, organizationOf, qualificationFor, type Person } from "./tree";
import { useCommandTab } from "./useCommandTab";

/** The field for somebody who is to command; those who are qualified come first. */
export function CommanderChoice({
  people,
  value,
  onChange,
  label,
}: {
  people: readonly Person[];
  value: string | null;
  onChange: (id: string) => void;
  label: string;
}) {
  const { own } = useRoom();
  const words = useWords().room.command;
  return (
    <Choice
      label={label}
      name="person"
      value={value}
      onChange={onChange}
      required
      options={byFitness(people, "IC", []).map((one) => {
        const fit = qualificationFor(one, "IC");
        const code = organizationOf(one, own?.id ?? null)?.code ?? "";
        return {
          id: one.id,
          label: one.name,
          hint: fit ? `${code} · ${words.qualified(fit.position, fit.type)}` : code,
        };
      })}
    />
  );
}

/** Whether who is chosen is not qualified to command. */
export function isShort(people: readonly Person[], chosen: string | null): boolean {
  const person = people.find(({ id }) => id === chosen);
  return person !== undefined && qualificationFor(person, "IC") === null;
}

/** At which field the refusals of a new commander show. */
export const commanderFields = {
  PERSON_UNKNOWN: "person",
  PERSON_COMMANDS: "person",
  ...reasonCodes,
};

export function AssumeDialog({ onClose, done }: { onClose: () => void; done: () => void }) {
  const { incident, own, again } = useRoom();
  const words = useWords().room.command;
  const { data } = useAnswer(RoomPeople, {}, { everyMs: null });
  const people = data?.persons.nodes ?? [];
  const [chosen, setPerson] = useState<string | null>(null);
  const [waiver, setWaiver] = useState("");
  // Whoever is at the screen and may command is who mostly does.
  const self = people.find(({ id }) => id === data?.me.account?.person);
  const person = chosen ?? (self && qualificationFor(self, "IC") ? self.id : null);
  const command = andThen(useCommand(RoomAssumeCommand), () => {
    announce(words.assumed);
    done();
    again();
  });
  return (
    <Dialog open title={words.assume} onClose={onClose}>
      <CommandForm
        command={command}
        input={() => ({
          incident: incident.id,
          person: person ?? "",
          organization: own?.id ?? null,
          area: false,
          waiver: waiver.trim() || null,
        })}
        onDone={onClose}
        onCancel={onClose}
        submit={words.assume}
        fieldOf={commanderFields}
      >
        <CommanderChoice
          people={people}
          value={person}
          onChange={setPerson}
          label={words.commander}
        />
        <WaiverField
          value={waiver}
          onChange={setWaiver}
          trouble={command.trouble}
          short={isShort(people, person)}
        />
      </CommandForm>
    </Dialog>
  );
}

export function JoinDialog() {
  const { structure, people, show, again } = useCommandTab();
  const { own } = useRoom();
  const all = useWords().room;
  const words = all.command;
  const [person, setPerson] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [waiver, setWaiver] = useState("");
  const close = () => {
    show(null);
  };
  const command = andThen(useCommand(RoomJoinCommand), () => {
    announce(words.joinAsked);
    again();
  });
  return (
    <Dialog open title={words.join} onClose={close}>
      <CommandForm
        command={command}
        input={() => {
          const chosen = people.find(({ id }) => id === person);
          return {
            structure: structure.id,
            person: person ?? "",
            organization: chosen ? (organizationOf(chosen, own?.id ?? null)?.id ?? null) : null,
            reason: reason.trim(),
            waiver: waiver.trim() || null,
          };
        }}
        onDone={close}
        onCancel={close}
        submit={words.joinSubmit}
        fieldOf={commanderFields}
      >
        <p className="muted">{words.joinHow}</p>
        <CommanderChoice
          people={people}
          value={person}
          onChange={setPerson}
          label={words.commander}
        />
        <ReasonField value={reason} onChange={setReason} />
        <WaiverField
          value={waiver}
          onChange={setWaiver}
          trouble={command.trouble}
          short={isShort(people, person)}
        />
      </CommandForm>
    </Dialog>
  );
}
