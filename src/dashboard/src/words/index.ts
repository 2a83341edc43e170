/** The words of the interface, in the language of whoever reads them. */
import { useCallback } from "react";

import { persistently } from "../api/persistently";
import { createKeptStore, createStore, useStore } from "../api/store";
import { called, resourceCalled } from "./catalog";
import type { Words } from "./en";

export const languages = ["en", "es"] as const;
export type Language = (typeof languages)[number];

const preferred = languages.find((one) => navigator.language.startsWith(one)) ?? "en";

/** The language that somebody chose. */
export const languageStore = createKeptStore<Language>("muster.language", preferred, languages);

const load: Record<Language, () => Promise<Words>> = {
  en: async () => (await import("./en")).en,
  es: async () => (await import("./es")).es,
};

interface Spoken {
  language: Language;
  words: Words;
}

const spokenStore = createStore<Spoken | null>(null);

/** Speaks the chosen language once its words are there; until then the one before. */
async function speak(): Promise<void> {
  const language = languageStore.get();
  const words = await persistently(load[language]);
  if (language !== languageStore.get()) return;
  document.documentElement.lang = language;
  spokenStore.set({ language, words });
}
languageStore.follow(() => void speak());

/** Nothing is shown before there are words for it. */
export const firstWords = speak();

function present(spoken: Spoken | null): Spoken {
  if (!spoken) throw new Error("there are no words yet");
  return spoken;
}

export const useLanguage = (): Language => present(useStore(spokenStore)).language;

export const useWords = (): Words => present(useStore(spokenStore)).words;

/** Tells a name of the hub's own catalogues, such as of a position, in the language of the page. */
export function useCalled(): (name: string) => string {
  const { catalog } = useWords();
  return useCallback((name) => called(name, catalog), [catalog]);
}

/** What kinds of resource are called; their ids before there are words. */
export const resourceCalledNow = (id: string): string =>
  resourceCalled(id, spokenStore.get()?.words.catalog ?? {});

/** The words outside of components. */
export const words = (): Words => present(spokenStore.get()).words;
