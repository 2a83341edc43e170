import type { Templates } from "../../hub";

/** Refusals of every kind of command, and of those about incidents, sharing and accounts. */
export const general: Templates = {
  TEXT_EMPTY: "«{field}» está vacío; escriba al menos una palabra",
  TEXT_TOO_LONG: "«{field}» tiene {chars} caracteres y puede tener {chars_max}; acórtelo",
  COUNT_OUT_OF_RANGE: "«{field}» tiene {count} elementos y admite de {count_min} a {count_max}",
  TIME_IN_PAST: "«{field}» pasó hace mucho; escriba un momento por venir o déjelo vacío",
  NUMBER_OUT_OF_RANGE: "«{field}» es {value} y debe estar entre {least} y {most}",
  TOO_MANY_POSITIONS:
    "«{field}» tiene {count} posiciones y puede tener {count_max}; dibújelo con menos",
  TOO_MANY_PARENTS:
    "se nombran {count} organizaciones superiores y pueden ser {count_max}; nombre menos",
  PLACE_UNUSABLE: "«{field}» no es un lugar utilizable: {problem}",
  ORGANIZATION_UNKNOWN:
    "no existe la organización «{value}»; elija una de la lista de organizaciones",
  ORGANIZATION_CODE_TAKEN: "el código «{code}» es de otra organización; elija otro",
  ORGANIZATION_ABOVE_ITSELF:
    "la organización {value} quedaría por encima de sí misma; elija una superior fuera de su propia rama",
  PERSON_UNKNOWN: "no existe la persona {value}; compruebe el identificador",
  PERSON_FORGOTTEN:
    "los datos de la persona {value} se destruyeron; ya no se pueden leer ni cambiar",
  MEMBERSHIP_EXISTS: "la persona {person} ya es miembro de la organización {organization}",
  MEMBERSHIP_MISSING:
    "la persona {person} no es miembro de la organización {organization}; indique la suya",
  MEMBERSHIPS_FULL:
    "la persona {person} tiene {count} membresías, contando las terminadas, y no puede tener más; regístrela de nuevo para esta",
  CONTACT_TOO_LONG:
    "los datos de contacto ocupan {bytes} bytes cifrados y pueden ocupar {bytes_max}; acórtelos",
  SIGNAL_UNKNOWN: "no existe la señal {value}; compruebe el identificador",
  SIGNAL_DRAFT:
    "el mensaje «{identifier}» es un borrador; los borradores no se registran (CAP 1.2, sección 3.2.1)",
  SIGNAL_ATTACHED: "la señal {signal} ya está vinculada al incidente {incident}",
  SIGNAL_NOT_ATTACHED: "la señal {signal} no está vinculada al incidente {incident}",
  SIGNAL_PUBLIC: "la señal {value} es un mensaje público, que no se puede marcar",
  EXERCISE_MIXED:
    "un ejercicio y un hecho real no se pueden unir; abra un incidente aparte para el ejercicio",
  INCIDENT_UNKNOWN: "no existe el incidente {value}; compruebe el identificador",
  INCIDENT_CLOSED: "el incidente {number} está cerrado; primero reábralo, con un motivo",
  INCIDENT_NOT_CLOSED: "el incidente {number} no está cerrado, así que no se puede reabrir",
  INCIDENT_MERGED: "el incidente {number} se fusionó con {into}; trabaje allí, o sepárelo primero",
  INCIDENT_NOT_MERGED:
    "el incidente {number} no está fusionado con otro, así que no se puede separar",
  INCIDENT_MERGED_INTO_ITSELF: "el incidente {number} no se puede fusionar consigo mismo",
  STATUS_STEP_MISSING:
    "el incidente {number} está {from} y no puede pasar a {to}; de ahí puede pasar a {allowed}",
  REASON_NEEDED: "pasar de {from} a {to} requiere un motivo; diga por qué en una frase",
  PARTS_OPEN:
    "el incidente {number} tiene aún una parte abierta, {part}; primero ciérrela o muévala",
  COMPLEX_IMPOSSIBLE:
    "el incidente {number} no puede ser parte de {parent}: se contendría a sí mismo o quedaría a demasiada profundidad",
  COMPLEXITY_UNKNOWN:
    "no existe la complejidad de tipo {value}; los tipos van de 5 (menos) a 1 (más complejo)",
  NOTE_UNKNOWN: "no existe la nota {value} en el diario de este incidente; compruébelo",
  NOTE_OF_OTHERS:
    "esta nota la escribió otra organización, y solo ella puede corregirla; escriba una propia al lado",
  AGREEMENT_UNKNOWN: "no existe el acuerdo {value}; compruebe el identificador",
  AGREEMENT_NOT_PARTY:
    "solo puede hacerlo una organización que sea parte; actúe por una de las partes",
  AGREEMENT_ENDED: "el acuerdo «{title}» se terminó; proponga uno nuevo",
  AGREEMENT_UNUSABLE: "el acuerdo no se puede proponer: {value}",
  BREAK_GLASS_UNKNOWN: "no existe el registro {value} de un cristal roto; compruébelo",
  BREAK_GLASS_TOO_LONG: "indique de 1 a {minutes_max} minutos; si hace falta más, rómpalo de nuevo",
  POLICIES_UNUSABLE: "las políticas no se pueden adoptar: {value}",
  RULES_UNUSABLE: "las reglas no se pueden adoptar: {value}",
  MARKING_NOT_POSSIBLE: "solo se pueden marcar incidentes, señales y notas",
  MARKING_TOO_NARROW:
    "el incidente {number} no puede ser TLP:RED, porque muchos trabajan en él; elija AMBER+STRICT o marque notas en él",
  ACCOUNT_UNKNOWN: "no existe la cuenta «{value}»; elija una de la lista de cuentas",
  ACCOUNT_DISABLED: "la cuenta «{login}» está desactivada; un administrador puede activarla",
  LOGIN_TAKEN: "el nombre de usuario «{login}» es de otra cuenta; elija otro",
  LOGIN_UNUSABLE:
    "«{login}» no puede ser un nombre de usuario; use solo letras, cifras y . - _ @ +",
  SCOPES_EMPTY: "no se nombra ningún permiso; nombre al menos una cosa que se pueda hacer",
  SCOPE_OF_HUB_ONLY:
    "el permiso «{scope}» es para todo el servidor; concédalo sin una organización",
  IDENTITY_TAKEN: "esta identidad está vinculada a otra cuenta; primero desvincúlela allí",
  TOKEN_UNKNOWN: "no existe el token {value}; compruebe el identificador",
  TOKEN_EXPIRY_UNUSABLE:
    "el vencimiento debe estar en el futuro y a lo sumo a {days_max} días de ahora",
  OUT_OF_REACH: "«{principal}» no puede hacerlo: requiere el permiso «{scope}»",
  LABEL_UNUSABLE: "«{label}» no puede ser una etiqueta; no use / ni :",
  STORED_QUERY_TWICE: "dos consultas guardadas se llaman «{name}»; dé a cada una su propio nombre",
  SESSION_UNKNOWN: "no existe la sesión {value}; quizá ya terminó",
  SETUP_LINK_UNUSABLE:
    "este enlace no funciona: se usó, se reemplazó o es demasiado antiguo; pida uno nuevo",
  IDEMPOTENCY_KEY_REUSED:
    "la clave de repetición «{key}» se usó para otra orden; use una clave nueva para cada orden",
  NOT_PERMITTED:
    "«{principal}» no puede hacerlo: ninguna política le permite «{action}» a esta cuenta; puede su administrador, o quien lo tiene o lo dirige: pídale que lo haga o un acuerdo que lo permita",
};
