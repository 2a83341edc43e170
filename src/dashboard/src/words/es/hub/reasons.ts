import type { Templates } from "../../hub";

/** Why a group of the fields of a record is shown or hidden, and by which policy of the hub. */
export const reasons: Templates = {
  SHOWN: ["se muestra {exactness}, porque {reason}", "se muestra, porque {reason}"],
  HIDDEN: "se oculta, porque {reason}",

  AGREEMENT_TERM: "lo dice el punto {term} del acuerdo «{title}»",
  AGREEMENT: "lo dice un acuerdo",
  GLASS_BROKEN: ["{who} rompió el cristal", "alguien rompió el cristal"],
  OWN_POLICY: "lo dice la política «{policy}» de su dueño",
  PASSED_ON: "una organización pasa lo que le dieron",
  NOTHING_SHOWS_IT: "ningún acuerdo ni política lo muestra",

  own: "pertenece a la propia organización de quien mira",
  participant: "la organización de quien mira toma parte en ello",
  "committed-here": "está comprometido con un incidente que lleva la organización de quien mira",
  serving: "quien mira ocupa un puesto en ello",
  commanding: "la organización de quien mira tiene allí el mando, o se le pidió asumirlo",
  asked:
    "se preguntó a la organización de quien mira; ve qué se necesita, dónde, cuándo y quién lo pide",
  assisting: "recursos de la organización de quien mira están comprometidos con ello",
  public: "su remitente lo dirigió a todos",
  directory: "las organizaciones que comparten el servidor se conocen entre sí",
  "everybodys-incident":
    "una regla lo abrió a partir de un mensaje público, y ninguna organización lo dirige aún",
  "everybodys-plan": "planea un incidente que ninguna organización dirige aún",
  rules: "las reglas del servidor las conocen todos los que lo comparten",
  nobodys: "no pertenece a ninguna organización, y quien mira administra el servidor",
  audit: "quien mira audita el servidor",
  "all-of-ones-own": "quien ve todo un registro puede saber que no hay más",
  red: "TLP:RED es solo para la persona que lo marcó",
  "amber-strict": "TLP:AMBER+STRICT no sale de su organización",
  "no-reading": "quien mira no puede leer",

  "work-on-own": "la gente de su dueño puede trabajar en ello",
  "work-where-one-commands":
    "la gente de una organización que tiene allí el mando puede trabajar en ello",
  "work-where-one-serves":
    "quien ocupa allí un puesto puede trabajar en ello, y no decide nada en lugar del mando",
  "answer-a-transfer": "responde aquel a quien se pide recibir el mando, o unirse a él",
  "act-where-delegated":
    "a quien se lo delegó el mando puede firmar, o asignar recursos, en su lugar",
  "work-on-everybodys": "quien puede escribir puede tomar lo que no es de nadie",
  "note-on-what-one-sees": "quien ve un incidente puede escribir en su diario",
  "attach-what-one-sees": "una señal que se ve se puede vincular a un incidente propio",
  "work-with-what-is-committed":
    "quien lleva un incidente dice cómo están los recursos comprometidos con él",
  "answer-where-one-assists": "quien envió recursos los registra y responde por su gente",
  "answer-what-one-is-asked": "una organización a la que se preguntó puede responder",
  "deal-as-a-side": "las dos partes de una oferta la tratan entre sí",
  "tell-for-own": "la gente de una organización avisa a otros en nombre de ella",
  "tell-own-people": "una organización avisa a su propia gente",
  "hand-in": "las fuentes y los socios entregan documentos",
  "administer-own": "quien administra una organización firma por ella",
  "break-glass": "quien tiene ese permiso puede romper el cristal",
  operate: "quien administra el servidor puede hacerlo",
};
