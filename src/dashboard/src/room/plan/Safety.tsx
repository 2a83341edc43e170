/** The safety message (ICS 208), and hazards with what is done against them (215A). */
import { TextInput } from "../../ui/Fields";
import { Rows } from "../../ui/Rows";
import { useWords } from "../../words";
import ui from "../ui/ui.module.css";
import { RoomSetSafety } from "./orders";
import { Part, Said, type PartProps } from "./Part";
import { placesOf } from "./parts";

export function Safety({ period, done }: PartProps) {
  const words = useWords().room.forms;
  const { safetyMessage, hazards } = period;
  const places = placesOf(period);
  return (
    <Part
      period={period}
      done={done}
      id="safety"
      title={words.safety}
      form="208 · 215A"
      wide
      current={{
        message: safetyMessage ?? "",
        hazards: hazards.map(({ area, hazard, mitigation }) => ({ area, hazard, mitigation })),
      }}
      read={period.digests?.safety}
      document={RoomSetSafety}
      input={(draft) => ({
        period: period.id,
        message: draft.message.trim() || null,
        hazards: draft.hazards,
      })}
      fields={(draft, put) => (
        <>
          <TextInput
            label={words.safetyMessage}
            hint={words.safetyMessageHint}
            value={draft.message}
            onChange={(message) => {
              put({ message });
            }}
            long
            autoFocus
          />
          <Rows
            label={words.hazards}
            rows={draft.hazards}
            onChange={(rows) => {
              put({ hazards: rows });
            }}
            add={words.addHazard}
            fresh={() => ({ area: "", hazard: "", mitigation: "" })}
            nameOf={(row, n) => row.hazard || words.row(n + 1)}
          >
            {(row, set) => (
              <>
                <TextInput
                  label={words.area}
                  value={row.area}
                  onChange={(area) => {
                    set({ area });
                  }}
                  suggestions={places}
                  required
                />
                <TextInput
                  label={words.hazard}
                  value={row.hazard}
                  onChange={(hazard) => {
                    set({ hazard });
                  }}
                  required
                />
                <TextInput
                  label={words.mitigation}
                  value={row.mitigation}
                  onChange={(mitigation) => {
                    set({ mitigation });
                  }}
                  required
                />
              </>
            )}
          </Rows>
        </>
      )}
    >
      {safetyMessage ? (
        <Said text={safetyMessage} />
      ) : (
        <p className="muted">{words.noSafetyMessage}</p>
      )}
      <ul className={ui.rows}>
        {hazards.map((hazard, n) => (
          <li key={n}>
            <p>
              ▲ <strong>{hazard.hazard}</strong> <span className="muted">· {hazard.area}</span>
            </p>
            <p>{hazard.mitigation}</p>
          </li>
        ))}
      </ul>
    </Part>
  );
}
