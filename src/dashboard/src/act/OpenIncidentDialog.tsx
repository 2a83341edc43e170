/** An incident is opened, by hand or from a signal. */
import { useState } from "react";

import type { SignalItem } from "../api/picture/reduce";
import { useItem } from "../api/picture/shown";
import { useSession } from "../api/session";
import { useStore } from "../api/store";
import { useAnswer } from "../api/useAnswer";
import { useCommand } from "../api/useCommand";
import { coordinatesText } from "../geo/coordinates";
import { parseCoordinates } from "../geo/parse";
import { CommandForm } from "../ui/CommandForm";
import { Dialog } from "../ui/Dialog";
import { useDraft } from "../ui/draft";
import { Check, Choice, TextInput } from "../ui/Fields";
import { pickStore } from "../ui/pickPlace";
import { PointField } from "../ui/PointField";
import { go } from "../ui/route";
import { useCalled, useWords } from "../words";
import { ActOptions, OpenIncident } from "./documents";

interface Draft {
  name: string;
  kind: string;
  lead: string;
  place: string;
  point: string;
  confirmed: boolean;
  exercise: boolean;
}

const initial = (signal: SignalItem | null): Draft => ({
  name: signal?.headline ?? "",
  kind: "",
  lead: "",
  place: signal?.infos[0]?.areas[0]?.description ?? "",
  point: signal?.point ? coordinatesText(signal.point, "decimal") : "",
  confirmed: signal === null,
  exercise: signal?.exercise ?? false,
});

export function OpenIncidentDialog(props: { signal: string | null; onClose: () => void }) {
  const { onClose } = props;
  const words = useWords().act;
  const called = useCalled();
  const w = words.incident;
  const { acting } = useSession();
  const found = useItem(props.signal);
  // Kept as it was when the dialog opened, whatever becomes of it on the picture.
  const [signal] = useState(found?.__typename === "Signal" ? found : null);
  const [draft, setDraft, forget] = useDraft(`incident:${props.signal ?? ""}`, initial(signal));
  const picking = useStore(pickStore) !== null;
  const { data } = useAnswer(ActOptions, {}, { everyMs: null });
  const command = useCommand(OpenIncident, ({ incident }) => w.opened(incident?.number ?? ""));
  const set = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
  };
  const organizations = data?.organizations.nodes ?? [];
  const own = organizations.find(({ code }) => code === acting?.code)?.id ?? null;
  const outline = outlineOf(signal);
  return (
    <Dialog title={words.openIncident} open={!picking} onClose={onClose}>
      <CommandForm
        command={command}
        input={() => ({
          name: draft.name,
          kind: draft.kind,
          lead: draft.lead || null,
          confirmed: draft.confirmed,
          exercise: draft.exercise,
          signal: signal?.id ?? null,
          location: {
            name: draft.place || null,
            point: parseCoordinates(draft.point),
            perimeter: outline,
          },
        })}
        onDone={({ incident }) => {
          forget();
          onClose();
          if (incident) go(`/incident/${incident.id}`);
        }}
        onCancel={onClose}
        submit={words.openIncident}
      >
        {signal && (
          <p>
            {w.signal}: <strong>{signal.headline}</strong>{" "}
            {outline && <span className="muted">{w.area}</span>}
          </p>
        )}
        <TextInput
          label={w.name}
          name="name"
          value={draft.name}
          onChange={(name) => {
            set({ name });
          }}
          required
          autoFocus
        />
        <Choice
          label={w.kind}
          name="kind"
          value={draft.kind || null}
          onChange={(kind) => {
            set({ kind });
          }}
          options={(data?.hazardKinds ?? []).map(({ code, name }) => ({
            id: code,
            label: called(name),
          }))}
          required
        />
        <PointField
          name="point"
          value={draft.point}
          onChange={(point) => {
            set({ point });
          }}
        />
        <TextInput
          label={w.place}
          name="place"
          value={draft.place}
          onChange={(place) => {
            set({ place });
          }}
          hint={w.needsPlace}
        />
        <Choice
          label={w.lead}
          value={draft.lead || own}
          onChange={(lead) => {
            set({ lead });
          }}
          options={organizations.map(({ id, code, name }) => ({ id, label: `${code} · ${name}` }))}
        />
        <Check
          value={draft.confirmed}
          onChange={(confirmed) => {
            set({ confirmed });
          }}
        >
          {draft.confirmed ? w.confirmed : w.confirmedNot}
        </Check>
        <Check
          value={draft.exercise}
          onChange={(exercise) => {
            set({ exercise });
          }}
        >
          {w.exercise}
        </Check>
      </CommandForm>
    </Dialog>
  );
}

function outlineOf(signal: SignalItem | null): [number, number][][][] | null {
  // Each info says the same in another language.
  const outline = (signal?.infos[0]?.areas ?? []).flatMap(({ polygons }) => polygons ?? []);
  return outline.length > 0 ? outline : null;
}
