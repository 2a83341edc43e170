/** Which page an address shows. Pages are loaded when they are wanted. */
import { lazy, type ComponentType, type LazyExoticComponent } from "react";

import { persistently } from "../api/persistently";
import { match } from "../ui/route";

/** What a page is given: the parts of the address. */
export type PageProps = { params: Record<string, string> };
type Page = LazyExoticComponent<ComponentType<PageProps>> | ComponentType<PageProps>;

const PicturePage = lazy(() => persistently(() => import("../picture/PicturePage")));
const RoomPage = lazy(() => persistently(() => import("../room/RoomPage")));
const RequestPage = lazy(() => persistently(() => import("../room/requests/RequestPage")));
const MessagesPage = lazy(() => persistently(() => import("../messages/MessagesPage")));
const OutboxPage = lazy(() => persistently(() => import("../messages/OutboxPage")));
const AgreementsPage = lazy(() => persistently(() => import("../sharing/AgreementsPage")));
const AccountsPage = lazy(() => persistently(() => import("../accounts/AccountsPage")));

const routes: readonly { pattern: string; page: Page; id: string }[] = [
  { pattern: "/", page: PicturePage, id: "picture" },
  { pattern: "/incident/:id/:tab?", page: RoomPage, id: "room" },
  { pattern: "/request/:id", page: RequestPage, id: "request" },
  { pattern: "/offer/:offer", page: RequestPage, id: "request" },
  { pattern: "/messages/:id?", page: MessagesPage, id: "messages" },
  { pattern: "/agreements/:id?", page: AgreementsPage, id: "agreements" },
  { pattern: "/accounts/:part?", page: AccountsPage, id: "accounts" },
  { pattern: "/outbox", page: OutboxPage, id: "outbox" },
];

/** The page of an address; null when there is none. */
export function pageOf(
  path: string,
): { page: Page; id: string; params: Record<string, string> } | null {
  for (const { pattern, page, id } of routes) {
    const params = match(pattern, path);
    if (params) return { page, id, params };
  }
  return null;
}
