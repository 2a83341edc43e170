/** The fields of one part of an audience. */
import { Choice, TextInput, type Option } from "../../ui/Fields";
import { useWords } from "../../words";
import { PersonsField } from "./PersonsField";
import { InsideFields, NearFields } from "./PlaceFields";
import type { Selector } from "./selectors";
import type { Options } from "./useOptions";

interface Props {
  selector: Selector;
  onChange: (selector: Selector) => void;
  options: Options | null;
}

export function SelectorFields({ selector, onChange, options }: Props) {
  const words = useWords().messages.compose;
  const one = { selector, onChange };
  const incident = <One {...one} of="incident" options={options?.incidents} />;
  const position = <One {...one} of="position" options={options?.positions} />;
  const organization = <One {...one} of="organization" options={options?.organizations} />;
  switch (selector.kind) {
    case "persons":
      return (
        <PersonsField
          label={words.findPerson}
          value={selector.persons}
          onChange={(persons) => {
            onChange({ ...selector, persons });
          }}
        />
      );
    case "members":
      return organization;
    case "position":
      return (
        <>
          {incident}
          {position}
        </>
      );
    case "staff":
      return incident;
    case "group":
      return <One {...one} of="group" options={options?.groups} />;
    case "onCall":
      return <One {...one} of="schedule" options={options?.schedules} />;
    case "qualified":
      return (
        <>
          {organization}
          {position}
          <TextInput
            label={words.typeAtLeast}
            type="number"
            value={selector.type}
            onChange={(type) => {
              onChange({ ...selector, type });
            }}
          />
        </>
      );
    case "near":
      return <NearFields selector={selector} onChange={onChange} />;
    case "inside":
      return <InsideFields selector={selector} onChange={onChange} />;
    case "reachedBy":
      return <One {...one} of="message" options={options?.messages} />;
  }
}

interface OneProps {
  selector: Selector;
  onChange: (selector: Selector) => void;
  /** Which of its fields names one record. */
  of: "organization" | "incident" | "position" | "group" | "schedule" | "message";
  options: readonly Option<string>[] | undefined;
}

function One({ selector, onChange, of, options }: OneProps) {
  const words = useWords().messages.compose;
  const value = (selector as Partial<Record<typeof of, string>>)[of];
  return (
    <Choice
      label={words[of]}
      value={value === undefined || value === "" ? null : value}
      onChange={(id) => {
        onChange({ ...selector, [of]: id });
      }}
      options={options ?? []}
      required
    />
  );
}
