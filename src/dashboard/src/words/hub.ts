/** What the hub says in a sentence, in the language of whoever reads it. Pure. */
/**
 * A sentence for each code, with the names of the hub's values in braces. Where the hub says several
 * under one code, they stand in a list: the first is taken whose values are all there.
 */
export type Templates = Readonly<Record<string, string | readonly string[]>>;

/**
 * Values that the hub takes from a fixed list, in other words: by the name of the value, or where it
 * has to agree with the sentence by `CODE.name`. What varies in one stands in braces, as in the
 * hub's sources; in the other words it follows in the same order, and may be left out.
 */
export type Phrases = Readonly<Record<string, Readonly<Record<string, string>>>>;

type Values = readonly { name: string; value: string }[];

/** What a language has for the hub's sentences. English has none: it is what the hub speaks. */
export interface HubWords {
  refusals: Templates;
  watch: Templates;
  phrases: Phrases;
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

/** Null where there is no template, or a value is missing in each. */
function filled(
  code: string,
  templates: Templates[string] | undefined,
  values: Values,
  known: Phrases,
): string | null {
  const there = new Map(
    values.map(({ name, value }) => [name, phrase(known[`${code}.${name}`] ?? known[name], value)]),
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
function phrase(known: Phrases[string] | undefined, value: string): string {
  if (!known) return value;
  const one = (text: string) => known[text] ?? text;
  return known[value] ?? varied(known, value) ?? value.split(", ").map(one).join(", ");
}

const SLOT = /\{\w*\}/;

/** The first phrase with something that varies in it that fits a value. */
function varied(known: Phrases[string], value: string): string | null {
  for (const [said, told] of Object.entries(known)) {
    const parts = said.split(SLOT);
    if (parts.length === 1) continue;
    const found = new RegExp(`^${parts.map(plain).join("(.*)")}$`, "s").exec(value);
    if (found) return inserted(told, found.slice(1));
  }
  return null;
}

const plain = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const inserted = (told: string, values: readonly string[]) =>
  told
    .split(SLOT)
    .map((part, n) => (n === 0 ? part : `${values[n - 1] ?? ""}${part}`))
    .join("");
