import type { Templates } from "../../hub";

/** What stands out, and questions that wait. */
export const watch: Templates = {
  OPEN_QUESTION: "{question}",
  COMMAND_VACANT:
    "nadie tiene el mando mientras trabajan recursos ({count}); quien esté allí asume el mando",
  SPAN_OF_CONTROL:
    "{reports} dependen de {post}; lo mejor son unos cinco: abra una rama, división o grupo intermedio",
  SAFETY_OFFICER_VACANT: [
    "nadie es Oficial de Seguridad, y el incidente es de tipo {level}; asigne a alguien, o el Comandante responde en persona por la seguridad",
    "nadie es Oficial de Seguridad, y el peligro es de los que lesionan al personal de respuesta; asigne a alguien, o el Comandante responde en persona por la seguridad",
  ],
  COMMANDER_SILENT:
    "sin noticias del Comandante de {agency} desde hace {minutes} minutos; llámelo y anote lo que diga",
  ON_DUTY_TOO_LONG: "la misma persona ocupa {post} desde hace {hours} horas; relévela",
  PERSON_ON_TWO_INCIDENTS:
    "quien ocupa {post} tiene también un puesto en otro incidente; relévelo de uno de los dos",
  POSTS_INCOMPATIBLE:
    "una sola persona ocupa {post} y {other} a la vez; un Oficial de Seguridad no tiene otro puesto",
  QUESTION_UNANSWERED:
    "la solicitud {number} espera a alguien desde hace más de {minutes} minutos; mire sus preguntas abiertas",
  TRANSFER_UNANSWERED:
    "se propuso un traspaso del mando hace más de {minutes} minutos; acéptelo o rechácelo",
  JOINING_UNANSWERED:
    "se pidió a una institución que se una al mando hace más de {minutes} minutos; acepte o rechace",
  JOINT_DECISION_UNSIGNED:
    "una decisión conjunta espera firmas desde hace más de {minutes} minutos; fírmenla todos los comandantes",
  PAR_INCOMPLETE:
    "recursos que no han respondido por su personal: {missing}; llámelos de nuevo y trate como desaparecido a quien no responda",
  PAR_SHORT:
    "{present} de {expected} personas de un recurso están localizadas; trátelo como un Mayday hasta hallar a las demás",
  PERIOD_WITHOUT_PLAN:
    "el período {number} corre sin plan aprobado; haga que se redacte y se firme",
  RESOURCES_ELSEWHERE:
    "{count} recursos trabajan en algo distinto de su asignación de trabajo del período {number}; reasígnelos o cámbiela",
  NEXT_PLAN_MISSING: [
    "el período {number} termina a las {end}, y el plan del período {next} no está aprobado; haga que se redacte y se firme",
    "el período {number} termina a las {end}, y no hay período siguiente planeado; planéelo",
  ],
  OBJECTIVE_OVERDUE:
    "el objetivo «{objective}» del período {number} vencía a las {deadline}; diga que se cumplió, déjelo o póngale otro plazo",
  NEED_NOT_ORDERED:
    "a {place} le faltan {lacking} de {required} {kind} en el período {number}; pídalos (213RR) o acepte el riesgo",
  CRITICAL_NEED_NOT_ORDERED:
    "el resumen de la situación del período {number} necesita {quantity} {kind} que ninguna solicitud pide; pídalos (213RR) y nombre allí la solicitud",
  CHANNEL_UNKNOWN:
    "{place} usa el canal «{channel}» en el período {number}, y no está en el plan de comunicaciones; añádalo allí o quítelo de la asignación",
  MEDICAL_PLAN_STALE:
    "los hospitales del plan médico del período {number} no se confirman desde {confirmed}; llámelos y escriba de nuevo el plan médico",
  RESOURCES_NOT_ASSIGNED:
    "{count} recursos registrados no están en ninguna asignación de trabajo del período {number}; asígnelos",
  PLAN_CHANGED:
    "el plan del período {number} cambió después de aprobarse la revisión {revision}; redacte y firme la siguiente",
};
