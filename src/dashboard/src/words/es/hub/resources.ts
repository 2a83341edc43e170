import type { Templates } from "../../hub";

/** Refusals about resources. */
export const resources: Templates = {
  RESOURCE_UNKNOWN: "no existe el recurso {value}; compruebe el identificador",
  RESOURCE_RETIRED: "{name} se dio de baja; elija otro recurso",
  RESOURCE_DEFINITION_UNKNOWN:
    "no se conoce una definición de «{id}» versión {version}; elija una de la lista de definiciones de recursos",
  RESOURCE_DEFINITION_KNOWN:
    "«{id}» versión {version} se conoce con otro contenido; dé al nuevo una versión más alta",
  RESOURCE_DEFINITIONS_UNUSABLE: "las definiciones de recursos no se pueden usar: {value}",
  RESOURCE_TYPE_UNKNOWN: "{kind} no tiene tipo {level}; tiene {known}",
  CAPABILITY_UNUSABLE: "la capacidad «{metric}» no se puede usar: {problem}",
  SUPPLY_UNFIT: "{kind} {problem}",
  CURRENCY_UNUSABLE: "«{value}» no se puede usar como moneda; escriba tres mayúsculas, como USD",
  RESOURCE_GROUP_IMPOSSIBLE: "este grupo no se puede formar: {value}",
  RESOURCE_IN_GROUP: "{name} es parte de {group}; comprometa el grupo, o sáquelo primero del grupo",
  RESOURCE_IN_USE: "{name} está comprometido con un incidente; primero libérelo allí o anule eso",
  RESOURCE_NOT_FREE: "{name} ya está comprometido; elija otro, o espere a que se libere",
  RESOURCE_OUT_OF_SERVICE:
    "{name} está fuera de servicio ({cause}); elija otro, o póngalo primero como disponible",
  SUPPLY_SHORT: "de {name} hay {free} {unit} libres y se pidieron {asked}; pida menos",
  SUPPLY_BELOW_COMMITTED:
    "de {name} hay {committed} {unit} comprometidos, así que se tienen al menos esos; primero libere algunos",
  RESOURCE_EXERCISE_MIXED:
    "{name} es {resource} y el incidente es {incident}; lo de un ejercicio y lo real quedan separados",
  RESOURCE_NOT_COMMITTED:
    "{name} no está comprometido con el incidente {incident}; primero comprométalo",
  COMMITMENT_AMBIGUOUS:
    "{name} está comprometido {count} veces con el incidente {incident}; diga cuál de ellas",
  COMMITMENT_STEP_MISSING:
    "{name} está {from} y no puede pasar a {to}; de ahí puede pasar a {allowed}",
  RESOURCE_NOT_CHECKED_IN: "{name} está {stage}; solo se asigna lo que está registrado",
  RESOURCE_DEMOBILIZING:
    "{name} se está desmovilizando; diga en el motivo por qué se queda, o elija otro",
  RESOURCE_NOT_YOURS:
    "{name} no es suyo; quien lo tiene, o trabaja en el incidente, lo registra y responde por él",
  RESOURCE_NOT_ASSIGNED:
    "{name} no está asignado a nada; asígnelo a una división, un grupo o un área de espera",
  RESOURCE_OWNERS_ALONE: "solo la organización que tiene {name} puede cambiar su estado",
  SIGNATURES_MISSING: "{name} aún no se puede liberar; faltan por firmar: {boxes}",
  SIGN_OFF_UNFIT: "«{sign_off}» {problem} en la salida de {name}",
  RESOURCES_COMMITTED:
    "el incidente {number} aún tiene recursos: {which}; primero libérelos o anúlelos",
  PAR_UNKNOWN: "no existe tal recuento del personal en el incidente {number}; primero pida uno",
  PAR_NOT_CALLED:
    "{name} no entró en este recuento del personal; entonces no estaba registrado allí",
  PAR_TOO_MANY:
    "{name} se registró con {expected} personas, así que no puede haber {present}; cuente de nuevo sin las de otros recursos",
  PAR_NOBODY: "no hay recursos registrados allí, así que no hay a quién contar",
  TIME_IN_FUTURE: "«{field}» está en el futuro; compruebe el reloj de quien lo informó",
  DEPARTURE_TIMES_TURNED: "la llegada es anterior a la salida; corrija una de las dos",
  POSITION_NOT_ON_GLOBE:
    "la posición no está en el globo; ¿están cambiadas la longitud y la latitud?",
};
