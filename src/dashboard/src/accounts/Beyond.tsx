/** Why an administrator cannot change an account of their own list, and what they can do instead. */
import type { Trouble } from "../api/useCommand";
import { Button } from "../ui/Button";
import { useWords } from "../words";

interface Props {
  trouble: Trouble | null;
  /** What can be done instead, where there is something. */
  instead?: { words: string; run: () => void } | null;
}

/** By this code the hub says that only whoever runs it may do so. */
const BEYOND = "OUT_OF_REACH";

export function Beyond({ trouble, instead = null }: Props) {
  const words = useWords().accounts;
  if (trouble?.kind !== "refused" || trouble.refusal.code !== BEYOND) return null;
  return (
    <>
      <p>{words.beyondReach}</p>
      {instead && (
        <div>
          <Button look="danger" onPress={instead.run}>
            {instead.words}
          </Button>
        </div>
      )}
    </>
  );
}
