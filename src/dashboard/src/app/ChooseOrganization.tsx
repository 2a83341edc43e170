/** For whom somebody acts, where they may act for several. */
import { actFor, type Session } from "../api/session";
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
