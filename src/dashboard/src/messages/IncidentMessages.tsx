/** The messages of one incident. */
import { Empty } from "../ui/Empty";
import { useWords } from "../words";

export function IncidentMessages({ incident }: { incident: string }) {
  const words = useWords().app;
  return <Empty title={words.comes} key={incident} />;
}
