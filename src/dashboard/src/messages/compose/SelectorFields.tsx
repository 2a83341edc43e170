/** The fields of one part of an audience. */
import { Choice, TextInput } from "../../ui/Fields";
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
  const organizations = options?.organizations ?? [];
  const positions = options?.positions ?? [];
  const incidents = options?.incidents ?? [];
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
      return (
        <Choice
          label={words.organization}
          value={selector.organization || null}
          onChange={(organization) => {
            onChange({ ...selector, organization });
          }}
          options={organizations}
          required
        />
      );
    case "position":
      return (
        <>
          <Choice
            label={words.incident}
            value={selector.incident || null}
            onChange={(incident) => {
              onChange({ ...selector, incident });
            }}
            options={incidents}
            required
          />
          <Choice
            label={words.position}
            value={selector.position || null}
            onChange={(position) => {
              onChange({ ...selector, position });
            }}
            options={positions}
            required
          />
        </>
      );
    case "staff":
      return (
        <Choice
          label={words.incident}
          value={selector.incident || null}
          onChange={(incident) => {
            onChange({ ...selector, incident });
          }}
          options={incidents}
          required
        />
      );
    case "group":
      return (
        <Choice
          label={words.group}
          value={selector.group || null}
          onChange={(group) => {
            onChange({ ...selector, group });
          }}
          options={options?.groups ?? []}
          required
        />
      );
    case "onCall":
      return (
        <Choice
          label={words.schedule}
          value={selector.schedule || null}
          onChange={(schedule) => {
            onChange({ ...selector, schedule });
          }}
          options={options?.schedules ?? []}
          required
        />
      );
    case "qualified":
      return (
        <>
          <Choice
            label={words.organization}
            value={selector.organization || null}
            onChange={(organization) => {
              onChange({ ...selector, organization });
            }}
            options={organizations}
            required
          />
          <Choice
            label={words.position}
            value={selector.position || null}
            onChange={(position) => {
              onChange({ ...selector, position });
            }}
            options={positions}
            required
          />
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
      return (
        <Choice
          label={words.message}
          value={selector.message || null}
          onChange={(message) => {
            onChange({ ...selector, message });
          }}
          options={options?.messages ?? []}
          required
        />
      );
  }
}
