import type { Words } from "../en";

export const picture: Words["picture"] = {
  title: "Situación",
  list: "Lista",
  map: "Mapa",
  incident: "Incidente",
  signal: "Señal",
  resource: "Recurso",
  request: "Solicitud",
  incidents: "Incidentes",
  signals: "Señales",
  resources: "Recursos",
  requests: "Solicitudes",
  empty: "Nada en su situación.",
  emptyWhy: "Lo que otros tienen aparece aquí cuando un acuerdo lo dice.",
  emptyFiltered: "Nada corresponde al filtro.",
  shown: (count, of) => (count === of ? `${of}` : `${count} de ${of}`),
  openRoom: "Abrir la sala del incidente",
};
