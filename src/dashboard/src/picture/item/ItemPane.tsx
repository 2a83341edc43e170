/** What is known of the record that is looked at, from whom, and how sure it is. */
import { lazy, Suspense, useEffect, useRef, useState } from "react";

import { ItemActions } from "../../act/ItemActions";
import type { RecordKind } from "../../api/generated/graphql";
import type { Item } from "../../api/picture/reduce";
import { useShown } from "../../api/picture/shown";
import { Badge, Tag } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { Loading } from "../../ui/Empty";
import { persistently } from "../../api/persistently";
import { Age } from "../../ui/Time";
import { useWords } from "../../words";
import { knownSince, organizationOf, standingOf, titleOf } from "../facts";
import { select } from "../selection";
import { Symbol } from "../Symbol";
import { IncidentFacts } from "./IncidentFacts";
import styles from "./ItemPane.module.css";
import { RequestFacts } from "./RequestFacts";
import { ResourceFacts } from "./ResourceFacts";
import { SignalFacts } from "./SignalFacts";

const WhoSees = lazy(async () => ({
  default: (await persistently(() => import("../../sharing/WhoSees"))).WhoSees,
}));

const recordKinds: Record<Item["__typename"], RecordKind> = {
  Incident: "INCIDENT",
  Signal: "SIGNAL",
  Resource: "RESOURCE",
  ResourceRequest: "RESOURCE_REQUEST",
};

export function ItemPane({ item }: { item: Item }) {
  const words = useWords();
  const standing = standingOf(item, words.names);
  const number = "number" in item ? item.number : null;
  const marking = "marking" in item ? item.marking : null;
  const organization = organizationOf(item);
  const live = useShown().instead === null;
  const top = useRef<HTMLElement>(null);
  useEffect(() => {
    top.current?.scrollTo(0, 0);
  }, [item.id]);
  return (
    <article ref={top} className={styles.pane} aria-label={titleOf(item)}>
      <header className={styles.header}>
        <Symbol item={item} />
        <div className={styles.title}>
          <h2>{titleOf(item)}</h2>
          <p className={styles.tags}>
            {standing ? (
              <Badge tone={standing.tone}>{standing.word}</Badge>
            ) : (
              <Badge tone="plain">{words.app.withheld}</Badge>
            )}
            {item.exercise && <Badge tone="special">{words.app.exercise}</Badge>}
            {number && <Tag>{number}</Tag>}
            {marking && <Tag>{words.names.marking[marking]}</Tag>}
            {organization && <Tag>{organization}</Tag>}
            <span className="muted">
              {words.picture.known} <Age at={knownSince(item)} />
            </span>
          </p>
        </div>
        <Button
          look="quiet"
          aria-label={words.app.close}
          onPress={() => {
            select(null);
          }}
        >
          ✕
        </Button>
      </header>
      {item.withheld.length > 0 && (
        <p className={styles.withheld}>
          ◇{" "}
          {words.app.withheldFields(
            item.withheld.map((group) => words.names.fieldGroup[group]).join(", "),
          )}
        </p>
      )}
      {live ? <ItemActions item={item} /> : <p className="muted">{words.picture.onlyPicture}</p>}
      <Body item={item} />
      {live && <Sight key={item.id} item={item} />}
    </article>
  );
}

/** Who sees it and why: asked for when somebody wants to know. */
function Sight({ item }: { item: Item }) {
  const words = useWords().sharing.whoSees;
  const [open, setOpen] = useState(false);
  const record = { kind: recordKinds[item.__typename], id: item.id };
  return (
    <details
      data-no-print
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
      }}
    >
      <summary>{words.title}</summary>
      {open && (
        <Suspense fallback={<Loading />}>
          {"marking" in item ? (
            <WhoSees record={record} marking={item.marking} />
          ) : (
            <WhoSees record={record} />
          )}
        </Suspense>
      )}
    </details>
  );
}

function Body({ item }: { item: Item }) {
  switch (item.__typename) {
    case "Incident":
      return <IncidentFacts item={item} />;
    case "Signal":
      return <SignalFacts item={item} />;
    case "Resource":
      return <ResourceFacts item={item} />;
    case "ResourceRequest":
      return <RequestFacts item={item} />;
  }
}
