import { Empty } from "../ui/Empty";
import { useWords } from "../words";

export default function MessagesPage() {
  return <Empty title={useWords().app.comes} />;
}
