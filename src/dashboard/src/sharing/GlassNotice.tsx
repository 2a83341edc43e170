/** That the glass is broken now: before one's own records, or by one's own people. */
import { graphql } from "../api/generated";
import { useAnswer } from "../api/useAnswer";
import { useSession } from "../api/session";
import { useNow } from "../ui/now";
import { Link } from "../ui/route";
import { When } from "../ui/Time";
import { useWords } from "../words";
import styles from "./GlassNotice.module.css";

export const BrokenGlass = graphql(`
  query BrokenGlass {
    breakGlasses(first: 200) {
      nodes {
        id
        principal
        reason
        until
        organization {
          id
          code
        }
        owner {
          id
          code
        }
      }
    }
  }
`);

export function GlassNotice() {
  const words = useWords().sharing.glass;
  const { acting } = useSession();
  const now = useNow(5_000);
  const { data } = useAnswer(BrokenGlass, {});
  const broken = data?.breakGlasses.nodes.filter(({ until }) => Date.parse(until) > now) ?? [];
  if (broken.length === 0) return null;
  return (
    <ul aria-label={words.title} aria-live="polite">
      {broken.map(({ id, principal, reason, until, organization, owner }) => (
        <li key={id} className={styles.notice}>
          <span aria-hidden>◇</span>{" "}
          {owner?.code === acting?.code
            ? words.byThem(organization?.code ?? "?", principal, reason)
            : words.byUs(owner?.code ?? "?", principal, reason)}{" "}
          {words.until} <When at={until} /> <Link href="/agreements/glass">{words.title}</Link>
        </li>
      ))}
    </ul>
  );
}
