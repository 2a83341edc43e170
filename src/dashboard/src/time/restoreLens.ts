/** Looks through the lens that an address tells of, as after following a link or a reload. */
import { ask } from "../api/client";
import { graphql } from "../api/generated";
import { announce } from "../api/toasts";
import { replacePath } from "../ui/route";
import { words } from "../words";
import { look } from "./lens";
import { withLens, type Told } from "./lensSearch";

const LensOrganization = graphql(`
  query LensOrganization($id: ID!) {
    organization(id: $id) {
      id
      code
    }
  }
`);

export async function restoreLens({ eyes: id, at }: Told): Promise<void> {
  const eyes = id === null ? null : await organization(id);
  const shown = (id === null || eyes !== null) && (await look({ eyes, at }));
  if (shown) return;
  replacePath(location.pathname + withLens(location.search, null));
  announce(words().sharing.seeAs.failed, { tone: "trouble" });
}

async function organization(id: string) {
  const { data } = await ask(LensOrganization, { id });
  return data?.organization ?? null;
}
