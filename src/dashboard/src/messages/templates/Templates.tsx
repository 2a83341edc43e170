/** The templates of the organization: written with, or thrown away. */
import { useState } from "react";

import { useMay } from "../../api/session";
import { Button } from "../../ui/Button";
import { Empty, Loading, NoAnswer } from "../../ui/Empty";
import { Link } from "../../ui/route";
import { Age } from "../../ui/Time";
import { useWords } from "../../words";
import styles from "../Messages.module.css";
import { DiscardDialog } from "../watch/StopDialog";
import { toWrite } from "./Begin";
import { nameOf, useTemplates, type Template } from "./useTemplates";

export function Templates() {
  const words = useWords();
  const t = words.templates;
  const may = useMay("write");
  const { templates, problem, again } = useTemplates();
  const [leaving, setLeaving] = useState<Template | null>(null);
  if (!templates) return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  return (
    <section className={styles.lists} aria-label={t.title}>
      <h1>{t.title}</h1>
      {templates.length === 0 && (
        <Empty title={t.empty}>
          <p>{t.why}</p>
        </Empty>
      )}
      {templates.map((template) => (
        <div key={template.id} className={styles.panel}>
          <header>
            <h2>{nameOf(template)}</h2>
            {may && (
              <div className={styles.row}>
                <Link href={toWrite(template.id)} className={styles.write}>
                  {t.write}
                </Link>
                <Button
                  look="quiet"
                  onPress={() => {
                    setLeaving(template);
                  }}
                >
                  {t.discard}
                </Button>
              </div>
            )}
          </header>
          <p className={styles.body}>
            {template.subject}{" "}
            <span className="muted">
              {words.messages.priority[template.priority]} · {template.author}{" "}
              {template.changedAt && <Age at={template.changedAt} />}
            </span>
          </p>
        </div>
      ))}
      {leaving && (
        <DiscardDialog
          id={leaving.id}
          words={{ ...t, discardSure: t.discardSure(nameOf(leaving)) }}
          onClose={() => {
            setLeaving(null);
          }}
          onDone={() => {
            setLeaving(null);
            again();
          }}
        />
      )}
    </section>
  );
}
