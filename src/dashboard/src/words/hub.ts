/** What the hub says in a sentence, in the language of whoever reads it. Pure. */
/**
 * A sentence for each code, with the names of the hub's values in braces. Where the hub says several
 * under one code, they stand in a list: the first is taken whose values are all there.
 */
export type Templates = Readonly<Record<string, string | readonly string[]>>;

/**
 * Values that the hub takes from a fixed list, in other words: by the name of the value, or where it
 * has to agree with the sentence by `CODE.name`.
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
  return known[value] ?? value.split(", ").map(one).join(", ");
}
