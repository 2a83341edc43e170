/** Who sees what of the incident, and the rule behind it in its own sentences. */
import { useState } from "react";

import type { RecordKind } from "../../api/generated/graphql";
import { useAnswer } from "../../api/useAnswer";
import { Empty, Loading, NoAnswer } from "../../ui/Empty";
import { Choice } from "../../ui/Fields";
import { Link } from "../../ui/route";
import { Sentences } from "../../sharing/Sentences";
import { Rules } from "../../sharing/Rules";
import { ExplainRecord } from "../../sharing/useSights";
import { useWords } from "../../words";
import { useRoom } from "../room";
import { useOrganizations } from "../ui/ChooseOrganization";
import { Panel } from "../ui/Panel";
import ui from "../ui/ui.module.css";
import { RoomAgreements } from "./documents";

/** Stands for oneself. */
const ME = "me";

export default function SharingTab() {
  const { incident } = useRoom();
  const words = useWords().room.sharing;
  const organizations = useOrganizations();
  const [who, setWho] = useState(ME);
  const [what, setWhat] = useState<"INCIDENT" | "STRUCTURE" | "PERIOD">("INCIDENT");
  const records: Record<typeof what, string | undefined> = {
    INCIDENT: incident.id,
    STRUCTURE: incident.structure?.id,
    PERIOD: incident.currentPeriod?.id,
  };
  const id = records[what];
  return (
    <>
      <Panel title={words.title}>
        <div className={ui.pair}>
          <Choice
            label={words.who}
            value={who}
            onChange={setWho}
            options={[
              { id: ME, label: words.me },
              ...organizations.map(({ id, code, name }) => ({ id, label: code, hint: name })),
            ]}
          />
          <Choice
            label={words.what}
            value={what}
            onChange={setWhat}
            options={(["INCIDENT", "STRUCTURE", "PERIOD"] as const).map((one) => ({
              id: one,
              label: words.records[one],
            }))}
          />
        </div>
        {id === undefined ? (
          <Empty title={words.noRecord} />
        ) : (
          <Explained key={`${id}${who}`} id={id} kind={what} who={who === ME ? null : who} />
        )}
      </Panel>
      <Agreements />
    </>
  );
}

function Explained({ id, kind, who }: { id: string; kind: RecordKind; who: string | null }) {
  const { incident } = useRoom();
  const all = useWords();
  const words = all.room.sharing;
  const record = { kind, id };
  const answer = useAnswer(ExplainRecord, { record, organization: who }, { everyMs: null });
  const { data, problem, again } = answer;
  if (!data) return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  if (!data.explain) {
    return <Empty title={words.onlyOwner(incident.owner?.code ?? all.app.unknown)} />;
  }
  return <Rules explained={data.explain} />;
}

function Agreements() {
  const words = useWords().room.sharing;
  const { data } = useAnswer(RoomAgreements, {}, { everyMs: 60_000 });
  const inForce = (data?.agreements.nodes ?? []).filter(
    ({ standing, terms }) =>
      standing === "IN_FORCE" && terms.some(({ records }) => records.includes("INCIDENT")),
  );
  return (
    <Panel title={words.agreements(inForce.length)}>
      <p className="muted">{words.agreementsWhy}</p>
      <ul className={ui.rows}>
        {inForce.map((agreement) => (
          <li key={agreement.id}>
            <details>
              <summary>
                <strong>{agreement.title}</strong>{" "}
                <span className="muted">
                  {agreement.parties.map(({ code }) => code).join(", ")}
                </span>
              </summary>
              <Sentences agreement={agreement} />
              <Link href={`/agreements/${agreement.id}`}>{words.openAgreement}</Link>
            </details>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
