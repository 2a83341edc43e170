/** Who is logged in, and for which organization they act. */
import { createStore, useStore } from "./store";

/** An organization that the account may act for. */
export interface Membership {
  code: string;
  name: string;
  scopes: string[];
}

/** The base map that whoever runs the hub added: a file of the hub, or tiles of a host. */
export type OperatorMap =
  | { pmtiles: string; attribution: string | null }
  | { tiles: string; attribution: string | null; maxZoom: number; vector: boolean };

export interface Session {
  account: { id: string; login: string; name: string };
  expires: string;
  organizations: Membership[];
  /** What shows the hub that a request comes from its own page. */
  csrf: string;
  map: OperatorMap | null;
}

/** How far the log-in is known. */
export type SessionState =
  | { at: "asking" }
  | { at: "unreachable" }
  /** Logged in; `acting` is null where somebody has still to choose, or acts for nobody. */
  | { at: "in"; session: Session; acting: Membership | null };

export const sessionStore = createStore<SessionState>({ at: "asking" });

const actingKey = (session: Session) => `muster.acting.${session.account.id}`;

let asking: Promise<void> | null = null;

/** Asks the hub who is logged in, once at a time; where nobody is, goes to the page for it. */
export function askSession(): Promise<void> {
  asking ??= ask().finally(() => {
    asking = null;
  });
  return asking;
}

async function ask(): Promise<void> {
  try {
    const reply = await fetch("/session", { headers: { accept: "application/json" } });
    if (reply.status === 401) {
      goToLogin();
      return;
    }
    if (!reply.ok) throw new Error(`status ${reply.status}`);
    const session = (await reply.json()) as Session;
    sessionStore.set({ at: "in", session, acting: remembered(session) });
  } catch {
    // Whoever was logged in before stays so: the hub may only be away.
    if (sessionStore.get().at === "asking") sessionStore.set({ at: "unreachable" });
  }
}

/** The page to log in, which comes back to where one was. */
export function goToLogin(): void {
  const next = encodeURIComponent(location.pathname + location.search);
  location.assign(`/login?next=${next}`);
}

/** Chooses for whom one acts. The page begins anew: nothing of another picture stays. */
export function actFor(membership: Membership): void {
  const state = sessionStore.get();
  if (state.at !== "in") return;
  localStorage.setItem(actingKey(state.session), membership.code);
  location.assign("/");
}

export async function logOut(): Promise<void> {
  await fetch("/session", { method: "DELETE", headers: identityHeaders() });
  location.assign("/login");
}

/** What every request says of who sends it. */
export function identityHeaders(): Record<string, string> {
  const state = sessionStore.get();
  if (state.at !== "in") return {};
  const { session, acting } = state;
  const headers: Record<string, string> = { "x-muster-csrf": session.csrf };
  if (acting) headers["muster-organization"] = acting.code;
  return headers;
}

/** Who is logged in. Only for what is shown to somebody who is. */
export function useSession(): { session: Session; acting: Membership | null } {
  const state = useStore(sessionStore);
  if (state.at !== "in") throw new Error("nobody is logged in");
  return state;
}

/** Whether one may do what needs a scope. */
export function useMay(scope: string): boolean {
  return useSession().acting?.scopes.includes(scope) ?? false;
}

/** Whether one may manage accounts: those of the organization, or all where one runs the hub. */
export function useMayManageAccounts(): boolean {
  const administers = useMay("administer");
  const operates = useMay("operate");
  return administers || operates;
}

function remembered(session: Session): Membership | null {
  const [first, ...more] = session.organizations;
  if (first && more.length === 0) return first;
  const code = localStorage.getItem(actingKey(session));
  return session.organizations.find((one) => one.code === code) ?? null;
}
