/** The chosen post: who holds it and how fit they are, and what can be done with it. */
import { Badge, Tag } from "../../ui/Badge";
import { Link } from "../../ui/route";
import { useNow } from "../../ui/now";
import { useCalled, useLanguage, useWords } from "../../words";
import { reasonText, valueText, watchText } from "../../words/hub";
import { openRoomDialog, useRoom } from "../room";
import { act, Acts } from "../ui/Acts";
import { Panel } from "../ui/Panel";
import { readable } from "../../ui/sentence";
import ui from "../ui/ui.module.css";
import { Moment, useZone } from "../ui/zone";
import type { Holder, Post } from "./tree";
import { useCommandTab } from "./useCommandTab";

export function PostCard() {
  const { selected } = useCommandTab();
  return selected && <Chosen post={selected} />;
}

function Chosen({ post }: { post: Post }) {
  const { structure, posts, show } = useCommandTab();
  const { concerns } = useRoom();
  const language = useLanguage();
  const zone = useZone();
  const now = new Date(useNow(60_000));
  const { room, hub } = useWords();
  const called = useCalled();
  const words = room.command;
  const name = called(post.name);
  const isCommand = structure.command?.id === post.id;
  const above = posts.find(({ id }) => id === post.reportsTo?.id);
  const acts = [
    ...(isCommand
      ? [act("room.transfer", words.proposeTransfer, openRoomDialog("transfer"), { keys: "T" })]
      : post.assignments.map((holder) =>
          act(
            `room.relieve.${holder.id}`,
            words.relieveWho(holder.name ?? words.somebody, name),
            () => {
              show({ what: "relieve", post: post.id, assignment: holder.id });
            },
            { short: words.relieve(holder.name ?? words.somebody) },
          ),
        )),
    ...(isCommand
      ? []
      : [
          act(
            "room.move-post",
            words.moveWhich(name),
            () => {
              show({ what: "move", post: post.id, to: null });
            },
            { short: words.move },
          ),
          act(
            "room.dissolve-post",
            words.dissolveWhich(name),
            () => {
              show({ what: "dissolve", post: post.id });
            },
            { short: words.dissolve, look: "danger" },
          ),
        ]),
  ];
  return (
    <Panel title={name}>
      <p className="muted">
        {called(post.title)} ({post.position}){above && ` · ${words.reportsTo(called(above.name))}`}
      </p>
      {post.vacant === true && (
        <p>
          <Badge tone="warning">{words.vacant}</Badge>{" "}
          {post.heldBy &&
            words.heldBy(
              post.heldBy.holders.map(({ name }) => name ?? words.somebody).join(", "),
              called(post.heldBy.post.name),
            )}
        </p>
      )}
      <ul className={ui.rows}>
        {post.assignments.map((holder) => (
          <li key={holder.id}>
            <HolderFacts holder={holder} />
          </li>
        ))}
      </ul>
      {concerns
        .filter(({ about }) => about?.id === post.id)
        .map((concern) => (
          <p key={concern.code}>
            <Badge tone="warning">{words.standsOut}</Badge>{" "}
            {readable(watchText(concern, hub), now, language, zone)}
          </p>
        ))}
      {post.parts.map((part) => (
        <p key={part.id}>
          <Link href={`/incident/${part.id}`}>
            {part.number} {part.name}
          </Link>
        </p>
      ))}
      <Acts
        acts={[
          act(
            "room.assign",
            words.assignTo(name),
            () => {
              show({ what: "assign", post: post.id, person: null });
            },
            { keys: "A", look: post.vacant === true ? "main" : "plain", short: words.assignHere },
          ),
          ...acts,
        ]}
      />
    </Panel>
  );
}

function HolderFacts({ holder }: { holder: Holder }) {
  const { hub, room } = useWords();
  const words = room.command;
  const { fitness, waiver } = holder;
  return (
    <>
      <p className={ui.line}>
        <strong>{holder.name ?? words.somebody}</strong>
        {holder.organization && <Tag>{holder.organization.code}</Tag>}
        <Tag>{words.capacities[holder.capacity]}</Tag>
        {fitness?.outcome === "FIT" && <Badge tone="ok">{words.fit}</Badge>}
        {fitness?.outcome === "SHORT" && <Badge tone="warning">{words.short}</Badge>}
        {fitness?.outcome === "TRAINEE_WITH_COACH" && (
          <Badge tone="notice">{words.coachedBy(fitness.coach ?? words.somebody)}</Badge>
        )}
      </p>
      {fitness && fitness.reasons.length > 0 && (
        <p>{fitness.reasons.map((reason) => valueText("reasons", reason, hub)).join("; ")}</p>
      )}
      {waiver && <p>{words.waivedBy(waiver.by, waiver.reason)}</p>}
      <p className="muted">
        {words.since} <Moment at={holder.from} />
        {holder.reason && ` · ${reasonText(holder.reason, hub)}`}
      </p>
    </>
  );
}
