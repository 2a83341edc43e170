import type { Templates } from "../../hub";

/** Refusals about messages, groups, schedules, and how people are reached. */
export const messages: Templates = {
  MESSAGE_UNKNOWN: "no existe el mensaje {value}; compruebe el identificador",
  NOTICE_UNKNOWN: "no existe el aviso {value}; compruebe el identificador",
  MESSAGE_NO_ORGANIZATION:
    "usted no actúa por ninguna organización; los mensajes se envían por una",
  NOTHING_SAID: "el mensaje no dice nada; escríbalo al menos en un idioma",
  LANGUAGE_TWICE: "el mensaje está dos veces en «{language}»; deje uno",
  LANGUAGE_UNUSABLE: "«{language}» no es un idioma; escriba una etiqueta como en, es o pt-BR",
  LABELS_UNFIT:
    "una respuesta tiene {labels} textos y el mensaje {wordings} idiomas; dé un texto para cada uno",
  NOBODY_TO_TELL: "no hay nadie a quien avisar; nombre personas, miembros, puestos o un lugar",
  TOO_MANY_TO_TELL: "se avisaría a {count} personas y pueden ser {count_max}; divida el mensaje",
  MAY_NOT_TELL:
    "algunos son de organizaciones que no le dejan avisarles; déjelos fuera, o pida a sus organizaciones que adopten una política que permita «tellPerson»",
  DEADLINE_PAST: "con su propio plazo ya nadie lo necesitaría; fije uno posterior",
  MESSAGE_STAGE: "el mensaje está {stage}; esto se puede hacer mientras esté {allowed}",
  PREVIEW_STALE: "el texto o los destinatarios cambiaron desde la vista previa; mírela de nuevo",
  RELEASE_NEEDED:
    "este mensaje es para muchos o para el público; primero debe autorizarlo alguien que no sea su autor",
  RELEASED_BY_AUTHOR: "usted escribió este mensaje; debe autorizarlo otra persona",
  TEMPLATE_OF_OCCASION:
    "una plantilla es para toda ocasión; deje fuera a quienes están en un incidente, y el plazo",
  TEMPLATE_NAME_TAKEN: "ya hay una plantilla «{name}»; cambie esa, o elija otro nombre",
  NOT_LAUNCHED: "el mensaje no se envió; no avisó de nada a nadie",
  REACHED_NOBODY: "el mensaje no llegó a nadie; no hay a quién decirle otra cosa",
  NOT_A_RECIPIENT: "el mensaje no fue a esta persona; compruebe a cuál se refieren",
  RESPONSE_UNKNOWN: "no es ninguna de las respuestas del mensaje; elija una de ellas por su número",
  DRILL_UNTIL_UNUSABLE:
    "un simulacro termina dentro de {hours_max} horas desde ahora; fije su fin dentro de ellas",
  TOO_MANY_DRILLS: "ya hay {count} proveedores fuera; primero reincorpore uno",
  GROUP_UNKNOWN: "no existe el grupo {value}; compruebe el identificador",
  GROUP_ORGANIZATION_MISSING: "un grupo es de una organización; actúe por una",
  GROUP_NAME_TAKEN: "su organización ya tiene un grupo «{name}»; elija otro nombre",
  GROUP_DISSOLVED: "el grupo «{name}» se disolvió; forme uno nuevo",
  GROUP_MEMBER_ADDED_AND_REMOVED:
    "la persona {value} está entre quienes entran y quienes salen; nómbrela una vez",
  CONTACT_NUMBER_UNUSABLE:
    "el canal {number} no tiene un teléfono en forma internacional; escríbalo con + y el código del país, como +12025550143",
  CONTACT_MAILBOX_UNUSABLE: "el canal {number} no tiene un buzón; escríbalo como nombre@dominio",
  CONTACT_TOPIC_UNUSABLE:
    "el canal {number} no tiene un tema MQTT en el que publicar; no use +, # ni un $ inicial",
  CONTACT_URL_UNUSABLE:
    "el canal {number} no tiene una dirección a la que enviar; escriba una URL con http o https, sin contraseña",
  CONTACT_SUBSCRIPTION_UNUSABLE:
    "el canal {number} no tiene una suscripción de un navegador; dé su JSON con endpoint y keys",
  CONTACT_CHANNEL_TWICE:
    "el canal {number} ya está; nombre cada vía una vez, en el orden en que se prueban",
  CONTACT_TIME_ZONE_UNKNOWN:
    "el canal {number} tiene horas de descanso en un huso horario desconocido; dé un nombre de IANA",
  CONTACT_LANGUAGE_UNUSABLE:
    "el idioma {number} no es una etiqueta de idioma; escríbalo como es o en-US",
  CONTACT_PLACE_UNUSABLE:
    "el lugar {number} no está en el globo; ¿están cambiadas la longitud y la latitud?",
  SCHEDULE_UNKNOWN: "no existen los turnos de guardia {value}; compruebe el identificador",
  SCHEDULE_ORGANIZATION_MISSING: "los turnos son de una organización; actúe por una",
  SCHEDULE_NAME_TAKEN: "su organización ya tiene turnos «{name}»; elija otro nombre",
  SCHEDULE_ENDED: "los turnos «{name}» se terminaron; cree otros",
  TIME_ZONE_UNKNOWN:
    "no existe el huso horario «{name}»; dé un nombre de IANA, como America/New_York",
  ROTATION_TWICE: "dos rotaciones o calendarios se llaman «{name}»; dé a cada uno su propio nombre",
  ROTATION_UNKNOWN:
    "no hay una rotación ni un calendario «{name}» en estos turnos; compruebe el nombre",
  HOURS_WITHOUT_DAYS: "un horario sin días nunca se da; nombre al menos un día de la semana",
  HOLIDAY_TWICE: "{date} es dos veces festivo para la misma rotación; nómbrelo una vez",
  DATE_UNUSABLE: "{date} no es una fecha para turnos; elija una entre 1970 y 2200",
  TIMES_UNUSABLE:
    "de {from} a {to} no es un tiempo de guardia; termina después de empezar y dura a lo sumo {days_max} días",
  OVERRIDE_UNKNOWN: "no existe la sustitución {value} en estos turnos; quizá se quitó",
  NOBODY_STANDS_IN: "nombre quién entra o quién sale, dos personas distintas si son ambas cosas",
  NOT_ON_CALL:
    "la persona {person} no está de guardia entre {from} y {to}; mire de nuevo los turnos",
  SWAP_OVERLAPS:
    "los dos turnos se solapan; cambie turnos de horas distintas, o nombre dos rotaciones distintas",
};
