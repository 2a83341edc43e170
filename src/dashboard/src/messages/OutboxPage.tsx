import { Empty } from "../ui/Empty";
import { useWords } from "../words";

export default function OutboxPage() {
  return <Empty title={useWords().app.comes} />;
}
