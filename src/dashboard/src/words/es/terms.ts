/** Agreements in plain words, as the hub says them in English (`src/sharing/in_words.rs`). Pure. */
import type {
  FieldGroup,
  PlacePrecision,
  ShareableRecord,
  TimePrecision,
} from "../../api/generated/graphql";
import { called } from "../catalog";
import type { SaidTerm } from "../hub";
import { hazards } from "./catalog/hazards";
import { names } from "./names";

/** Incidents that a sentence names by their numbers; more are counted. */
const NUMBERS_MAX = 5;

/**
 * What one term of an agreement says, every part of it, so that nothing is agreed which was not
 * said. The numbers are those of its incidents, null where not all of them are known.
 */
export function termText(term: SaidTerm, numbers: readonly string[] | null): string {
  const shows = term.gives.length > 1 ? "muestran" : "muestra";
  const to = `${sideOf(term.gives)} ${shows} a ${sideOf(term.receives)}`;
  const area = term.area === null ? "" : ", en el área dibujada en el acuerdo";
  const order = Object.keys(groups) as FieldGroup[];
  const said = order.filter((group) => term.groups.includes(group));
  return [
    `${to} sus ${and(term.records.map((record) => records[record]))} (${realityOf(term)})`,
    `${incidentsOf(term, numbers)}${area}, con marca ${names.marking[term.upTo]} a lo sumo: `,
    and(said.map((group) => groups[group](term))),
    term.passesOn ? "; incluye lo que otros dieron y dejaron pasar" : "",
    term.tellsWithheld ? "; lo que se reserva se nombra como reservado" : "",
    term.onward ? "; se puede pasar a otros." : "; no se pasa a otros.",
  ].join("");
}

const and = (parts: readonly string[]) =>
  new Intl.ListFormat("es", { type: "conjunction" }).format(parts);

const sideOf = (side: SaidTerm["gives"]) =>
  and(side.map(({ name }) => name)) || "nadie que usted pueda ver";

const records: Readonly<Record<ShareableRecord, string>> = {
  INCIDENT: "incidentes",
  SIGNAL: "señales",
  NOTE: "notas del diario",
  PERSON: "personas",
  PLAN: "períodos operacionales con sus planes",
  STRUCTURE: "estructuras de mando",
  POST: "puestos",
  QUALIFICATION: "calificaciones",
  RESOURCE: "recursos",
  REQUEST: "solicitudes de recursos",
};

function realityOf({ exercise }: SaidTerm): string {
  if (exercise === null) return "reales y de ejercicio";
  return exercise ? "solo de ejercicio" : "solo reales";
}

function incidentsOf({ kinds, records: of, these }: SaidTerm, numbers: readonly string[] | null) {
  const belong = of.every((record) => record === "INCIDENT") ? "" : " que pertenecen a incidentes";
  if (kinds) {
    const told = kinds.map(({ name }) => called(name, hazards).toLowerCase());
    return `${belong} de ${told.length === 1 ? "la clase" : "las clases"} ${and(told)}`;
  }
  return these ? `${belong}, solo ${numbersOf(these.length, numbers)}` : "";
}

function numbersOf(count: number, numbers: readonly string[] | null): string {
  if (numbers && count <= NUMBERS_MAX) return and(numbers);
  return count === 1 ? "uno que se nombra en el acuerdo" : `${count} que se nombran en el acuerdo`;
}

const places: Readonly<Record<PlacePrecision, string>> = {
  EXACT: "el lugar exacto",
  STREET: "el lugar con precisión de 100 m",
  KILOMETRE: "el lugar con precisión de 1 km",
  COUNTY: "el lugar con precisión de 50 km",
};

const times: Readonly<Record<TimePrecision, string>> = {
  EXACT: "las horas exactas",
  MINUTE: "las horas con precisión de un minuto",
  HOUR: "las horas con precisión de una hora",
  DAY: "las horas con precisión de un día",
};

type Told = (term: SaidTerm) => string;

/** In the order in which the hub says them. */
const groups: Readonly<Record<FieldGroup, Told>> = {
  IDENTITY: () => "qué es",
  STATUS: () => "cómo está",
  ASSESSMENT: () => "cuán grave se estima",
  PLACE: ({ place }) => places[place],
  COMMAND: () => "quién dirige",
  LINKS: () => "con qué se relaciona",
  CONTENT: () => "el texto",
  SOURCE: () => "de dónde vino",
  HISTORY: ({ time }) => times[time],
};
