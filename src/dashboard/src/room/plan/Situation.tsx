/** What command stresses, and what everybody should know (ICS 202). */
import { TextInput } from "../../ui/Fields";
import { useWords } from "../../words";
import { RoomSetSituation } from "./orders";
import { Part, Said, type PartProps } from "./Part";

export function Situation({ period, done }: PartProps) {
  const words = useWords().room.forms;
  const { emphasis, awareness, siteSafetyPlan } = period.situation ?? {};
  return (
    <Part
      period={period}
      done={done}
      id="situation"
      title={words.situation}
      form="202"
      current={{
        emphasis: emphasis ?? "",
        awareness: awareness ?? "",
        siteSafetyPlan: siteSafetyPlan ?? "",
      }}
      read={period.digests?.situation}
      document={RoomSetSituation}
      input={(draft) => ({
        period: period.id,
        emphasis: draft.emphasis.trim() || null,
        awareness: draft.awareness.trim() || null,
        siteSafetyPlan: draft.siteSafetyPlan.trim() || null,
      })}
      fields={(draft, put) => (
        <>
          <TextInput
            label={words.emphasis}
            hint={words.emphasisHint}
            value={draft.emphasis}
            onChange={(value) => {
              put({ emphasis: value });
            }}
            long
            autoFocus
          />
          <TextInput
            label={words.awareness}
            hint={words.awarenessHint}
            value={draft.awareness}
            onChange={(value) => {
              put({ awareness: value });
            }}
            long
          />
          <TextInput
            label={words.siteSafetyPlan}
            hint={words.siteSafetyPlanHint}
            value={draft.siteSafetyPlan}
            onChange={(value) => {
              put({ siteSafetyPlan: value });
            }}
          />
        </>
      )}
    >
      {!emphasis && !awareness && !siteSafetyPlan && <p className="muted">{words.notWritten}</p>}
      {emphasis && <Said name={words.emphasis} text={emphasis} />}
      {awareness && <Said name={words.awareness} text={awareness} />}
      {siteSafetyPlan && <Said name={words.siteSafetyPlan} text={siteSafetyPlan} />}
    </Part>
  );
}
