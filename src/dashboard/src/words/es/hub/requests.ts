import type { Templates } from "../../hub";

/** Refusals about resource requests, offers and mutual aid. */
export const requests: Templates = {
  REQUEST_UNKNOWN: "no existe la solicitud de recursos {value}; compruebe el identificador",
  OFFER_UNKNOWN: "no existe la oferta {value}; compruebe el identificador",
  NO_ORGANIZATION:
    "usted no actúa por ninguna organización; las solicitudes y ofertas se hacen por una",
  REQUEST_STEP_MISSING:
    "la solicitud {number} está {status}; esto se puede hacer mientras esté {allowed}",
  OFFER_STEP_MISSING: "la oferta está {stage}; esto se puede hacer mientras esté {allowed}",
  APPROVAL_NOT_AWAITED: "la solicitud {number} no espera la aprobación de {approver}",
  APPROVAL_OUT_OF_TURN:
    "la solicitud {number} espera primero la aprobación de {first}, y luego la de {approver}",
  QUANTITY_UNUSABLE:
    "una cantidad de {quantity} no se puede pedir ni ofrecer; indique de 1 a {quantity_max}",
  SENT_TO_ONESELF:
    "su propia organización está entre los destinatarios; cúbrala con sus propios recursos",
  RECEIVERS_UNCLEAR: "`toAll` ya dice a quién va; omita `to` y `withinKm`, o `toAll`",
  DISTANCE_UNUSABLE: "`withinKm` no es una distancia; indique kilómetros, más de 0",
  NOBODY_IN_RANGE:
    "nadie que le muestre un recurso así está a menos de `withinKm` del lugar de entrega; amplíelo, o nombre organizaciones en `to`",
  NOT_ASKED: "a su organización no se le preguntó; responda solo a lo que se le envió",
  NO_ANSWER_WANTED: "la solicitud {number} no admite más respuestas; no se quiere nada más",
  REQUESTS_OPEN:
    "el incidente {number} aún tiene solicitudes abiertas: {which}; antes ciérrelas o anúlelas",
  OFFER_STANDS: "su oferta a esta solicitud sigue en pie; retírela antes de declinar",
  RESOURCE_OF_ANOTHER:
    "solo se pueden ofrecer recursos propios; pida a su dueño que ofrezca los demás",
  NOT_WANTED: "«{name}» no es lo que se quiere, y no se desean sustitutos: {why}",
  NOT_FREE: "«{name}» no se puede obtener: hay {free} libres y se nombran {wanted}",
  NOT_IN_OFFER: "un recurso, o tanto de él, no está en la oferta; elija de lo que se ofrece",
  COUNTER_WHOLE: "la otra parte puso precio a todo; acepte todo, o contraoferte con una parte",
  AVAILABILITY_OVER: "se podía tener hasta {until}, que ya pasó; acuerden fechas posteriores",
  MORE_THAN_OUTSTANDING:
    "se aceptarían {wanted} y faltan {outstanding}; no acepte más que eso, o decline",
  ANSWER_OF_OTHER: "estos términos son suyos; a ellos tiene que responder la otra parte",
  STEP_OF_OTHER: "esto le corresponde a la otra parte de la oferta",
  AID_TERMS_OVERTAKEN:
    "los términos cambiaron desde que usted los leyó; lea la versión {version} y firme esa",
  TOO_MANY_VERSIONS:
    "se han puesto términos sobre la mesa {count} veces; acepte, rechace o retire la oferta",
  ITEM_GONE:
    "«{name}» ya no se puede comprometer: una oferta no reserva un recurso, y desde entonces se comprometió, cambió o quedó fuera de servicio; pida otra oferta",
  ARRIVED: "«{name}» ya llegó; desmovilícelo",
  STILL_OUT: "«{name}» aún no está liberado; reclame el costo cuando toda la misión esté liberada",
  BY_AGREEMENT: "«{name}» viene por un acuerdo firmado; anule ese, o cambie el recurso",
  MISSION_ORDER_MISSING: "nada se mueve antes de la orden de misión; primero emítala",
  COST_UNUSABLE: "el costo no se puede usar: {value}",
  CURRENCY_OTHER: "el costo se reclama en {claimed} y se acordó en {agreed}; reclámelo en {agreed}",
  DATES_UNUSABLE: "las fechas no se pueden usar: el fin debe ser posterior al comienzo y a ahora",
  EXPIRY_UNUSABLE: "el vencimiento ya pasó; elija una hora posterior",
};
