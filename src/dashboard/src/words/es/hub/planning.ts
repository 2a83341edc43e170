import type { Templates } from "../../hub";

/** Refusals about operational periods and their plans. */
export const planning: Templates = {
  PERIOD_UNKNOWN: "no existe el período operacional {value}; compruebe el identificador",
  RESOURCE_NOT_HERE:
    "«{name}» no está comprometido con este incidente; primero comprométalo o solicítelo",
  PERIOD_PLANNED:
    "el período {number} ya está planeado; ajústelo, o comiéncelo antes de planear otro",
  PERIOD_NOT_CONTIGUOUS:
    "el período siguiente comienza cuando termina el período {number}, a las {end}; deje el comienzo vacío, o ajuste el fin del período {number}",
  PERIOD_OVERLAPPING:
    "el período {number} duró hasta las {end}; elija un comienzo que no sea anterior",
  PERIOD_LENGTH:
    "el período {number} duraría {minutes} minutos; un período dura de {hours_min} a {hours_max} horas",
  PERIOD_END_PAST:
    "el período {number} terminaría a las {end}, que ya pasó; elija un fin posterior",
  PERIOD_TOO_FAR:
    "un período se planea a lo sumo con {days_max} días de antelación; elija un comienzo anterior",
  PERIOD_HAS_STARTED:
    "el período {number} ya comenzó, así que su comienzo queda como está; ajuste su fin",
  PERIOD_OVER:
    "el período {number} terminó y queda como fue; trabaje en el actual o en el siguiente",
  PERIODS_FULL:
    "el incidente ha tenido {count} períodos y no puede tener más; abra una parte de él",
  OBJECTIVE_UNKNOWN: "no existe el objetivo {value} en este período; compruebe el identificador",
  OBJECTIVE_CLOSED: "este objetivo está {outcome}; fije uno nuevo",
  ORDER_INCOMPLETE:
    "el orden debe nombrar una vez cada uno de los {count} objetivos abiertos; {problem}",
  MEETING_HELD: "esta reunión ya se celebró ({meeting}); lo que se añada, escríbalo como nota",
  MEETING_TWICE: "la plantilla nombra dos veces una reunión ({meeting}); nómbrela una vez",
  MEETING_TOO_EARLY:
    "la reunión ({meeting}) sería {minutes} minutos antes del período; indique a lo sumo {hours_max} horas",
  WORK_UNKNOWN: "no existe la asignación de trabajo {value} en este período; compruébelo",
  PLACE_TAKEN: "«{place}» ya tiene una asignación de trabajo; cambie esa",
  POST_DISSOLVED: "«{name}» se disolvió; elija un puesto que esté abierto",
  RESOURCE_TAKEN:
    "{resource} está en la asignación de trabajo de «{place}»; primero quítelo de allí",
  NAMED_TWICE: [
    "«{field}» nombra «{name}» dos veces; nómbrelo una vez",
    "un recurso se nombra dos veces; nombre cada uno una vez, con su cantidad",
  ],
  NO_OBJECTIVES:
    "el período {number} no tiene objetivos; fije al menos uno antes de redactar su plan (ICS 202)",
  CHANNEL_UNKNOWN:
    "el canal «{channel}» de «{place}» no está en el plan de comunicaciones; añádalo allí o quítelo de la asignación (ICS 204, 205)",
  ORAL_NOT_ENOUGH:
    "un incidente de tipo {level} necesita un plan escrito; de palabra basta para los tipos 5 y 4",
  REVISIONS_FULL: "el plan del período {number} ha tenido {count} revisiones y no puede tener más",
  REVISION_UNKNOWN:
    "el plan del período {number} no tiene revisión {revision}; redacte una, o compruebe el número",
  REVISION_OLD: "la revisión {revision} se reemplazó; firme la revisión {last}",
  PLAN_CHANGED:
    "el plan del período {number} cambió después de redactarse la revisión {revision}; redacte la siguiente y firme esa",
  PLAN_IN_FORCE:
    "la revisión {revision} del plan del período {number} está vigente sin su firma; para firmar el plan, haga redactar la siguiente revisión",
  PART_OVERTAKEN:
    "esto cambió desde que usted lo leyó ({part}); léalo de nuevo y haga sus cambios sobre lo que dice ahora",
  NUMBER_LOWERED:
    "se informaron {was} ({what}) y ahora serían {is}; tales números solo suben, así que diga en la corrección por qué es menos",
  FATALITIES_NOT_CONFIRMED:
    "los fallecidos nunca se estiman; nombre la autoridad que los confirmó, como el médico forense",
  DAMAGE_TWICE: "se nombra dos veces un tipo de estructura; póngalo todo en una fila",
  KIND_UNKNOWN:
    "ninguna definición de recursos conoce «{kind}»; nombre el tipo como su definición, por ejemplo `fire-engine`",
  ORDER_ELSEWHERE:
    "la solicitud {number} no es una vigente de este incidente; nombre la que pide lo que se necesita, o ninguna",
  NOT_COMMANDER: "el plan lo firman solo quienes tienen el mando: {commanders}",
};
