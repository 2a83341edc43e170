/** What every dialog about one card of the status board needs. */
import { announce } from "../../api/toasts";
import { useRoom } from "../room";
import type { Card } from "./board";
import { useBoard } from "./useBoard";

export function useCard({ resource, commitment }: Card) {
  const { incident } = useRoom();
  const { show, again } = useBoard();
  return {
    ids: { incident: incident.id, resource: resource.id, commitment: commitment.number },
    close: () => {
      show(null);
    },
    done: (sentence: string) => () => {
      announce(sentence);
      again();
    },
  };
}
