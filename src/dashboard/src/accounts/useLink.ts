/** Makes set-up links, and keeps the one that came: nobody can ask for it again. */
import { useState } from "react";

import { useCommand } from "../api/useCommand";
import { CreateSetupLink } from "./documents";
import type { MadeLink } from "./LinkShown";

export function useLink() {
  const command = useCommand(CreateSetupLink);
  const [made, setMade] = useState<MadeLink | null>(null);
  const [lost, setLost] = useState(false);
  /** Takes what the hub told: a repeated request tells of no link. */
  const take = (link: string | null) => {
    setLost(link === null);
    setMade(link === null ? null : { address: link, at: Date.now() });
  };
  const make = async (account: string) => {
    const payload = await command.give({ account });
    if (payload) take(payload.link);
  };
  return { command, made, lost, take, make };
}
