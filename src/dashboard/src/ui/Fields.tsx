/** Fields of forms. Each has a label, may have a hint, and shows what is wrong with it at itself. */
import { useEffect, useId, useRef, type ReactNode } from "react";
import {
  Button as AriaButton,
  CheckboxButton,
  CheckboxField,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  Text,
  TextArea,
  TextField,
} from "react-aria-components";

import { useLanguage, useWords } from "../words";
import { zonedText } from "../words/format";
import { faultText, type Limits } from "./fault";
import styles from "./Fields.module.css";
import { fromLocal } from "./localTime";
import { useZone } from "./zone";

/** No number that is written here is less. */
const LEAST = 0;
/** Nor is one more: the hub counts no further. */
const MOST = 4_000_000_000;
const ANY: Limits = { type: undefined, least: LEAST, most: undefined, step: 1 };

interface Common {
  label: string;
  /** The name by which a refusal can be bound to it. */
  name?: string;
  hint?: string;
  required?: boolean;
}

interface TextProps extends Common {
  value: string;
  onChange: (value: string) => void;
  /** More than one line. */
  long?: boolean;
  type?: "text" | "number" | "datetime-local" | "search";
  placeholder?: string;
  autoFocus?: boolean;
  /** Of a number that is no count: how finely it can be given, such as 0.01. */
  step?: number;
  /** The greatest number that it takes. */
  most?: number;
  /** In which language it is written, where that is not the one of the page. */
  lang?: string;
  /** What is often written there; anything else can be, too. */
  suggestions?: readonly string[];
}

export function TextInput(props: TextProps) {
  const { label, name, hint, required, value, onChange, long, type, placeholder, autoFocus } =
    props;
  const { suggestions, step = 1, lang } = props;
  const most = props.most ?? (type === "number" ? MOST : undefined);
  const words = useWords().app.fault;
  const list = useId();
  const moment = useMomentText(type === "datetime-local" ? value : "");
  const field = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What was wrong with it is looked at again while it is put right, not when it is left: else the
    // sentence went away, and the button up, under the press that was meant for the button.
    if (!field.current?.hasAttribute("data-invalid")) return;
    const input = field.current.querySelector("input, textarea");
    input?.dispatchEvent(new Event("change", { bubbles: true }));
  }, [value]);
  return (
    <TextField
      ref={field}
      className={styles.field ?? ""}
      value={value}
      onChange={onChange}
      isRequired={required ?? false}
      // Nothing but spaces is nothing, as the hub has it.
      validate={(text) => (required && text !== "" && text.trim() === "" ? words.missing : null)}
      autoFocus={autoFocus ?? false}
      {...(name === undefined ? {} : { name })}
      {...(type === undefined ? {} : { type })}
    >
      <Label className={styles.label ?? ""}>{label}</Label>
      {long ? (
        <TextArea
          className={styles.input ?? ""}
          rows={4}
          placeholder={placeholder ?? ""}
          {...(lang ? { lang } : {})}
        />
      ) : (
        <Input
          className={styles.input ?? ""}
          placeholder={placeholder ?? ""}
          {...(type === "number" ? { min: LEAST, step, max: most } : {})}
          {...(suggestions ? { list } : {})}
          {...(lang ? { lang } : {})}
        />
      )}
      {suggestions && (
        <datalist id={list}>
          {suggestions.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
      <Below
        hint={[moment, hint].filter(Boolean).join(" · ")}
        limits={{ type, least: LEAST, most, step }}
      />
    </TextField>
  );
}

/** What the field of a moment means: it is told by the device's clock, which may be of another zone. */
function useMomentText(value: string): string | null {
  const language = useLanguage();
  const zone = useZone();
  const at = fromLocal(value);
  return at && zonedText(new Date(at), new Date(), language, zone);
}

export interface Option<T extends string> {
  id: T;
  label: string;
  /** More about it, in the list alone. */
  hint?: string;
}

interface ChoiceProps<T extends string> extends Common {
  value: T | null;
  onChange: (value: T) => void;
  options: readonly Option<T>[];
  /** What stands there while nothing is chosen. */
  placeholder?: string;
}

export function Choice<T extends string>(props: ChoiceProps<T>) {
  const { label, name, hint, required, value, onChange, options, placeholder } = props;
  const words = useWords().app;
  return (
    <Select
      className={styles.field ?? ""}
      // What can be chosen may still be on its way: the list opens, and fills when it comes.
      allowsEmptyCollection
      value={value}
      onChange={(key) => {
        const chosen = options.find((option) => option.id === key);
        if (chosen) onChange(chosen.id);
      }}
      isRequired={required ?? false}
      placeholder={placeholder ?? "—"}
      {...(name === undefined ? {} : { name })}
    >
      <Label className={styles.label ?? ""}>{label}</Label>
      <AriaButton className={styles.input ?? ""}>
        <SelectValue className={styles.value ?? ""} />
        <span aria-hidden>▾</span>
      </AriaButton>
      <Below hint={hint} />
      <Popover className={styles.popover ?? ""}>
        <ListBox
          className={styles.list ?? ""}
          items={options}
          renderEmptyState={() => <span className={styles.none}>{words.nothingToChoose}</span>}
        >
          {(option) => (
            <ListBoxItem className={styles.option ?? ""} id={option.id} textValue={option.label}>
              <Text slot="label">{option.label}</Text>
              {option.hint && (
                <Text slot="description" className={styles.hint ?? ""}>
                  {option.hint}
                </Text>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}

interface CheckProps {
  children: ReactNode;
  value: boolean;
  onChange: (value: boolean) => void;
}

export function Check({ children, value, onChange }: CheckProps) {
  return (
    <CheckboxField isSelected={value} onChange={onChange}>
      <CheckboxButton className={styles.check ?? ""}>
        <span className={styles.box} aria-hidden>
          {value ? "✓" : ""}
        </span>
        {children}
      </CheckboxButton>
    </CheckboxField>
  );
}

function Below({ hint, limits = ANY }: { hint: string | undefined; limits?: Limits }) {
  const words = useWords().app.fault;
  return (
    <>
      {hint && (
        <Text slot="description" className={styles.hint ?? ""}>
          {hint}
        </Text>
      )}
      <FieldError className={styles.error ?? ""}>
        {({ validationDetails, validationErrors }) =>
          faultText(validationDetails, limits, words) ?? validationErrors.join(" ")
        }
      </FieldError>
    </>
  );
}
