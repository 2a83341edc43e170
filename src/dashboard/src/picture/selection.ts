/** Which record is looked at, on the list and the map alike. It stands in the address. */
import { replacePath, useSearch } from "../ui/route";

export function useSelected(): string | null {
  return new URLSearchParams(useSearch()).get("item");
}

export function select(id: string | null): void {
  const params = new URLSearchParams(location.search);
  if (id === null) params.delete("item");
  else params.set("item", id);
  const search = params.toString();
  replacePath(location.pathname + (search === "" ? "" : `?${search}`));
}
