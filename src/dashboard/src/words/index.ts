/** The words of the interface, in the language of whoever reads them. */
import { createKeptStore, useStore } from "../api/store";
import { en, type Words } from "./en";
import { es } from "./es";

export const languages = ["en", "es"] as const;
export type Language = (typeof languages)[number];

const preferred = languages.find((one) => navigator.language.startsWith(one)) ?? "en";

export const languageStore = createKeptStore<Language>("muster.language", preferred, languages);

languageStore.follow(() => {
  document.documentElement.lang = languageStore.get();
});
document.documentElement.lang = languageStore.get();

const all: Record<Language, Words> = { en, es };

export const useLanguage = (): Language => useStore(languageStore);

export const useWords = (): Words => all[useLanguage()];

/** The words outside of components. */
export const words = (): Words => all[languageStore.get()];
