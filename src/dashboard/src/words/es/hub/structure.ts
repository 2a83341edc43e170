import type { Templates } from "../../hub";

/** Refusals about command: structures, posts, transfers, qualifications. */
export const structure: Templates = {
  STRUCTURE_UNKNOWN:
    "no existe la estructura de mando {value}; primero alguien tiene que asumir el mando",
  POST_UNKNOWN: "no hay un puesto abierto {value} en esta estructura; compruebe el identificador",
  ASSIGNMENT_UNKNOWN: "nadie ocupa este puesto por esa asignación; quizá ya terminó",
  POSITION_UNKNOWN: "no existe la posición «{code}»; elija una de la lista de posiciones",
  POSITION_CODE_UNUSABLE:
    "«{code}» no puede ser una posición propia; use mayúsculas y cifras que NIMS no tenga",
  POSITION_NOT_IN_MODEL: "{title} no forma parte de {model}",
  POSITION_TAKEN: "ya hay un puesto de {title}; una estructura solo tiene uno",
  POST_NAME_TAKEN: "ya hay un puesto «{name}»; dé otro nombre a este",
  COMMAND_HELD:
    "el incidente {number} tiene Comandante; tome el mando por un traspaso, o únase a él",
  AREA_WITHOUT_PARTS:
    "el incidente {number} no tiene partes; un mando de área dirige un complejo de incidentes",
  AGENCY_COMMANDS:
    "esta institución ya tiene un Comandante; el mando unificado tiene uno por institución",
  AGENCY_ASKED:
    "ya se pidió a esta institución que se una al mando; espere su respuesta, o retire la petición",
  AGENCY_DOES_NOT_COMMAND: "esta institución no tiene aquí el mando",
  COMMAND_WOULD_LAPSE:
    "el mando nunca queda vacante: a un Comandante no se le releva; traspase el mando, o deje el mando unificado (`leaveCommand`) mientras otro Comandante se quede",
  PERSON_COMMANDS: "{name} tiene el mando por esta organización; primero traspase el mando",
  NOT_FOR_EOC: "un centro de operaciones de emergencia tiene un director y ningún mando unificado",
  ONLY_FOR_EOC: "esto es solo para centros de operaciones de emergencia",
  EOC_DEACTIVATED: "el centro «{name}» no está activo; actívelo de nuevo",
  EOC_LEVEL_UNKNOWN:
    "no existe el nivel de activación {value}; 3 es operación normal y 1 activación total",
  SUPERVISOR_IMPOSSIBLE: "{title} no puede depender de {above}; depende de {allowed}",
  LINE_SKIPPED: "{title} no depende de {above} mientras «{open}» esté abierto; póngalo allí",
  POST_ABOVE_ITSELF:
    "un puesto no puede estar por encima de sí mismo, ni una estructura ser tan alta; elija otro supervisor",
  COMMAND_POST: "el puesto de mando no se puede abrir, mover ni disolver",
  POST_HAS_SUBORDINATES: "«{below}» depende de «{name}»; primero muévalo o disuélvalo",
  POST_HAS_PARTS: "una parte del complejo depende de «{name}»; primero póngala en otro lugar",
  POST_HAS_RESOURCES: "«{name}» tiene recursos asignados ({count}); primero asígnelos a otra cosa",
  POST_FILLED: "«{name}» está ocupado; primero releve a quienes lo ocupan",
  POST_HELD: "«{name}» tiene titular; primero relévelo",
  CAPACITY_MISSING: "el puesto de {title} no tiene {capacity}",
  PERSON_HOLDS: "{name} ya ocupa este puesto",
  WAIVER_NEEDED:
    "{name} no cumple los requisitos: {reasons}; elija a otra persona, o dé un motivo para dispensarlo",
  HOLDS_ELSEWHERE:
    "{name} ocupa un puesto en otro incidente ({elsewhere}); relévelo allí, o dé un motivo para dispensarlo",
  TRANSFER_UNKNOWN: "no existe el traspaso {value} en esta estructura; compruébelo",
  TRANSFER_STAGE: "este traspaso está {stage} y no puede quedar {asked}",
  TRANSFER_OPEN: "hay un traspaso abierto de este Comandante; espere la respuesta, o retírelo",
  TRANSFER_TO_HOLDER: "el mando no se puede traspasar a quien ya lo tiene",
  NOT_THE_SIDE: "solo puede hacerlo {side} o su organización",
  EFFECTIVE_UNUSABLE: "indique un momento desde ahora, a lo sumo dentro de {hours_max} horas",
  DECISION_UNKNOWN: "no existe tal decisión conjunta en esta estructura",
  NOTHING_TO_SIGN: "esta organización no tiene nada que firmar: no tiene aquí el mando, o ya firmó",
  DELEGATION_TO_SELF: "una delegación se da a otra organización",
  DELEGATION_OVER: "esta delegación ya habría terminado; déjela terminar más tarde, o sin término",
  DELEGATION_UNKNOWN: "no hay tal delegación vigente; compruebe el identificador",
  COMMAND_WOULD_LAPSE_BY_MERGING:
    "el incidente {number} tiene Comandante y {into} no; fusione {into} con {number}, o asuma primero el mando de {into}",
  AGENCY_WOULD_LOSE_COMMAND:
    "una institución que tiene el mando de {number} no tiene el de {into}; haga que se una allí al mando, o que deje el de {number}, antes de fusionarlos",
  HIDDEN_FROM_COMMAND:
    "TLP:AMBER+STRICT oculta el incidente {number} a toda institución menos a la que pertenece, así que ninguna otra puede tener el mando; márquelo AMBER, o haga que las demás dejen el mando",
  AREA_DIRECTS_NO_TACTICS:
    "un mando de área no asigna recursos a tareas tácticas; comprométalo con uno de sus incidentes y haga que se asigne allí",
  TACTICS_NOT_DELEGATED:
    "{center} apoya y no asigna recursos mientras alguien tenga el mando en la escena; pida al Comandante que lo asigne, o que delegue las asignaciones tácticas en {code}",
  NOT_A_PART: "el incidente {number} no es parte de este complejo",
  QUALIFICATION_UNKNOWN: "no existe la calificación {value}; compruebe el identificador",
  QUALIFICATION_DATES: "una calificación vence después de emitirse",
  AUTHORITY_MISSING:
    "actúe por una organización: las calificaciones las registra la autoridad que responde por ellas",
};
