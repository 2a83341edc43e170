/** Those who would be told, and those of them who cannot be. */
import { Badge } from "../../ui/Badge";
import { Check } from "../../ui/Fields";
import { useWords } from "../../words";
import styles from "../Messages.module.css";
import type { Preview } from "./Preview";

interface Props {
  prospects: Preview["prospects"];
  unreachable: boolean;
  onUnreachable: (only: boolean) => void;
}

export function Prospects({ prospects, unreachable, onUnreachable }: Props) {
  const words = useWords().messages;
  const p = words.preview;
  return (
    <>
      <div className={`${styles.row} ${styles.bar}`}>
        <h3>{p.persons}</h3>
        <span className="muted">
          {words.progress.of(prospects.nodes.length, prospects.totalCount)}
        </span>
        <Check value={unreachable} onChange={onUnreachable}>
          {p.onlyUnreachable}
        </Check>
      </div>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              {[p.person, p.wave, p.channel].map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {prospects.nodes.map((prospect, n) => (
              <tr key={prospect.person?.id ?? n}>
                <th scope="row">
                  {prospect.person?.name ?? p.hidden}{" "}
                  <span className="muted">{prospect.organization?.code}</span>
                </th>
                <td data-label={p.wave}>{prospect.wave}</td>
                <td data-label={p.channel}>
                  {prospect.unreachable ? (
                    <Badge tone="alarm">{words.unreachable[prospect.unreachable]}</Badge>
                  ) : prospect.channel ? (
                    words.channel[prospect.channel]
                  ) : (
                    "—"
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
