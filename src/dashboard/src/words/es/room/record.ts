import type {
  journal as enJournal,
  past as enPast,
  sharing as enSharing,
  timeline as enTimeline,
} from "../../en/room/record";

export const journal: typeof enJournal = {
  title: (count) => `Diario (${count})`,
  empty: "Nadie ha anotado nada.",
  find: "Buscar en el diario",
  write: "Escribir una nota",
  written: "La nota está escrita.",
  text: "Nota",
  marking: "Hasta dónde puede ir",
  unmarked: "Sin marca (cuenta como TLP:GREEN)",
  correct: "Rectificar",
  correctWhich: (text) => `Rectificar: ${text}`,
  correction: "Rectificación",
  corrected: "Rectificada",
};

export const timeline: typeof enTimeline = {
  title: (count, of) => (count === of ? `Qué ocurrió (${of})` : `Qué ocurrió (${count} de ${of})`),
  find: "Buscar lo que ocurrió",
  onlyPeople: "Solo lo que hicieron personas",
  hub: "el servidor",
};

export const past: typeof enPast = {
  only: "Esto es lo que decían entonces la situación y el registro. El mando, los objetivos, los recursos, las solicitudes y los mensajes se muestran solo de ahora.",
  notThere: "El incidente no estaba en esta situación.",
};

export const sharing: typeof enSharing = {
  title: "Quién lo ve, y por qué",
  who: "Visto por",
  me: "Usted",
  what: "Qué",
  records: { INCIDENT: "El incidente", STRUCTURE: "Su mando", PERIOD: "Su período actual" },
  noRecord: "Aún no existe tal registro.",
  onlyOwner: (owner) =>
    `Usted no puede preguntarlo. Es para el dueño del registro (${owner}) y auditores.`,
  agreements: (count) => `Acuerdos vigentes que hablan de incidentes (${count})`,
  agreementsWhy: "Muestran incidentes de una parte a otra, hasta donde dicen sus términos.",
  openAgreement: "Abrir el acuerdo",
};
