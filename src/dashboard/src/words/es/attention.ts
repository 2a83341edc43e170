import type { Words } from "../en";

export const attention: Words["attention"] = {
  title: "Atención",
  ofThePresent: "Esto es de ahora, muestre lo que muestre la situación.",
  nothing: "Nada le necesita ahora.",
  mine: "Usted o su organización",
  waiting: "Usted espera a otros",
  others: "Otros deben hacer algo",
  owner: (code) => `para ${code}`,
  everybody: "de todos",
  due: "vence",
  overdue: "vencido",
  more: (count) => `${count} más`,
  counts: (count) => (count === 1 ? "1 le necesita" : `${count} le necesitan`),
  open: "Abrir",
  answer: "Responder",
  goOn: "Aprobar o enviar",
  release: "Ver y autorizar",
  launch: "Ver y lanzar",
  openIncident: "Abrir un incidente",
  sentences: {
    release: (subject) => `El mensaje «${subject}» espera su autorización.`,
    held: (subject) => `Su mensaje «${subject}» espera la autorización de otra persona.`,
    launch: (subject) =>
      `El mensaje «${subject}» está autorizado pero no lanzado; nadie ha sido avisado.`,
    needsHelp: (subject, count) =>
      count === 1
        ? `Alguien necesita ayuda; lo dijo al mensaje «${subject}».`
        : `${count} personas necesitan ayuda; lo dijeron al mensaje «${subject}».`,
    silent: (subject, count) =>
      count === 1
        ? `1 persona no ha confirmado «${subject}», pese a todo intento.`
        : `${count} personas no han confirmado «${subject}», pese a todo intento.`,
    period: (number, incident, past) =>
      `El período operacional ${number} de ${incident} ${past ? "debía haber terminado" : "termina pronto"}.`,
    meeting: (meeting, number, incident, past, more) => {
      const what = `${meeting} para el período ${number} de ${incident}`;
      const others = more === 0 ? "" : ` También lo que sigue (${more}).`;
      return past ? `${what}: atrasado.${others}` : `${what}: pronto.`;
    },
    request: (number, outstanding) =>
      `A la solicitud ${number} le faltan ${outstanding}, y se quieren pronto.`,
    offer: (by, request) => `La oferta de ${by} para ${request} termina pronto.`,
    transfer: (incident, from) => `${from} ofrece el mando de ${incident} a su organización.`,
    joining: (incident, from) =>
      `${from} pide a su organización que se una al mando de ${incident}.`,
    plan: (revision, period, incident) =>
      `El plan del período ${period} de ${incident} (revisión ${revision}) espera firma.`,
    decision: (what, incident) => `La decisión conjunta «${what}» sobre ${incident} espera firma.`,
    agreement: (title) => `El acuerdo «${title}» espera firma.`,
    suggestion: (headline) => `«${headline}» puede ser un incidente; decida.`,
  },
};
