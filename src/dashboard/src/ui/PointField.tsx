/** A position by its coordinates, or by a click on the map where there is one. */
import { useStore } from "../api/store";
import { coordinatesText } from "../geo/coordinates";
import { parseCoordinates } from "../geo/parse";
import { useWords } from "../words";
import { Button } from "./Button";
import { TextInput } from "./Fields";
import { mapsStore, pickPlace } from "./pickPlace";

interface Props {
  value: string;
  onChange: (value: string) => void;
  name?: string;
  required?: boolean;
}

export function PointField({ value, onChange, name, required }: Props) {
  const words = useWords().app.point;
  const maps = useStore(mapsStore);
  const wrong = value.trim() !== "" && parseCoordinates(value) === null;
  return (
    <>
      <TextInput
        label={words.label}
        value={value}
        onChange={onChange}
        hint={wrong ? words.wrong : words.hint}
        required={required ?? false}
        {...(name === undefined ? {} : { name })}
      />
      {maps > 0 && (
        <Button
          onPress={() => {
            void pickPlace(words.choose).then((point) => {
              if (point) onChange(coordinatesText(point, "decimal"));
            });
          }}
        >
          {words.pick}
        </Button>
      )}
    </>
  );
}
