/** Who gets in: the accounts that one may manage, for whoever administers or runs the hub. */
import { useMayManageAccounts, useSession } from "../api/session";
import { useWords } from "../words";
import { AccountList } from "./AccountList";
import styles from "./Accounts.module.css";

export default function AccountsPage() {
  const words = useWords().accounts;
  const may = useMayManageAccounts();
  const { acting } = useSession();
  const code = acting?.code ?? null;
  return (
    <div className={styles.page}>
      {may ? (
        <AccountList />
      ) : (
        <>
          <h1>{words.title}</h1>
          {/* The hub calls what is for none of the organizations so. */}
          <p>{words.mayNot(code === "-" ? null : code)}</p>
        </>
      )}
    </div>
  );
}
