import type { core as en } from "../../en/room/core";

export const core: typeof en = {
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
  goTab: (tab) => `Sala: ${tab}`,
  noIncident: "No existe tal incidente para usted. Quizá ya no se comparte con usted.",
  changeStatus: "Cambiar el estado",
  writeNote: "Escribir una nota",
  reason: "Motivo",
  reasonOptional: "Motivo (opcional)",
  takenBack: "Revertido",
  none: "Nada.",
  type: (type) => `Tipo ${type}`,
  isDuplicateOf: "Es un duplicado de",
};
