/**
 * The check-out of a resource (ICS 221). Each box keeps its place and its size when it is signed: whoever signs
 * several in a row never finds another one under the pointer.
 */
import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { TroubleText, useObstacleWords } from "../../ui/CommandForm";
import { useWords } from "../../words";
import { useRoom } from "../room";
import { act, useActs } from "../ui/Acts";
import { Moment } from "../ui/zone";
import { unsigned, type Box, type Card } from "./board";
import styles from "./Board.module.css";
import { RoomSignDemobilization } from "./documents";
import { useBoard } from "./useBoard";

export function CheckOut({ card }: { card: Card }) {
  const words = useWords().room.resources;
  const { commitment } = card;
  return (
    <section aria-label={words.checkOut}>
      <h3>{words.checkOut}</h3>
      <ul className={styles.boxes}>
        {commitment.demobilization?.boxes.map((box) => (
          <SignOff key={box.box} card={card} box={box} />
        ))}
      </ul>
      {unsigned(commitment).length === 0 && <p>{words.allSigned}</p>}
    </section>
  );
}

function SignOff({ card, box: { box, by, at } }: { card: Card; box: Box }) {
  const { incident } = useRoom();
  const { again } = useBoard();
  const words = useWords().room.resources;
  const command = useCommand(RoomSignDemobilization);
  const offline = useObstacleWords(command.obstacle);
  const { resource, commitment } = card;
  const ids = { incident: incident.id, resource: resource.id, commitment: commitment.number };
  const open = commitment.stage === "DEMOBILIZING" && by === null;
  const sign = act(`room.sign.${box}`, words.signBox(words.boxes[box]), () => {
    void command.give({ ...ids, box }).then((payload) => {
      if (!payload) return;
      announce(words.signed);
      again();
    });
  });
  useActs(open ? [sign] : []);
  return (
    <li className={styles.box}>
      <span className={styles.text}>
        <strong>{words.boxes[box]}</strong>
        {by === null ? (
          <span className="muted">{words.notSigned}</span>
        ) : (
          <span>
            <Badge tone="ok">{by}</Badge> {at && <Moment at={at} />}
          </span>
        )}
      </span>
      {open && (
        <Button
          pending={command.pending}
          obstacle={offline}
          aria-label={sign.words}
          onPress={sign.run}
        >
          {words.sign}
        </Button>
      )}
      <TroubleText trouble={command.trouble} />
    </li>
  );
}
