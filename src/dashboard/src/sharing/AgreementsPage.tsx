import { Empty } from "../ui/Empty";
import { useWords } from "../words";

export default function AgreementsPage() {
  return <Empty title={useWords().app.comes} />;
}
