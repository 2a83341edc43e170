/** The commands that can be given on every page. */
import { useEffect, useMemo } from "react";

import { logOut, useMayManageAccounts } from "../api/session";
import { useStore } from "../api/store";
import { useCommands, type CommandEntry } from "../ui/commands";
import { listenForKeys } from "../ui/keyboard";
import { go } from "../ui/route";
import { symbolSets, symbolSetStore } from "../ui/symbolSet";
import { languages, languageStore, useWords } from "../words";
import { openPalette } from "./paletteState";
import { setWall, themes, themeStore, wallStore } from "./theme";

export function useShellCommands(): void {
  const { app: words, accounts } = useWords();
  const manages = useMayManageAccounts();
  const wall = useStore(wallStore);
  useEffect(listenForKeys, []);
  const commands = useMemo<CommandEntry[]>(() => {
    const page = (id: string, label: string, path: string, key: string): CommandEntry => ({
      id: `go.${id}`,
      words: label,
      group: "go",
      keys: `g ${key}`,
      run: () => {
        go(path);
      },
    });
    return [
      page("picture", words.picture, "/", "p"),
      page("messages", words.messages, "/messages", "m"),
      page("agreements", words.agreements, "/agreements", "a"),
      page("outbox", words.outbox, "/outbox", "o"),
      ...(manages
        ? [{ ...page("accounts", accounts.go, "/accounts", "u"), also: accounts.goAlso }]
        : []),
      {
        id: "palette",
        words: words.commands,
        group: "view",
        keys: "mod+k",
        run: openPalette,
      },
      ...themes.map<CommandEntry>((theme) => ({
        id: `theme.${theme}`,
        words: `${words.theme.label}: ${words.theme[theme]}`,
        group: "view",
        run: () => {
          themeStore.set(theme);
        },
      })),
      ...symbolSets.map<CommandEntry>((set) => ({
        id: `symbols.${set}`,
        words: `${words.symbols.label}: ${words.symbols[set]}`,
        group: "view",
        run: () => {
          symbolSetStore.set(set);
        },
      })),
      ...languages.map<CommandEntry>((language) => ({
        id: `language.${language}`,
        words: `${words.language.label}: ${words.language[language]}`,
        group: "view",
        run: () => {
          languageStore.set(language);
        },
      })),
      {
        id: "wall",
        words: words.wall,
        group: "view",
        keys: "W",
        run: () => {
          setWall(!wall);
        },
      },
      {
        id: "print",
        words: words.print,
        group: "view",
        keys: "P",
        run: () => {
          window.print();
        },
      },
      { id: "log-out", words: words.logOut, group: "view", run: () => void logOut() },
    ];
  }, [words, accounts, manages, wall]);
  useCommands(commands);
}
