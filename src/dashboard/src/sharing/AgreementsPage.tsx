/** Everything about sharing that is not about one record: agreements, looks, broken glass. */
import { useMemo } from "react";

import { useMay } from "../api/session";
import { Button } from "../ui/Button";
import { useCommands, type CommandEntry } from "../ui/commands";
import { go, Link } from "../ui/route";
import { useWords } from "../words";
import { AgreementForm } from "./AgreementForm";
import { AgreementList } from "./AgreementList";
import styles from "./AgreementsPage.module.css";
import { AgreementView } from "./AgreementView";
import { GlassPart } from "./GlassPart";
import { ReadLog } from "./ReadLog";
import { SeeAsButton } from "./SeeAs";

/** Names in the address that are not ids of agreements. */
const parts = ["reads", "glass"] as const;

export default function AgreementsPage({ params }: { params: Record<string, string> }) {
  const id = params["id"];
  const words = useWords().sharing;
  const part = parts.find((one) => one === id) ?? "agreements";
  const may = useMay("administer");
  useSharingCommands(may);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{words.title}</h1>
        <SeeAsButton />
        <Button
          look="main"
          obstacle={may ? null : words.needsAdminister}
          onPress={() => {
            go("/agreements/new");
          }}
        >
          {words.propose}
        </Button>
      </header>
      <p className="muted">{words.intro}</p>
      <nav aria-label={words.title}>
        <ul className={styles.tabs}>
          {(["agreements", ...parts] as const).map((one) => (
            <li key={one}>
              <Link
                href={one === "agreements" ? "/agreements" : `/agreements/${one}`}
                className={styles.tab}
                aria-current={one === part ? "page" : undefined}
              >
                {words.tabs[one]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Part id={id} />
    </div>
  );
}

function Part({ id }: { id: string | undefined }) {
  if (id === undefined) return <AgreementList />;
  if (id === "new") return <AgreementForm />;
  if (id === "reads") return <ReadLog />;
  if (id === "glass") return <GlassPart />;
  return <AgreementView key={id} id={id} />;
}

function useSharingCommands(may: boolean): void {
  const words = useWords().sharing;
  const commands = useMemo<CommandEntry[]>(
    () => [
      {
        id: "sharing.propose",
        words: words.propose,
        group: "act",
        keys: "n a",
        obstacle: may ? null : words.needsAdminister,
        run: () => {
          go("/agreements/new");
        },
      },
      {
        id: "sharing.reads",
        words: words.reads.title,
        group: "go",
        run: () => {
          go("/agreements/reads");
        },
      },
      {
        id: "sharing.glass",
        words: words.glass.command,
        group: "act",
        run: () => {
          go("/agreements/glass");
        },
      },
    ],
    [words, may],
  );
  useCommands(commands);
}
