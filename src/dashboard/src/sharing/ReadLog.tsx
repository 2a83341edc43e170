/** Who of other organizations looked at one's records. */
import { useState } from "react";

import { graphql } from "../api/generated";
import { useAnswer } from "../api/useAnswer";
import { Tag } from "../ui/Badge";
import { Button } from "../ui/Button";
import { Empty, Loading, NoAnswer } from "../ui/Empty";
import { Link } from "../ui/route";
import { Age, When } from "../ui/Time";
import { useWords } from "../words";
import styles from "./Form.module.css";

const Reads = graphql(`
  query SharingReads($first: Int!) {
    reads(first: $first) {
      totalCount
      nodes {
        at
        way
        principal
        organization {
          id
          code
        }
        record {
          id
          kind
          name
        }
      }
    }
  }
`);

const PAGE = 50;
const PAGE_MAX = 200;

export function ReadLog() {
  const words = useWords().sharing;
  const [first, setFirst] = useState(PAGE);
  const { data, problem, again } = useAnswer(Reads, { first });
  if (!data) return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  const { nodes, totalCount } = data.reads;
  return (
    <section className={styles.part} aria-label={words.reads.title}>
      <h2>{words.reads.title}</h2>
      <p className="muted">{words.reads.why}</p>
      {nodes.length === 0 && <Empty title={words.reads.none} />}
      <ul>
        {nodes.map(({ at, way, principal, organization, record }, n) => (
          <li key={`${at} ${n}`} className={styles.row}>
            <Age at={at} />
            <Tag>{organization?.code ?? "—"}</Tag>
            <strong>{principal}</strong> {words.reads.way[way]}
            {record && (
              <span>
                {words.kind[record.kind]}: <RecordLink record={record} />
              </span>
            )}
            <span className="muted">
              <When at={at} />
            </span>
          </li>
        ))}
      </ul>
      {nodes.length < totalCount && (
        <p>
          {words.reads.shown(nodes.length, totalCount)}{" "}
          {first < PAGE_MAX && (
            <Button
              onPress={() => {
                setFirst(PAGE_MAX);
              }}
            >
              {words.reads.more}
            </Button>
          )}
        </p>
      )}
    </section>
  );
}

function RecordLink({ record }: { record: { id: string; kind: string; name: string | null } }) {
  const name = record.name ?? record.id;
  if (record.kind === "INCIDENT") return <Link href={`/incident/${record.id}`}>{name}</Link>;
  if (record.kind === "AGREEMENT") return <Link href={`/agreements/${record.id}`}>{name}</Link>;
  if (["SIGNAL", "RESOURCE", "RESOURCE_REQUEST"].includes(record.kind)) {
    return <Link href={`/?item=${record.id}`}>{name}</Link>;
  }
  return <>{name}</>;
}
