/** What the hub says in a sentence, in the language of whoever reads it. Pure. */
import type {
  FieldGroup,
  Marking,
  PlacePrecision,
  ShareableRecord,
  TimePrecision,
} from "../api/generated/graphql";

/**
 * A sentence for each code, with the names of the hub's values in braces. Where the hub says several
 * under one code, they stand in a list: the first is taken whose values are all there.
 */
export type Templates = Readonly<Record<string, string | readonly string[]>>;

/**
 * Values that the hub takes from a fixed list, in other words: by the name of the value, or where it
 * has to agree with the sentence by `CODE.name`. What varies in one stands in braces, as in the
 * hub's sources; in the other words it follows in the same order, and may be left out. Where these name
 * it, it is told by the phrases of that name itself.
 */
export type Phrases = Readonly<Record<string, Readonly<Record<string, string>>>>;

type Values = readonly { name: string; value: string }[];

/** All that a term of an agreement says. */
export interface SaidTerm {
  gives: readonly { name: string }[];
  receives: readonly { name: string }[];
  records: readonly ShareableRecord[];
  kinds: readonly { name: string }[] | null;
  these: readonly string[] | null;
  area: readonly unknown[] | null;
  exercise: boolean | null;
  upTo: Marking;
  groups: readonly FieldGroup[];
  place: PlacePrecision;
  time: TimePrecision;
  passesOn: boolean;
  tellsWithheld: boolean;
  onward: boolean;
}

/** What a language has for the hub's sentences. English has none: it is what the hub speaks. */
export interface HubWords {
  refusals: Templates;
  watch: Templates;
  timeline: Templates;
  reasons: Templates;
  phrases: Phrases;
  /** A term of an agreement in a sentence, with the numbers of its incidents if all are known. */
  term: (term: SaidTerm, numbers: readonly string[] | null) => string;
}

/** Something that stands out, or a question that waits. */
export function watchText(
  { code, values, sentence }: { code: string; values: Values; sentence: string },
  to: HubWords | null,
): string {
  return (to && filled(code, to.watch[code], values, to.phrases)) ?? sentence;
}

/** Why the hub did not do something. */
export function refusalText(
  { code, values, message }: { code: string; values: Values; message: string },
  to: HubWords | null,
): string {
  return (to && filled(code, to.refusals[code], values, to.phrases)) ?? message;
}

/** What happened; null where that is withheld. */
export function lineText(
  { code, values, what }: { code: string | null; values: Values; what: string | null },
  to: HubWords | null,
): string | null {
  if (!to || what === null || code === null) return what;
  return code === "SETTLED" ? settled(values, what, to) : (happened(code, values, to) ?? what);
}

/** That something stands out no more, whose own code and values are among those of the line. */
function settled(values: Values, what: string, to: HubWords): string {
  const item = valueOf(values, "item") ?? what;
  const told = watchText({ code: valueOf(values, "code") ?? "", values, sentence: item }, to);
  return filled("SETTLED", to.timeline["SETTLED"], [{ name: "item", value: told }], {}) ?? what;
}

/** With the reason behind it, as the hub adds one, unless the sentence has it in itself. */
function happened(code: string, values: Values, to: HubWords): string | null {
  const templates = to.timeline[code] ?? to.watch[code];
  const told = filled(code, templates, values, to.phrases);
  const reason = valueOf(values, "reason");
  if (told === null || reason === undefined) return told;
  const within = [templates ?? []].flat().some((one) => namesIn(one).includes("reason"));
  return within ? told : `${told}: ${reasonText(reason, to)}`;
}

const valueOf = (values: Values, name: string) => values.find((one) => one.name === name)?.value;

/** A value that stands alone, by the name that it has in sentences. */
export const valueText = (name: string, value: string, to: HubWords | null): string =>
  to ? phrase(to.phrases, name, value) : value;

/** Why something was done: told where the hub itself said so, and as it is where a person did. */
export const reasonText = (reason: string, to: HubWords | null): string =>
  valueText("reason", reason, to);

interface Explained {
  shown: boolean;
  exactness: string | null;
  reasons: readonly { code: string; sentence: string; values: Values }[];
  sentence: string;
}

/** Why something is shown or hidden, a part for each reason. */
export function explainedText(
  { shown, exactness, reasons, sentence }: Explained,
  to: HubWords | null,
): string[] {
  if (!to) return asTheHubSays(sentence, reasons);
  const tell = (code: string, values: Values) => filled(code, to.reasons[code], values, to.phrases);
  return reasons.map((reason, n) => {
    const told = tell(reason.code, reason.values) ?? reason.sentence;
    if (n > 0) return told;
    const exactly = exactness === null ? [] : [{ name: "exactness", value: exactness }];
    const whole = [{ name: "reason", value: told }, ...exactly];
    return tell(shown ? "SHOWN" : "HIDDEN", whole) ?? told;
  });
}

/** The reasons one by one, the first after what the whole sentence begins with. */
function asTheHubSays(sentence: string, reasons: Explained["reasons"]): string[] {
  const [first = "", ...others] = reasons.map((reason) => reason.sentence);
  const at = sentence.indexOf(first);
  return at < 0 || first === "" ? [sentence] : [sentence.slice(0, at) + first, ...others];
}

/** Null where there is no template, or a value is missing in each. */
function filled(
  code: string,
  templates: Templates[string] | undefined,
  values: Values,
  known: Phrases,
): string | null {
  const there = new Map(
    values.map(({ name, value }) => {
      const own = `${code}.${name}`;
      return [name, phrase(known, own in known ? own : name, value)];
    }),
  );
  const fits = (template: string) => namesIn(template).every((name) => there.has(name));
  const template = [templates ?? []].flat().find(fits);
  return template?.replace(NAME, (_, name: string) => there.get(name) ?? "") ?? null;
}

const NAME = /\{(\w+)\}/g;

/** The names of the values that a template wants. */
export const namesIn = (template: string): string[] =>
  [...template.matchAll(NAME)].map(([, name]) => name ?? "");

/** A value, or each part of a list of them, in other words; as it is where there are none. */
function phrase(all: Phrases, name: string, value: string): string {
  const known = all[name];
  if (!known) return value;
  const own = (text: string) => (Object.hasOwn(known, text) ? known[text] : undefined);
  const one = (text: string) => own(text) ?? text;
  return own(value) ?? varied(all, known, value) ?? value.split(", ").map(one).join(", ");
}

const SLOT = /\{(\w*)\}/;

/** What stands between that which varies in a phrase. */
export const fixedIn = (said: string): string[] => said.split(SLOT).filter((_, n) => n % 2 === 0);

/** The first phrase with something that varies in it that fits a value. */
function varied(all: Phrases, known: Phrases[string], value: string): string | null {
  for (const [said, told] of Object.entries(known)) {
    const parts = fixedIn(said);
    if (parts.length === 1) continue;
    const found = new RegExp(`^${parts.map(plain).join("(.*)")}$`, "s").exec(value);
    if (found) return inserted(all, told, found.slice(1));
  }
  return null;
}

const plain = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The parts of a split by slots are in turn what is fixed and the name of what varies. */
const inserted = (all: Phrases, told: string, values: readonly string[]) =>
  told
    .split(SLOT)
    .map((part, n) => (n % 2 === 0 ? part : phrase(all, part, values[(n - 1) / 2] ?? "")))
    .join("");
