/** A request of one's own organization is approved, and sent once it is. */
import { useState } from "react";

import type { Approver, OwnRequestQuery } from "../api/generated/graphql";
import { graphql } from "../api/generated";
import { useAnswer } from "../api/useAnswer";
import { useCommand } from "../api/useCommand";
import { Badge } from "../ui/Badge";
import { CommandForm } from "../ui/CommandForm";
import { Dialog } from "../ui/Dialog";
import { Empty, Loading, NoAnswer } from "../ui/Empty";
import { Choice, TextInput } from "../ui/Fields";
import { useWords } from "../words";
import { resourceCalled } from "../words/catalog";
import styles from "./Act.module.css";
import { SendResourceRequest } from "./documents";
import { receiversOf, ReceiversChoice, type Receivers } from "./ReceiversChoice";

const OwnRequest = graphql(`
  query OwnRequest($id: ID!) {
    resourceRequest(id: $id) {
      id
      number
      status
      quantity
      purpose
      priority
      approvalsNeeded
      approvals {
        approver
      }
      need {
        definition
        type
      }
    }
  }
`);

const ApproveResourceRequest = graphql(`
  mutation ApproveResourceRequest($input: ApproveRequestInput!) {
    approveRequest(input: $input) {
      request {
        id
      }
      refusal {
        ...Refused
      }
    }
  }
`);

type Request = NonNullable<OwnRequestQuery["resourceRequest"]>;

export function OwnRequestDialog({
  request: id,
  onClose,
}: {
  request: string;
  onClose: () => void;
}) {
  const words = useWords();
  const w = words.act.own;
  const { data, problem, again } = useAnswer(OwnRequest, { id });
  const request = data?.resourceRequest;
  if (!request) {
    return (
      <Dialog title={words.picture.request} open onClose={onClose}>
        {data ? (
          <Empty title={words.act.answer.gone} />
        ) : problem ? (
          <NoAnswer problem={problem} again={again} />
        ) : (
          <Loading />
        )}
      </Dialog>
    );
  }
  const given = new Set(request.approvals.map(({ approver }) => approver));
  const missing = request.approvalsNeeded?.filter((one) => !given.has(one)) ?? [];
  return (
    <Dialog title={request.number} open onClose={onClose}>
      <div className={styles.stack}>
        <div className={styles.facts}>
          <p className={styles.title}>
            {request.quantity} × {resourceCalled(request.need.definition, words.catalog)}{" "}
            {request.need.type !== null && `(${request.need.type})`}
          </p>
          <p>{request.purpose}</p>
          <div className={styles.actions}>
            {request.approvalsNeeded?.map((approver) => (
              <Badge key={approver} tone={given.has(approver) ? "ok" : "warning"}>
                {given.has(approver)
                  ? w.approved(w.approver[approver])
                  : w.lacks(w.approver[approver])}
              </Badge>
            ))}
          </div>
        </div>
        {request.status === "AWAITING_APPROVALS" && missing[0] !== undefined ? (
          <Approve
            key={missing.join()}
            request={request}
            missing={missing}
            again={again}
            onClose={onClose}
          />
        ) : request.status === "APPROVED" ? (
          <Send request={request} onClose={onClose} />
        ) : (
          <Empty title={request.status ? words.names.requestStatus[request.status] : ""} />
        )}
      </div>
    </Dialog>
  );
}

interface ApproveProps {
  request: Request;
  missing: readonly Approver[];
  again: () => void;
  onClose: () => void;
}

function Approve({ request, missing, again, onClose }: ApproveProps) {
  const w = useWords().act.own;
  const [approver, choose] = useState<Approver | null>(missing[0] ?? null);
  const [comment, setComment] = useState("");
  const command = useCommand(ApproveResourceRequest, () => w.done);
  return (
    <CommandForm
      command={command}
      input={() => ({
        request: request.id,
        approver: approver ?? "LOGISTICS",
        comment: comment || null,
      })}
      onDone={again}
      onCancel={onClose}
      submit={w.approve}
    >
      <Choice
        label={w.as}
        value={approver}
        onChange={choose}
        options={missing.map((id) => ({ id, label: w.approver[id] }))}
        required
      />
      <TextInput label={w.comment} value={comment} onChange={setComment} />
    </CommandForm>
  );
}

function Send({ request, onClose }: { request: Request; onClose: () => void }) {
  const words = useWords().act;
  const [to, setTo] = useState<Exclude<Receivers, "later">>("all");
  const command = useCommand(SendResourceRequest, () => words.request.sent(request.number));
  return (
    <CommandForm
      command={command}
      input={() => ({ request: request.id, ...receiversOf(to) })}
      onDone={onClose}
      onCancel={onClose}
      submit={words.own.send}
    >
      <ReceiversChoice value={to} onChange={setTo} choices={["all", "near"]} />
    </CommandForm>
  );
}
