import type { Words } from "../en";

export const room: Words["room"] = {
  tabs: {
    summary: "Resumen",
    command: "Mando",
    plan: "Objetivos y períodos",
    resources: "Recursos",
    requests: "Solicitudes",
    messages: "Mensajes",
    journal: "Diario",
    sharing: "Quién lo ve",
    timeline: "Cronología",
  },
};
