/** Where incidents and commitments stand, as a value in a sentence. */
export const incidentStatus = {
  reported: "notificado",
  active: "activo",
  contained: "contenido",
  controlled: "controlado",
  demobilizing: "en desmovilización",
  closed: "cerrado",
};

/** Where a commitment stands, as a value of its own and in a list of them. */
export const commitmentStage = {
  committed: "comprometido",
  mobilizing: "movilizándose",
  "en-route": "en camino",
  "en route": "en camino",
  "checked-in": "registrado",
  "checked in": "registrado",
  demobilizing: "en desmovilización",
  released: "liberado",
  cancelled: "anulado",
};
