/** The room of one incident: a tab each for what people do there. */
import { useItem } from "../api/picture/shown";
import { Empty } from "../ui/Empty";
import { Link } from "../ui/route";
import { useWords } from "../words";
import styles from "./RoomPage.module.css";
import { tabOf, tabs } from "./tabs";

export default function RoomPage({ params }: { params: Record<string, string> }) {
  const id = params["id"] ?? "";
  const words = useWords();
  const item = useItem(id);
  const tab = tabOf(params["tab"]);
  const incident = item?.__typename === "Incident" ? item : null;
  return (
    <div className={styles.room}>
      <h1>{incident ? `${incident.number} ${incident.name}` : words.app.incident}</h1>
      <nav aria-label={words.app.incident}>
        <ul className={styles.tabs}>
          {tabs.map((one) => (
            <li key={one}>
              <Link
                href={`/incident/${id}/${one}`}
                className={styles.tab}
                aria-current={one === tab ? "page" : undefined}
              >
                {words.room.tabs[one]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Empty title={words.app.comes} />
    </div>
  );
}
