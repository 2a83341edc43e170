/** Who and what gets in: accounts and tokens, for whoever administers or runs the hub. */
import { useMayManageAccounts, useSession } from "../api/session";
import { Empty } from "../ui/Empty";
import { Link } from "../ui/route";
import { useWords } from "../words";
import { AccountList } from "./AccountList";
import styles from "./Accounts.module.css";
import { TokenList } from "./TokenList";

/** By this code the hub calls itself, where somebody acts for none of the organizations. */
const HUB_CODE = "-";

const parts = ["accounts", "tokens"] as const;

export default function AccountsPage({ params }: { params: Record<string, string> }) {
  const words = useWords().accounts;
  const may = useMayManageAccounts();
  const { acting } = useSession();
  if (may) return <Managing part={params["part"] ?? "accounts"} />;
  const code = acting?.code ?? HUB_CODE;
  return (
    <div className={styles.page}>
      <h1>{words.title}</h1>
      <p>{words.mayNot(code === HUB_CODE ? null : code)}</p>
    </div>
  );
}

function Managing({ part }: { part: string }) {
  const { app, accounts: words } = useWords();
  return (
    <div className={styles.page}>
      <h1>{words.title}</h1>
      <nav aria-label={words.title}>
        <ul className={styles.tabs}>
          {parts.map((one) => (
            <li key={one}>
              <Link
                href={one === "accounts" ? "/accounts" : `/accounts/${one}`}
                className={styles.tab}
                aria-current={one === part ? "page" : undefined}
              >
                {words.tabs[one]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {part === "accounts" && <AccountList />}
      {part === "tokens" && <TokenList />}
      {!parts.some((one) => one === part) && <Empty title={app.notFound} />}
    </div>
  );
}
