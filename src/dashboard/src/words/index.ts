/** The words of the interface, in the language of whoever reads them. */
import { persistently } from "../api/persistently";
import { createKeptStore, createStore, useStore } from "../api/store";
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

/** The words outside of components. */
export const words = (): Words => present(spokenStore.get()).words;
