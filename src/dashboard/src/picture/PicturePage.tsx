/** The common operating picture: list and map side by side, always the same filter. */
import { lazy, Suspense, useEffect, useState } from "react";

import { useItem, usePicture } from "../api/picture/shown";
import { AttentionColumn } from "../attention/AttentionColumn";
import { TimeBar } from "../time/TimeBar";
import { Empty, Loading } from "../ui/Empty";
import { AtMoment } from "../ui/now";
import { persistently } from "../api/persistently";
import { useSearch } from "../ui/route";
import { useWords } from "../words";
import { writeFilter } from "./filter";
import { FilterBar } from "./FilterBar";
import { ItemPane } from "./item/ItemPane";
import { List } from "./List";
import styles from "./PicturePage.module.css";
import { PrintHead } from "./PrintHead";
import { useSelected } from "./selection";
import { useListed } from "./useListed";

/** What is large is fetched after the list is on the screen. */
const MapPane = lazy(() => persistently(() => import("./map/MapPane")));

/** On a narrow screen one of them is shown at a time. */
const panes = ["list", "map", "attention"] as const;

export default function PicturePage() {
  const all = useWords();
  const words = all.picture;
  const { shown, of } = useListed();
  // With its first page: on a bad network all of a large picture takes long.
  const ready = usePicture((items, { complete }) => complete || items.size > 0);
  const selected = useItem(useSelected());
  // Links to the page need not tell the filter, which stays.
  const search = useSearch();
  useEffect(writeFilter, [search]);
  const [pane, setPane] = useState<(typeof panes)[number]>("list");
  const labels = { list: words.list, map: words.map, attention: all.attention.title };
  return (
    <div className={styles.page} data-pane={pane}>
      <h1 className="unseen">{words.title}</h1>
      <PrintHead />
      <section className={styles.list} aria-label={words.list}>
        <FilterBar shown={shown.length} of={of} />
        {shown.length > 0 ? (
          <AtMoment value={true}>
            <List items={shown} />
          </AtMoment>
        ) : of > 0 ? (
          <Empty title={words.emptyFiltered} />
        ) : (
          <Empty title={words.empty}>{words.emptyWhy}</Empty>
        )}
      </section>
      <div className={styles.map}>
        <Suspense fallback={<Loading />}>{ready && <MapPane />}</Suspense>
      </div>
      {selected && (
        <div className={styles.item}>
          <AtMoment value={true}>
            <ItemPane item={selected} />
          </AtMoment>
        </div>
      )}
      <aside className={styles.attention}>
        <AttentionColumn />
      </aside>
      <div className={styles.time} data-no-print>
        <TimeBar />
      </div>
      <div className={styles.panes} role="group" aria-label={words.title} data-no-print>
        {panes.map((one) => (
          <button
            key={one}
            type="button"
            className={styles.pane}
            aria-pressed={one === pane}
            onClick={() => {
              setPane(one);
            }}
          >
            {labels[one]}
          </button>
        ))}
      </div>
    </div>
  );
}
