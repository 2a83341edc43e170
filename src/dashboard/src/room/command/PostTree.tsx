/** The posts as a tree. People are dropped on posts to be assigned, posts to be moved. */
import { useState } from "react";
import {
  Button as AriaButton,
  Collection,
  Tree,
  TreeItem,
  TreeItemContent,
  useDragAndDrop,
} from "react-aria-components";

import { Badge, Tag } from "../../ui/Badge";
import { useCalled, useWords } from "../../words";
import { levelTones } from "../header/Concerns";
import { useRoom } from "../room";
import styles from "./CommandTab.module.css";
import { mayReportTo, treeOf, type PostNode } from "./tree";
import { useCommandTab } from "./useCommandTab";

/** What is dragged: a person from the list, or a post of this tree. */
export const PERSON = "muster/person";
const POST = "muster/post";

/**
 * Letters give commands here, and do not look for a row that begins with them. The tree hands this
 * on to its grid, though its own type does not name it.
 */
const lettersAreCommands = { disallowTypeAhead: true };

export function PostTree() {
  const { concerns } = useRoom();
  const { posts, positions, selected, select, show } = useCommandTab();
  const words = useWords().room.command;
  const nodes = treeOf(posts, concerns);
  // What is collapsed is kept, not what is open: posts that come later are to be seen.
  const [collapsed, setCollapsed] = useState<readonly string[]>([]);
  const byId = (id: string) => posts.find((post) => post.id === id);
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) =>
      [...keys].map((key) => ({
        [POST]: String(key),
        "text/plain": byId(String(key))?.name ?? "",
      })),
    acceptedDragTypes: [PERSON, POST],
    getDropOperation: (target) =>
      target.type === "item" && target.dropPosition === "on" ? "move" : "cancel",
    onItemDrop: (event) => {
      const target = byId(String(event.target.key));
      const [item] = event.items;
      if (!target || item?.kind !== "text") return;
      if (item.types.has(PERSON)) {
        void item.getText(PERSON).then((person) => {
          select(target.id);
          show({ what: "assign", post: target.id, person });
        });
      } else {
        void item.getText(POST).then((id) => {
          const post = byId(id);
          if (!post) return;
          select(post.id);
          const allowed = mayReportTo(post, target, positions, posts);
          show({ what: "move", post: post.id, to: allowed ? target.id : null });
        });
      }
    },
  });
  return (
    <Tree
      {...lettersAreCommands}
      className={styles.tree ?? ""}
      aria-label={words.title}
      items={nodes}
      dependencies={[posts, concerns, words]}
      selectionMode="single"
      selectionBehavior="replace"
      selectedKeys={selected ? [selected.id] : []}
      onSelectionChange={(keys) => {
        const [key] = keys === "all" ? [] : keys;
        select(key === undefined ? null : String(key));
      }}
      onAction={(key) => {
        select(String(key));
        show({ what: "assign", post: String(key), person: null });
      }}
      expandedKeys={posts.map(({ id }) => id).filter((id) => !collapsed.includes(id))}
      onExpandedChange={(open) => {
        setCollapsed(posts.map(({ id }) => id).filter((id) => !open.has(id)));
      }}
      dragAndDropHooks={dragAndDropHooks}
    >
      {(node) => <Item node={node} />}
    </Tree>
  );
}

function Item({ node }: { node: PostNode }) {
  const called = useCalled();
  const words = useWords().room.command;
  const { post } = node;
  const holders = post.assignments.map(({ name }) => name ?? "").join(", ");
  return (
    <TreeItem
      id={node.id}
      textValue={`${called(post.name)} ${post.vacant ? words.vacant : holders}`}
      className={styles.item ?? ""}
    >
      <TreeItemContent>
        {({ hasChildItems, isExpanded, allowsDragging }) => (
          <div className={styles.row}>
            {allowsDragging && (
              <AriaButton slot="drag" className={styles.handle ?? ""}>
                ⠿
              </AriaButton>
            )}
            {hasChildItems ? (
              <AriaButton slot="chevron" className={styles.chevron ?? ""}>
                {isExpanded ? "▾" : "▸"}
              </AriaButton>
            ) : (
              <span className={styles.chevron} aria-hidden />
            )}
            <PostLine node={node} />
          </div>
        )}
      </TreeItemContent>
      <Collection items={node.children}>{(child) => <Item node={child} />}</Collection>
    </TreeItem>
  );
}

function PostLine({ node: { post, concerns, children } }: { node: PostNode }) {
  const called = useCalled();
  const words = useWords().room.command;
  return (
    <span className={styles.line}>
      <strong>{called(post.name)}</strong>
      {post.title !== post.name && <span className="muted">{called(post.title)}</span>}
      {post.assignments.map((holder) => (
        <span key={holder.id} className={styles.holder}>
          {holder.name ?? words.somebody}
          {holder.organization && <Tag>{holder.organization.code}</Tag>}
          {holder.capacity !== "PRIMARY" && <Tag>{words.capacities[holder.capacity]}</Tag>}
          {holder.fitness?.outcome === "SHORT" && (
            <Badge tone="warning">{holder.waiver ? words.waived : words.short}</Badge>
          )}
          {holder.fitness?.outcome === "TRAINEE_WITH_COACH" && (
            <Badge tone="notice">{words.trainee}</Badge>
          )}
        </span>
      ))}
      {post.vacant === true && <Badge tone="warning">{words.vacant}</Badge>}
      {post.vacant === true && post.heldBy && (
        <span className="muted">
          {words.heldBy(
            post.heldBy.holders.map(({ name }) => name ?? words.somebody).join(", "),
            called(post.heldBy.post.name),
          )}
        </span>
      )}
      {post.vacant === null && <span className="muted">{words.holdersWithheld}</span>}
      {concerns.map((concern, n) => (
        <Badge key={`${concern.code}-${n}`} tone={levelTones[concern.level]}>
          {concern.code === "SPAN_OF_CONTROL" ? words.span(children.length) : words.seeBelow}
        </Badge>
      ))}
    </span>
  );
}
