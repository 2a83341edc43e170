/** The columns of the board. Cards are dragged onto a division or group to be assigned there. */
import {
  Button as AriaButton,
  GridList,
  GridListItem,
  useDragAndDrop,
} from "react-aria-components";

import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { Badge, Tag } from "../../ui/Badge";
import { TroubleText } from "../../ui/CommandForm";
import { Age } from "../../ui/Time";
import { useCalled, useWords } from "../../words";
import { stageTones } from "../names";
import { useRoom } from "../room";
import { takeBack } from "../ui/undo";
import styles from "./Board.module.css";
import type { Card, Column } from "./board";
import { RoomAssignResource } from "./documents";
import { useBoard } from "./useBoard";

const CARD = "muster/resource";

export function Board() {
  const { columns } = useBoard();
  const { assign, trouble } = useAssign();
  return (
    <>
      <TroubleText trouble={trouble} />
      <div className={styles.board}>
        {columns.map((column) => (
          <ColumnList key={column.key} column={column} assign={assign} />
        ))}
      </div>
    </>
  );
}

/** Assigns what was dropped, one after the other, and offers to take it back. */
function useAssign() {
  const { incident } = useRoom();
  const { again, show } = useBoard();
  const all = useWords().room;
  const called = useCalled();
  const words = all.resources;
  const command = useCommand(RoomAssignResource);
  async function assign(cards: readonly Card[], column: Column): Promise<void> {
    const [first] = cards;
    if (first && cards.length === 1 && first.commitment.stage !== "CHECKED_IN") {
      // Only what has checked in can be assigned.
      show({ what: "checkIn", card: first });
      return;
    }
    for (const { resource, commitment } of cards) {
      const input = {
        incident: incident.id,
        resource: resource.id,
        commitment: commitment.number,
        to: { name: column.name ?? "", post: column.post },
      };
      const payload = await command.give(input);
      if (!payload) break;
      const former = commitment.assignedTo;
      announce(
        words.assigned(resource.name, called(column.name ?? "")),
        former
          ? {
              undo: () => {
                const to = { name: former.name, post: former.post };
                const back = { ...input, to, reason: all.takenBack };
                const sentence = words.assigned(resource.name, called(former.name));
                void takeBack(RoomAssignResource, back, sentence).then(again);
              },
            }
          : {},
      );
    }
    again();
  }
  return { assign, trouble: command.trouble };
}

interface ColumnProps {
  column: Column;
  assign: (cards: readonly Card[], column: Column) => Promise<void>;
}

function ColumnList({ column, assign }: ColumnProps) {
  const { cards: all, selected, select, show } = useBoard();
  const words = useWords().room.resources;
  const called = useCalled();
  const name = column.kind === "working" ? called(column.name ?? "") : words.columns[column.kind];
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) =>
      [...keys].map((key) => ({
        [CARD]: String(key),
        "text/plain": all.find((card) => card.key === key)?.resource.name ?? "",
      })),
    getAllowedDropOperations: () => ["move"],
    acceptedDragTypes: column.kind === "working" ? [CARD] : [],
    getDropOperation: () => (column.kind === "working" ? "move" : "cancel"),
    onRootDrop: (event) => {
      void Promise.all(
        event.items.flatMap((item) => (item.kind === "text" ? [item.getText(CARD)] : [])),
      ).then((keys) => {
        const dropped = all.filter((card) => keys.includes(card.key));
        void assign(
          dropped.filter((card) => !column.cards.includes(card)),
          column,
        );
      });
    },
  });
  const chosen = selected.filter((card) => column.cards.includes(card));
  return (
    <section className={`${styles.column} ${styles[column.kind]}`} aria-label={name}>
      <h3 className={styles.head}>
        {name}
        <span className="muted">{words.count(column.cards.length, column.people)}</span>
      </h3>
      <GridList
        disallowTypeAhead
        className={styles.cards ?? ""}
        aria-label={name}
        items={column.cards.map((card) => ({ ...card, id: card.key }))}
        dependencies={[words]}
        selectionMode="multiple"
        selectionBehavior="replace"
        selectedKeys={chosen.map(({ key }) => key)}
        onSelectionChange={(keys) => {
          select(keys === "all" ? column.cards.map(({ key }) => key) : [...keys].map(String));
        }}
        onAction={(key) => {
          const card = all.find((one) => one.key === key);
          if (!card) return;
          select([card.key]);
          show(
            card.commitment.stage === "CHECKED_IN"
              ? { what: "assign", cards: [card], to: null }
              : { what: "checkIn", card },
          );
        }}
        dragAndDropHooks={dragAndDropHooks}
        renderEmptyState={() => <span className="muted">{words.nothingHere}</span>}
      >
        {(card) => (
          <GridListItem id={card.key} textValue={card.resource.name} className={styles.card ?? ""}>
            <AriaButton slot="drag" className={styles.handle ?? ""}>
              ⠿
            </AriaButton>
            <CardText card={card} />
          </GridListItem>
        )}
      </GridList>
    </section>
  );
}

function CardText({ card: { resource, commitment } }: { card: Card }) {
  const all = useWords();
  const words = all.room.resources;
  const { stage } = commitment;
  const called = useCalled();
  return (
    <span className={styles.text}>
      <span className={styles.first}>
        <strong>{resource.name}</strong>
        {resource.owner && <Tag>{resource.owner.code}</Tag>}
        {resource.status === "OUT_OF_SERVICE" && (
          <Badge tone="alarm">{all.names.resourceStatus.OUT_OF_SERVICE}</Badge>
        )}
        {stage && stage !== "CHECKED_IN" && (
          <Badge tone={stageTones[stage]}>{all.names.commitmentStage[stage]}</Badge>
        )}
      </span>
      <span className="muted">
        {resource.kind ? called(resource.kind.name) : all.app.withheld}
        {resource.type !== null && ` ${words.type(resource.type)}`}
        {commitment.quantity > 1 && ` × ${commitment.quantity}`}
        {commitment.people !== null && ` · ${words.people(commitment.people)}`}
        {commitment.leader && ` · ${commitment.leader}`}
        {" · "}
        <Age at={commitment.checkedInAt ?? commitment.since} />
      </span>
    </span>
  );
}
