/** The check-out of a resource begins (ICS 221): who signs, and how it leaves. */
import { useState } from "react";

import type { DepartureInput, SignOffBox } from "../../api/generated/graphql";
import { useCommand } from "../../api/useCommand";
import { Checks } from "../../ui/Checks";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { TextInput } from "../../ui/Fields";
import { fromLocal, toLocal } from "../../ui/localTime";
import { useWords } from "../../words";
import { andThen } from "../ui/undo";
import type { Card } from "./board";
import { RoomStartDemobilization } from "./documents";
import { useCard } from "./useCard";

const boxes = [
  "COMMUNICATIONS",
  "SUPPLY",
  "GROUND_SUPPORT",
  "FACILITIES",
  "SECURITY",
  "DOCUMENTATION",
  "DEMOBILIZATION",
  "TIME",
  "OTHER",
] as const;

const times = ["releaseAt", "leavesAt", "arrivesAt"] as const;
const texts = ["destination", "travel", "contact", "notified", "reassignedTo"] as const;

type Row = Record<(typeof times)[number] | (typeof texts)[number], string>;

/** What was planned before, as the fields hold it. */
function rowOf(planned: Card["commitment"]["departure"]): Row {
  const time = (at: string | null | undefined) => (at ? toLocal(new Date(at)) : "");
  return Object.fromEntries([
    ...times.map((one) => [one, time(planned?.[one])]),
    ...texts.map((one) => [one, planned?.[one] ?? ""]),
  ]) as Row;
}

export function DemobilizeDialog({ card }: { card: Card }) {
  const words = useWords().room.resources;
  const { ids, close, done } = useCard(card);
  const planned = card.commitment.departure;
  const [ticked, setTicked] = useState<readonly SignOffBox[]>([
    "SUPPLY",
    "DOCUMENTATION",
    "DEMOBILIZATION",
    "TIME",
  ]);
  const [row, setRow] = useState(() => rowOf(planned));
  const command = andThen(
    useCommand(RoomStartDemobilization),
    done(words.demobilizes(card.resource.name)),
  );
  const departure = (): DepartureInput => ({
    ...Object.fromEntries(times.map((one) => [one, fromLocal(row[one])])),
    ...Object.fromEntries(texts.map((one) => [one, row[one].trim() || null])),
    overnight: planned?.overnight ?? false,
  });
  return (
    <Dialog open title={words.demobilizeWhich(card.resource.name)} onClose={close}>
      <CommandForm
        command={command}
        input={() => ({ ...ids, boxes: [...ticked], departure: departure() })}
        onDone={close}
        onCancel={close}
        submit={words.demobilize}
        fieldOf={{ DEPARTURE_TIMES_TURNED: "arrivesAt" }}
      >
        <Checks
          label={words.whoSigns}
          options={boxes.map((box) => ({ id: box, label: words.boxes[box] }))}
          value={ticked}
          onChange={setTicked}
        />
        <p className="muted">{words.departureHow}</p>
        {times.map((one) => (
          <TextInput
            key={one}
            label={words.departure[one]}
            name={one}
            type="datetime-local"
            value={row[one]}
            onChange={(value) => {
              setRow({ ...row, [one]: value });
            }}
          />
        ))}
        {texts.map((one) => (
          <TextInput
            key={one}
            label={words.departure[one]}
            name={one}
            value={row[one]}
            onChange={(value) => {
              setRow({ ...row, [one]: value });
            }}
          />
        ))}
      </CommandForm>
    </Dialog>
  );
}
