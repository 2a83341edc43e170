import type { Words } from "../en";

export const attention: Words["attention"] = {
  title: "Atención",
};
