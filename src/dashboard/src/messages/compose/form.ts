/** A message as the form keeps it, and as the hub takes it. Pure. */
import type {
  AnswerMeaning,
  MessageChannel,
  MessageContentInput,
  MessageExpects,
  MessagePlanInput,
  MessagePriority,
  MessageWholeFragment,
} from "../../api/generated/graphql";
import { toLocal } from "../../ui/localTime";
import { audienceInput, isWhole, selectorsOf, type Selector } from "./selectors";

export const wordingParts = ["what", "who", "where", "when", "until", "toDo"] as const;
export type WordingPart = (typeof wordingParts)[number];
export type Wording = Record<WordingPart | "language", string>;

export interface Wave {
  afterMinutes: string;
  anyOf: Selector[];
  except: Selector[];
}

export interface Response {
  meaning: AnswerMeaning;
  /** How it is put, in the order of the languages; the usual words where all are empty. */
  labels: string[];
}

export interface Quorum {
  count: string;
  /** Codes and ids; anybody where empty. */
  position: string;
  organization: string;
}

export interface Content {
  priority: MessagePriority;
  public: boolean;
  wordings: Wording[];
  responses: Response[];
}

export interface MessageForm extends Content {
  incident: string;
  exercise: boolean;
  waves: Wave[];
  channels: MessageChannel[];
  enough: Quorum[];
  expects: MessageExpects;
  /** As a field for local time has it; empty when it has no end. */
  until: string;
  intervalSeconds: string;
  cycles: string;
  askAgainMinutes: string;
}

export const emptyWording = (language: string): Wording => ({
  language,
  what: "",
  who: "",
  where: "",
  when: "",
  toDo: "",
  until: "",
});

export const emptyContent = (language: string): Content => ({
  priority: "ROUTINE",
  public: false,
  wordings: [emptyWording(language)],
  responses: [],
});

export const emptyForm = (language: string, incident: string): MessageForm => ({
  ...emptyContent(language),
  incident,
  exercise: false,
  waves: [{ afterMinutes: "0", anyOf: [], except: [] }],
  channels: [],
  enough: [],
  expects: "ACKNOWLEDGEMENT",
  until: "",
  intervalSeconds: "180",
  cycles: "2",
  askAgainMinutes: "",
});

export function contentInput(form: Content): MessageContentInput {
  const texts = (wording: Wording) =>
    Object.fromEntries(wordingParts.map((part) => [part, wording[part].trim() || null]));
  return {
    priority: form.priority,
    public: form.public,
    wordings: form.wordings.map((wording) => ({
      ...texts(wording),
      what: wording.what.trim(),
      language: wording.language.trim(),
    })),
    responses: form.responses.map(({ meaning, labels }) => {
      const said = form.wordings.map((_, n) => labels[n]?.trim() ?? "");
      return { meaning, labels: said.every((label) => label === "") ? [] : said };
    }),
  };
}

export function planInput(form: MessageForm): MessagePlanInput {
  return {
    channels: form.channels,
    expects: form.expects,
    cycles: whole(form.cycles) ?? 2,
    intervalSeconds: whole(form.intervalSeconds) ?? 180,
    askAgainMinutes: whole(form.askAgainMinutes),
    until: form.until === "" ? null : new Date(form.until).toISOString(),
    enough: form.enough.flatMap(({ count, position, organization }) => {
      const number = whole(count);
      return number === null
        ? []
        : [{ count: number, position: position || null, organization: organization || null }];
    }),
    waves: form.waves.map((wave, n) => ({
      afterMinutes: n === 0 ? 0 : (whole(wave.afterMinutes) ?? 0),
      anyOf: audienceInput(wave.anyOf),
      except: wave.except.some(isWhole) ? audienceInput(wave.except) : null,
    })),
  };
}

/** A draft or an earlier message, as the form keeps it. */
export function formOf(message: MessageWholeFragment): MessageForm {
  const { plan } = message;
  const form: MessageForm = {
    ...emptyForm("en", message.incident?.id ?? ""),
    ...contentOf(message),
    exercise: message.exercise,
  };
  if (!plan) return form;
  return {
    ...form,
    channels: plan.channels,
    enough: plan.enough.map(({ count, position, organization }) => ({
      count: String(count),
      position: position ?? "",
      organization: organization?.id ?? "",
    })),
    expects: plan.expects,
    until: plan.until === null ? "" : toLocal(new Date(plan.until)),
    intervalSeconds: String(plan.intervalSeconds),
    cycles: String(plan.cycles),
    askAgainMinutes: plan.askAgainMinutes === null ? "" : String(plan.askAgainMinutes),
    waves: plan.waves.map(({ afterMinutes, anyOf, except }) => ({
      afterMinutes: String(afterMinutes),
      anyOf: selectorsOf(anyOf),
      except: selectorsOf(except),
    })),
  };
}

export function contentOf(message: MessageWholeFragment): Content {
  return {
    priority: message.priority,
    public: message.public ?? false,
    wordings: message.wordings.map(({ language, what, who, where, when, toDo, until }) => ({
      language,
      what,
      who: who ?? "",
      where: where ?? "",
      when: when ?? "",
      toDo: toDo ?? "",
      until: until ?? "",
    })),
    responses: message.responses.map(({ meaning, labels }) => ({ meaning, labels })),
  };
}

function whole(text: string): number | null {
  const number = Number.parseInt(text, 10);
  return Number.isNaN(number) ? null : number;
}
