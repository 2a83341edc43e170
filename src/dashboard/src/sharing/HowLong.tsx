/** From when until when an agreement is to hold. */
import { Button } from "../ui/Button";
import { Group } from "../ui/Checks";
import { TextInput } from "../ui/Fields";
import { toLocal } from "../ui/localTime";
import { useWords } from "../words";
import styles from "./Form.module.css";

interface Props {
  starts: string;
  ends: string;
  onChange: (change: { starts?: string; ends?: string }) => void;
}

const HOUR_MS = 3_600_000;

/** Fills the field in for a usual length; a moment, so that what is sent twice is the same. */
const lengths = ["12", "24", "72", "168", "open"] as const;

export function HowLong({ starts, ends, onChange }: Props) {
  const words = useWords().sharing;
  return (
    <Group label={words.howLong}>
      <div className={styles.lengths}>
        {lengths.map((length) => (
          <Button
            key={length}
            onPress={() => {
              const begin = starts === "" ? Date.now() : new Date(starts).getTime();
              const end =
                length === "open" ? "" : toLocal(new Date(begin + Number(length) * HOUR_MS));
              onChange({ ends: end });
            }}
          >
            {words.lasts[length]}
          </Button>
        ))}
      </div>
      <div className={styles.columns}>
        <TextInput
          label={words.starts}
          type="datetime-local"
          value={starts}
          onChange={(value) => {
            onChange({ starts: value });
          }}
        />
        <TextInput
          label={words.ends}
          type="datetime-local"
          value={ends}
          onChange={(value) => {
            onChange({ ends: value });
          }}
        />
      </div>
    </Group>
  );
}
