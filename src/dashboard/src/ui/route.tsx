/** The address bar as the one place that says which page is shown. */
import type { ComponentProps, MouseEvent } from "react";
import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of listeners) listener();
};
window.addEventListener("popstate", tell);

/** Goes to a page of the dashboard. */
export function go(path: string): void {
  if (path === location.pathname + location.search) return;
  history.pushState(null, "", path);
  tell();
}

/** Changes the address without a step in the history, as for a filter. */
export function replacePath(path: string): void {
  if (path === location.pathname + location.search) return;
  history.replaceState(null, "", path);
  tell();
}

/** Tells of every change of the address. */
export function followRoute(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const usePath = (): string => useSyncExternalStore(followRoute, () => location.pathname);

export const useSearch = (): string => useSyncExternalStore(followRoute, () => location.search);

/** A link to a page of the dashboard; with a modifier key it opens as any link does. */
export function Link({ href, onClick, children, ...rest }: ComponentProps<"a"> & { href: string }) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (event.defaultPrevented || !plain || rest.target !== undefined) return;
    event.preventDefault();
    go(href);
  };
  return (
    <a href={href} onClick={follow} {...rest}>
      {children}
    </a>
  );
}

/** The parts of a path that fits a pattern such as `/incident/:id/:tab?`; null when it does not. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/").filter(Boolean);
  const given = path.split("/").filter(Boolean);
  if (given.length > wanted.length) return null;
  const parts: Record<string, string> = {};
  for (const [n, want] of wanted.entries()) {
    const have = given[n];
    if (want.startsWith(":")) {
      if (have === undefined) {
        if (want.endsWith("?")) continue;
        return null;
      }
      parts[want.replace(/^:|\?$/g, "")] = decodeURIComponent(have);
    } else if (want !== have) return null;
  }
  return parts;
}
