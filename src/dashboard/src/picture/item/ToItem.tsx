import type { ReactNode } from "react";

import { Link } from "../../ui/route";

/** A link that looks at another record on the picture. */
export function ToItem({ id, children }: { id: string; children: ReactNode }) {
  const params = new URLSearchParams(location.search);
  params.set("item", id);
  return <Link href={`/?${params.toString()}`}>{children}</Link>;
}
