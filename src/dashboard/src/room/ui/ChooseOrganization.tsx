/** One of the organizations on the hub. */
import { useMemo } from "react";

import { useAnswer } from "../../api/useAnswer";
import { Choice } from "../../ui/Fields";
import { RoomOrganizations } from "../summary/documents";

const NONE: readonly { id: string; code: string; name: string }[] = [];

/** All of them; they change too seldom to be asked again. */
export function useOrganizations(): readonly { id: string; code: string; name: string }[] {
  return useAnswer(RoomOrganizations, {}, { everyMs: null }).data?.organizations.nodes ?? NONE;
}

interface Props {
  label: string;
  name?: string;
  value: string | null;
  onChange: (id: string) => void;
  required?: boolean;
  except?: readonly string[];
}

export function ChooseOrganization({ except, ...rest }: Props) {
  const organizations = useOrganizations();
  const options = useMemo(
    () =>
      organizations
        .filter(({ id }) => !except?.includes(id))
        .map(({ id, code, name }) => ({ id, label: code, hint: name })),
    [organizations, except],
  );
  return <Choice {...rest} options={options} />;
}
