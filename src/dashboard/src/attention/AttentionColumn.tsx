/** What needs the reader or their organization now. */
import { Empty } from "../ui/Empty";
import { useWords } from "../words";

export function AttentionColumn() {
  const words = useWords();
  return (
    <section aria-label={words.attention.title}>
      <h2>{words.attention.title}</h2>
      <Empty title={words.app.comes} />
    </section>
  );
}
