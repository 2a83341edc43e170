/** What can be chosen for an audience: everything of it that the reader sees. */
import { graphql } from "../../api/generated";
import { useAnswer } from "../../api/useAnswer";
import type { Option } from "../../ui/Fields";
import { useCalled } from "../../words";

const AudienceOptions = graphql(`
  query AudienceOptions {
    organizations(first: 200) {
      nodes {
        id
        code
        name
      }
    }
    groups(first: 200) {
      nodes {
        id
        name
        size
      }
    }
    schedules(first: 200) {
      nodes {
        id
        name
      }
    }
    positions {
      code
      title
    }
    incidents(first: 200, filter: { live: true }) {
      nodes {
        id
        number
        name
        exercise
      }
    }
    messages(first: 100, stages: [RUNNING, ENDED, STOPPED]) {
      nodes {
        id
        subject
      }
    }
  }
`);

export interface Options {
  organizations: readonly Option<string>[];
  groups: readonly Option<string>[];
  schedules: readonly Option<string>[];
  positions: readonly Option<string>[];
  incidents: readonly (Option<string> & { exercise: boolean })[];
  messages: readonly Option<string>[];
}

const EVERY_MS = 60_000;

/** Null until they are known. */
export function useOptions(): Options | null {
  const called = useCalled();
  const { data } = useAnswer(AudienceOptions, {}, { everyMs: EVERY_MS });
  if (!data) return null;
  return {
    organizations: data.organizations.nodes.map(({ id, code, name }) => ({
      id,
      label: code,
      hint: name,
    })),
    groups: data.groups.nodes.map(({ id, name, size }) => ({
      id,
      label: size === null ? name : `${name} (${size})`,
    })),
    schedules: data.schedules.nodes.map(({ id, name }) => ({ id, label: name })),
    positions: data.positions.map(({ code, title }) => ({
      id: code,
      label: `${code} · ${called(title)}`,
    })),
    incidents: data.incidents.nodes.map(({ id, number, name, exercise }) => ({
      id,
      label: `${number} ${name}`,
      exercise,
    })),
    messages: data.messages.nodes.map(({ id, subject }) => ({ id, label: subject })),
  };
}
