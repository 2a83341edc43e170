import type { Words } from "../en";

export const templates: Words["templates"] = {
  title: "Plantillas",
  begin: "Empezar con una plantilla",
  none: "Ninguna",
  keep: "Guardar como plantilla",
  why: "Lo que se comunica a menudo se escribe con calma: el texto, las respuestas, los destinatarios y el orden de aviso. Deje fuera a quienes están en un incidente concreto.",
  name: "Nombre",
  replace: "Reemplazar la plantilla",
  replaces: (name) => `Reemplaza la plantilla ${name}.`,
  kept: "La plantilla está guardada.",
  empty: "Aún no hay plantillas.",
  write: "Escribir con ella",
  discard: "Desechar",
  discardSure: (name) => `¿Desechar la plantilla ${name}?`,
  discarded: "La plantilla está desechada.",
};
