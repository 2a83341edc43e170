/** What can be done at once with a record of the picture, as buttons beside it. */
import type { Item } from "../api/picture/reduce";
import { useMay } from "../api/session";
import { Button } from "../ui/Button";
import { go } from "../ui/route";
import { useWords } from "../words";
import { answerRequest, openIncident, requestResources, writeNote } from "./actStore";
import styles from "./Act.module.css";

export function ItemActions({ item }: { item: Item }) {
  const words = useWords().act;
  const may = useMay("write");
  if (!may) return null;
  const { id } = item;
  const actions: { label: string; run: () => void }[] = [];
  if (item.__typename === "Signal") {
    actions.push({
      label: words.openFromSignal,
      run: () => {
        openIncident(id);
      },
    });
  }
  if (item.__typename === "ResourceRequest" && item.question?.state === "AWAITED") {
    actions.push({
      label: words.answerRequest,
      run: () => {
        answerRequest(id);
      },
    });
  }
  if (item.__typename === "ResourceRequest") {
    const { incident } = item;
    actions.push({
      label: words.openRequest,
      run: () => {
        go(incident ? `/incident/${incident.id}/requests` : `/request/${id}`);
      },
    });
  }
  if (item.__typename === "Incident") {
    actions.push(
      {
        label: words.requestResources,
        run: () => {
          requestResources(id);
        },
      },
      {
        label: words.writeNote,
        run: () => {
          writeNote(id);
        },
      },
      {
        label: words.writeMessage,
        run: () => {
          go(`/messages/new?incident=${id}`);
        },
      },
    );
  }
  if (actions.length === 0) return null;
  return (
    <div className={styles.actions}>
      {actions.map(({ label, run }) => (
        <Button key={label} onPress={run}>
          {label}
        </Button>
      ))}
    </div>
  );
}
