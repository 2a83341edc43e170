import { expect, test } from "vitest";

import { find } from "./commands";
import { commandFor } from "./keyboard";

const command = (id: string, words: string, keys?: string) => ({
  id,
  words,
  group: "go" as const,
  run: () => undefined,
  ...(keys === undefined ? {} : { keys }),
});

test("a sequence of keys goes before a single key", () => {
  const commands = [command("a", "Add", "p"), command("b", "Go to the picture", "g p")];
  expect(commandFor(["x", "g", "p"], commands)?.id).toBe("b");
  expect(commandFor(["x", "p"], commands)?.id).toBe("a");
  expect(commandFor(["g"], commands)).toBeNull();
});

test("commands are found by parts of their words, without accents", () => {
  const commands = [command("a", "Ir a la situación"), command("b", "Situar un recurso")];
  expect(find(commands, "situ").map((one) => one.id)).toEqual(["b", "a"]);
  expect(find(commands, "situacion ir").map((one) => one.id)).toEqual(["a"]);
});
