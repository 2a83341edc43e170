/** One agreement: what it says, who signed, and what one can do about it. */
import { useState } from "react";

import { useMay, useSession } from "../api/session";
import { useAnswer } from "../api/useAnswer";
import { useObstacle } from "../api/useCommand";
import { Button } from "../ui/Button";
import { useObstacleWords } from "../ui/CommandForm";
import { Empty, Loading, NoAnswer } from "../ui/Empty";
import { go, Link } from "../ui/route";
import { When } from "../ui/Time";
import { useWords } from "../words";
import styles from "./Agreement.module.css";
import { Parties, Period, Standing, unsigned } from "./AgreementList";
import { Comparison } from "./Comparison";
import { AgreementCedar, AgreementsList, type AgreementFacts } from "./documents";
import { draftOf } from "./draft";
import { EndDialog } from "./EndDialog";
import { Preview } from "./Preview";
import { Sentences } from "./Sentences";
import { SignDialog } from "./SignDialog";
import { useDirectory } from "./useDirectory";

export function AgreementView({ id }: { id: string }) {
  const words = useWords().sharing;
  const { data, problem, again } = useAnswer(AgreementsList, {});
  if (!data) return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  const all = data.agreements.nodes;
  const agreement = all.find((one) => one.id === id);
  return (
    <div className={styles.view}>
      <Link href="/agreements">← {words.back}</Link>
      {agreement ? (
        <One agreement={agreement} all={all} again={again} />
      ) : (
        <Empty title={words.notFound} />
      )}
    </div>
  );
}

interface Props {
  agreement: AgreementFacts;
  all: readonly AgreementFacts[];
  again: () => void;
}

function One({ agreement, all, again }: Props) {
  const words = useWords().sharing;
  const directory = useDirectory();
  const { own } = directory;
  return (
    <article className={styles.article}>
      <div className={styles.line}>
        <h2 className={styles.title}>{agreement.title}</h2>
        <Standing agreement={agreement} own={own?.id ?? null} />
      </div>
      <Actions agreement={agreement} own={own?.id ?? null} again={again} />
      {agreement.ended && (
        <p className={styles.ended}>
          {words.endedBy(
            agreement.ended.organization?.code ?? "?",
            agreement.ended.by,
            agreement.ended.reason,
          )}{" "}
          <When at={agreement.ended.at} />
        </p>
      )}
      <section>
        <h3>{words.purpose}</h3>
        <p>{agreement.purpose}</p>
      </section>
      {own && <Preview draft={draftOf(agreement, own.id)} own={own.id} directory={directory} />}
      <section>
        <h3>{words.inWords}</h3>
        <Sentences agreement={agreement} />
      </section>
      {agreement.standing === "PROPOSED" && <Comparison terms={agreement.terms} agreements={all} />}
      <section>
        <h3>{words.parties}</h3>
        <Parties agreement={agreement} />
        <Period agreement={agreement} />
      </section>
      <section>
        <h3>{words.signedBy}</h3>
        <ul>
          {agreement.signatures.map(({ at, by, organization }) => (
            <li key={`${organization?.id} ${at}`}>
              ✓ <strong>{organization?.code}</strong> {by}, <When at={at} />
            </li>
          ))}
          {unsigned(agreement).map(({ id, code }) => (
            <li key={id} className="muted">
              … <strong>{code}</strong> {words.notSigned}
            </li>
          ))}
        </ul>
      </section>
      <Cedar id={agreement.id} />
    </article>
  );
}

function Actions(props: { agreement: AgreementFacts; own: string | null; again: () => void }) {
  const { agreement, own, again } = props;
  const words = useWords().sharing;
  const { acting } = useSession();
  const may = useMay("administer");
  const hindered = useObstacleWords(useObstacle());
  const [open, setOpen] = useState<"sign" | "end" | null>(null);
  const obstacle = may ? hindered : words.needsAdminister;
  const over = agreement.standing === "ENDED" || agreement.standing === "EXPIRED";
  const proposed = agreement.standing === "PROPOSED";
  const mine = unsigned(agreement).some(({ id }) => id === own);
  const close = () => {
    setOpen(null);
    again();
  };
  return (
    <div className={styles.actions}>
      {proposed && mine && (
        <Button
          look="main"
          obstacle={obstacle}
          onPress={() => {
            setOpen("sign");
          }}
        >
          {words.sign(acting?.code ?? "")}
        </Button>
      )}
      {!over && (
        <Button
          look="danger"
          obstacle={obstacle}
          onPress={() => {
            setOpen("end");
          }}
        >
          {proposed ? words.decline : words.end}
        </Button>
      )}
      <Button
        obstacle={may ? null : words.needsAdminister}
        onPress={() => {
          go(`/agreements/new?like=${agreement.id}`);
        }}
      >
        {words.again}
      </Button>
      <SignDialog agreement={agreement} open={open === "sign"} onClose={close} />
      <EndDialog agreement={agreement} open={open === "end"} onClose={close} />
    </div>
  );
}

/** Asked for only when somebody opens it: it is long. */
function Cedar({ id }: { id: string }) {
  const words = useWords().sharing;
  const [open, setOpen] = useState(false);
  const { data } = useAnswer(AgreementCedar, { id }, { everyMs: null, when: open });
  return (
    <details
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>{words.cedar}</summary>
      <pre className={styles.cedar}>{data?.agreement?.cedar ?? "…"}</pre>
    </details>
  );
}
