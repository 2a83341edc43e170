/** For whom somebody acts, where they may act for several. */
import { actFor, logOut, type Session } from "../api/session";
import { Button } from "../ui/Button";
import { useWords } from "../words";
import styles from "./ChooseOrganization.module.css";

export function ChooseOrganization({ session }: { session: Session }) {
  const words = useWords().app;
  return (
    <main className={styles.main}>
      <h1>{words.chooseOrganization}</h1>
      <p className="muted">{words.chooseOrganizationWhy}</p>
      <ul className={styles.list}>
        {session.organizations.map((membership) => (
          <li key={membership.code}>
            <Button
              onPress={() => {
                actFor(membership);
              }}
            >
              <strong>{membership.code}</strong> {membership.name}
            </Button>
          </li>
        ))}
      </ul>
    </main>
  );
}

/** What somebody sees whose account may do nothing for anybody: not yet, or not any more. */
export function NobodyToActFor({ session }: { session: Session }) {
  const { app, accounts: words } = useWords();
  return (
    <main className={styles.main} role="alert">
      <h1>{words.noGrantTitle}</h1>
      <p>{words.noGrantWhy(session.account.login)}</p>
      <p>
        <Button onPress={() => void logOut()}>{app.logOut}</Button>
      </p>
    </main>
  );
}
