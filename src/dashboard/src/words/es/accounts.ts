import type { Words } from "../en";

export const accounts: Words["accounts"] = {
  title: "Cuentas",
  intro: "Quién entra, por qué organización actúa y qué puede hacer en ella.",
  go: "Cuentas",
  goAlso: "personas usuarios acceso bloquear contraseña",
  mayNot: (code) =>
    code === null
      ? "Su cuenta no puede gestionar cuentas: pídalo a quien opera este servidor."
      : `Su cuenta no puede gestionar las cuentas de ${code}: pídalo a uno de sus administradores o a quien opera este servidor.`,
  find: "Buscar una cuenta",
  findHint: "Nombre, usuario, organización o persona",
  create: "Crear una cuenta",
  count: (shown, of) => (shown === of ? `${of} cuentas` : `${shown} de ${of}`),
  none: "Nadie tiene cuenta todavía.",
  noneFound: "Ninguna cuenta coincide.",
  more: "Mostrar más",
  disabledBadge: "Desactivada: no deja entrar a nadie",
  enabledBadge: "Activa",
  you: "Es usted",
  login: "Nombre de usuario",
  person: "Persona",
  noPerson: "sin persona indicada",
  unseenPerson: "alguien a quien su organización no ve",
  linked: "Entra mediante el proveedor de identidad",
  hubAsWhole: "Todo el servidor",
  noGrants: "No puede hacer nada por nadie",
  whatMeans: "Qué significa cada permiso",
  scope: {
    READ: "Ver la situación",
    WRITE: "Trabajar",
    INGEST: "Entregar informes",
    ADMINISTER: "Administrar",
    BREAK_GLASS: "Romper el cristal",
    OPERATE: "Operar el servidor",
    AUDIT: "Auditar",
    METRICS: "Leer las métricas del servidor",
  },
  scopeWhy: {
    READ: "Ver lo que ve la organización: incidentes, recursos, solicitudes, mensajes. Todo lo demás también lo requiere.",
    WRITE:
      "Abrir y cambiar incidentes, mando y planes, pedir recursos y responder, escribir mensajes. Cuáles, lo determina su puesto en el incidente.",
    INGEST:
      "Entregar alertas, informes y posiciones que llegan de fuera, como hace un sistema de despacho.",
    ADMINISTER:
      "Firmar y terminar acuerdos, escribir políticas y gestionar estas cuentas. Para pocos, pero más de uno.",
    BREAK_GLASS:
      "En una emergencia, ver lo que otra organización no ha mostrado. Cada vez queda registrado y se avisa al dueño.",
    OPERATE:
      "Añadir organizaciones, cambiar las reglas del servidor y gestionar todas las cuentas.",
    AUDIT:
      "Ver todo lo de todas las organizaciones, para controlar el servidor. Cada consulta queda registrada.",
    METRICS:
      "Leer cómo funciona el servidor y nada de su contenido. Para un sistema de supervisión.",
  },
  onlyHub: "El permiso de romper el cristal lo da quien opera este servidor, no una organización.",
  may: "¿Qué puede hacer?",
  mayFor: (code) => `¿Qué puede hacer por ${code}?`,
  doubt: {
    none: "Elija al menos una cosa que pueda hacer.",
    beyond: "Quite el permiso de romper el cristal: lo da quien opera este servidor.",
    blind: "Sin «Ver la situación» no ve absolutamente nada.",
  },
  forWhom: "¿Por quién?",
  name: "Nombre",
  nameHint: "Como le llaman sus colegas.",
  loginHint: "Se escribe para entrar: letras, cifras y . - _ @ +. No cambia nunca.",
  personField: "Persona titular",
  personHint:
    "Opcional. Los puestos que esta persona ocupa en los incidentes dan a la cuenta sus permisos en ellos.",
  findPerson: "Parte del nombre",
  noPersonFound: "Nadie coincide.",
  morePersons: (count) => `${count} más: escriba una parte del nombre`,
  takeOff: (name) => `Quitar: ${name}`,
  created: (name) => `${name} tiene una cuenta.`,
  createWhy:
    "Deja entrar cuando se haya fijado una contraseña, mediante un enlace que se muestra a continuación y que usted entrega.",
  grantAction: "Cambiar permisos",
  grantTitle: (name) => `Qué puede hacer ${name}`,
  granted: (name) => `Se cambiaron los permisos de ${name}.`,
  save: "Guardar",
  unchanged: "Aún no ha cambiado nada.",
  ownAdminister:
    "Se quita a sí mismo el permiso de administrar: esta página se le cierra de inmediato.",
  linkAction: "Nuevo enlace de acceso",
  linkTitle: (name) => `Enlace de acceso para ${name}`,
  linkWhy:
    "Con el enlace se elige una contraseña nueva. Entonces terminan la contraseña anterior y las sesiones abiertas. Los enlaces anteriores terminan de inmediato.",
  linkSubmit: "Crear el enlace",
  linkMissing:
    "La cuenta existe, pero el enlace no. Créelo ahora, o más tarde con «Nuevo enlace de acceso».",
  linkLost: "El enlace se creó, pero no llegó aquí. Cree otro; el perdido deja entonces de servir.",
  link: "Enlace de acceso",
  linkOnce: "Se muestra esta única vez y no vuelve a mostrarse.",
  linkHolds: (hours) => `Sirve una sola vez y durante ${hours} horas: hasta`,
  linkHand: (name) =>
    `Entréguelo a ${name} donde nadie más lo lea: quien lo abra primero fija la contraseña.`,
  copy: "Copiar",
  copied: "Copiado.",
  notCopied: "Está marcado: pulse Ctrl+C (⌘C) para copiarlo.",
  done: "Listo",
  disable: "Desactivar",
  disableTitle: (name) => `¿Desactivar la cuenta de ${name}?`,
  disableWhy:
    "Queda fuera de inmediato: termina toda página abierta, sus tokens dejan de servir y nadie entra con esta cuenta. No se borra nada, y puede activarla de nuevo.",
  disabled: (name) => `La cuenta de ${name} está desactivada.`,
  enable: "Activar",
  enabled: (name) => `${name} puede entrar de nuevo.`,
  takeAway: "Quitar",
  takeAwayAction: "Quitar los permisos",
  takeAwayTitle: (name, code) => `¿Quitar a ${name} todo lo que puede hacer por ${code}?`,
  takeAwayWhy: "Termina de inmediato, en toda página que tenga abierta.",
  takeAwayGone:
    "La cuenta sale entonces de esta lista: si no actúa por nadie más, solo quien opera este servidor puede recuperarla. Para impedir el acceso por un tiempo, desactive la cuenta.",
  takenAway: (name, code) => `${name} ya no puede hacer nada por ${code}.`,
  givenBack: (name) => `${name} tiene de nuevo los permisos.`,
  beyondReach:
    "Esta cuenta actúa también por otra organización o puede romper el cristal. Solo quien opera este servidor la cambia en su conjunto.",
  beyondReachInstead: (code) => `Quitar en su lugar lo que puede hacer por ${code}`,
  rename: "Cambiar el nombre",
  renameTitle: (name) => `Cambiar el nombre de ${name}`,
  renamed: (name) => `Ahora se llama ${name}.`,
  personAction: "Persona titular",
  personTitle: (name) => `¿Qué persona es titular de la cuenta de ${name}?`,
  personLinked: "Se anotó quién es titular de la cuenta.",
  personUnlinked: "La cuenta ya no tiene persona titular.",
  moreActions: (name) => `Más acciones para ${name}`,
  moreShort: "Más",
  noGrantTitle: "Su cuenta no puede actuar ahora por nadie",
  noGrantWhy: (login) =>
    `Los permisos de ${login} se quitaron o aún no se han dado. Pídalos a un administrador de su organización; esta página continúa por sí sola.`,
};
