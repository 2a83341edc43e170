import { resourceNames } from "../../catalog";
import type { Phrases } from "../../hub";
import { catalog } from "../catalog";
import { hazards } from "../catalog/hazards";
import { incidentStatus } from "./stages";

/** Somebody for an organization: `Dana Reyes (MCEM)`. */
const who = { somebody: "alguien", "{name} ({})": "{who} ({})" };

/** Kinds of resource by their ids, as checks of a plan name them. */
const kinds = {
  "{} Type {}": "{kind} tipo {}",
  ...Object.fromEntries(
    Object.entries(resourceNames).map(([id, name]) => [id, catalog[name] ?? id]),
  ),
};

const lower = (text: string) => text.toLowerCase();

/** Why the hub did something, where it says so itself. What a person wrote is in no table. */
const reason = {
  // One reason with another behind it.
  "{} ({})": "{reason} ({reason})",
  "its area overlaps incident {}, {kinds}, {apart} apart":
    "su área se superpone con el incidente {}, {both}, con {apart} de diferencia",
  "it names places of incident {}, {kinds}, {apart} apart":
    "nombra lugares del incidente {}, {both}, con {apart} de diferencia",
  "it fits incident {}, {kinds}, {apart} apart":
    "encaja con el incidente {}, {both}, con {apart} de diferencia",
  "rule `{}` opened the incident from this message":
    "la regla «{}» abrió el incidente a partir de este mensaje",
  "rule `{}` holds, and no open incident fits":
    "la regla «{}» se cumple y no encaja ningún incidente abierto",
  "rule `{}` could not be evaluated: {error}": "no se pudo evaluar la regla «{}»: {}",
  "it updates message {identifier}, which belongs to incident {} {}":
    "actualiza el mensaje {}, que pertenece al incidente {} {}",
  "a person took the message that it updates from incident {}":
    "una persona separó el mensaje que actualiza del incidente {}",
  "the message that it updates belongs to incident {}, which is closed; reopen it if it goes on":
    "el mensaje que actualiza pertenece al incidente {}, que está cerrado; reábralo si continúa",
  "it follows message {}": "sigue al mensaje {}",
  "its last signal was {}": "su última señal quedó {end}",
  "joins command": "se une al mando",
  "takes over command": "recibe el mando",
  "handed command over": "entregó el mando",
  "the request was closed": "se cerró la solicitud",
};

/** What stands in sentences of what happened and of what stands out, from fixed lists. */
export const happened: Phrases = {
  reason,
  both: {
    "both are of the kind {}": "ambos de la clase {hazard}",
    "{} is a kind of {}": "{hazard} es una clase de {hazard}",
    "this is {} and that is {}": "este es {hazard} y aquel {hazard}",
  },
  hazard: Object.fromEntries(
    Object.entries(hazards).map(([name, told]) => [lower(name), lower(told)]),
  ),
  apart: {
    "less than a minute": "menos de un minuto",
    "1 minute": "1 minuto",
    "{} minutes": "{} minutos",
    "{} hours": "{} horas",
    "{} days": "{} días",
  },
  before: incidentStatus,
  after: incidentStatus,
  "INCIDENT_OPENED.status": incidentStatus,
  "INCIDENT_NAMED.kind": hazards,
  end: { superseded: "reemplazada", cancelled: "anulada", expired: "vencida" },
  who,
  "COMMAND_TRANSFERRED.from": who,
  "COMMAND_TRANSFERRED.to": who,
  "TRANSFER_PROPOSED.from": who,
  "TRANSFER_PROPOSED.to": who,
  "JOINING_ASKED.from": who,
  "JOINING_ASKED.to": who,
  kind: kinds,
  exactness: {
    "to 100 m": "con precisión de 100 m",
    "to 1 km": "con precisión de 1 km",
    "to 50 km": "con precisión de 50 km",
    "to the minute": "con precisión de un minuto",
    "to the hour": "con precisión de una hora",
    "to the day": "con precisión de un día",
  },
  by: { "rule `{}`": "la regla «{}»" },
  power: { "its signature": "su firma", "tactical assignments": "las asignaciones tácticas" },
  "RESOURCE_STATUS.status": {
    available: "disponible",
    assigned: "asignado",
    "out of service ({})": "fuera de servicio ({cause})",
  },
  "MEETING_HELD.meeting": {
    "agency administrator briefing": "sesión con el administrador de la institución",
    "incident briefing": "sesión informativa del incidente",
    "initial unified command meeting": "primera reunión del comando unificado",
    "objectives meeting": "reunión de objetivos",
    "command and general staff meeting": "reunión del staff de comando y general",
    "preparation of the tactics meeting": "preparación de la reunión táctica",
    "tactics meeting": "reunión táctica",
    "preparation of the planning meeting": "preparación de la reunión de planeación",
    "planning meeting": "reunión de planeación",
    "preparation and approval of the plan": "preparación y aprobación del plan",
    "operational period briefing": "sesión de operaciones",
  },
  "MESSAGE_ENDED.why": {
    "enough have accepted": "aceptaron suficientes",
    "everybody was told, or everything was tried": "se avisó a todos o se intentó todo",
    "its time is over": "venció su plazo",
  },
  "MESSAGE_STOPPED.reason": { corrected: "corregido", closed: "cerrado" },
};
