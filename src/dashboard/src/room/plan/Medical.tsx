/** Where responders are cared for (ICS 206). */
import { Badge } from "../../ui/Badge";
import { Check, TextInput } from "../../ui/Fields";
import { useWords } from "../../words";
import ui from "../ui/ui.module.css";
import { Moment } from "../ui/zone";
import { MedicalFields } from "./MedicalFields";
import { RoomSetMedical } from "./orders";
import { Part, Said, type PartProps } from "./Part";
import { isBlank, medicalInput, medicalRows } from "./parts";

export function Medical({ period, done }: PartProps) {
  const words = useWords().room.forms;
  const { medical } = period;
  return (
    <Part
      period={period}
      done={done}
      id="medical"
      title={words.medical}
      form="206"
      wide
      current={medicalRows(medical)}
      read={period.digests?.medical}
      document={RoomSetMedical}
      input={(draft) => ({ period: period.id, plan: medicalInput(draft) })}
      fields={(draft, put) => (
        <>
          <p className="muted">{words.medicalHow}</p>
          <MedicalFields draft={draft} put={put} />
          <TextInput
            label={words.procedures}
            hint={words.proceduresHint}
            value={draft.procedures}
            onChange={(procedures) => {
              put({ procedures });
            }}
            long
          />
          <Check
            value={draft.aviationRescue}
            onChange={(aviationRescue) => {
              put({ aviationRescue });
            }}
          >
            {words.aviationRescue}
          </Check>
        </>
      )}
    >
      {isBlank(medical) ? <p className="muted">{words.notWritten}</p> : <Told period={period} />}
    </Part>
  );
}

function Told({ period: { medical } }: Pick<PartProps, "period">) {
  const words = useWords().room.forms;
  if (!medical) return null;
  return (
    <>
      <p>
        {medical.confirmed ? (
          <>
            <Badge tone="ok">{words.confirmed}</Badge> <Moment at={medical.confirmed} />
          </>
        ) : (
          <Badge tone="warning">{words.unconfirmed}</Badge>
        )}
      </p>
      <ul className={ui.rows}>
        {medical.aidStations.map((station, n) => (
          <li key={`station ${n}`}>
            <strong>✚ {station.name}</strong> {station.location}{" "}
            {station.paramedics && <Badge tone="ok">{words.paramedics}</Badge>}
          </li>
        ))}
        {medical.transport.map((one, n) => (
          <li key={`transport ${n}`}>
            <strong>{one.name}</strong> {one.location}{" "}
            <Badge tone="plain">{one.advanced ? words.advanced : words.basic}</Badge>
          </li>
        ))}
        {medical.hospitals.map((hospital, n) => (
          <li key={`hospital ${n}`}>
            <p>
              <strong>H {hospital.name}</strong> {hospital.contact}
            </p>
            <p className="muted">
              {[
                hospital.groundMinutes !== null && words.byGround(hospital.groundMinutes),
                hospital.airMinutes !== null && words.byAir(hospital.airMinutes),
                hospital.traumaLevel !== null && words.traumaWhich(hospital.traumaLevel),
                hospital.burnCenter && words.burnCenter,
                hospital.helipad && words.helipad,
              ]
                .filter(Boolean)
                .join(" · ")}
            </p>
          </li>
        ))}
      </ul>
      {medical.aviationRescue && <p>{words.aviationRescue}</p>}
      {medical.procedures && <Said name={words.procedures} text={medical.procedures} />}
    </>
  );
}
