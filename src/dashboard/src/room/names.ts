/** Tones of what stands somewhere. */
import type {
  CommitmentStage,
  IncidentStatus,
  OfferStage,
  RequestPriority,
  RequestStatus,
  ResourceStatus,
} from "../api/generated/graphql";
import type { Tone } from "../ui/Badge";

export const statusTones: Record<IncidentStatus, Tone> = {
  REPORTED: "warning",
  ACTIVE: "alarm",
  CONTAINED: "notice",
  CONTROLLED: "notice",
  DEMOBILIZING: "ok",
  CLOSED: "plain",
};

export const priorityTones: Record<RequestPriority, Tone> = {
  URGENT: "alarm",
  ROUTINE: "notice",
  LOW: "plain",
};

export const requestTones: Record<RequestStatus, Tone> = {
  DRAFT: "plain",
  AWAITING_APPROVALS: "warning",
  APPROVED: "warning",
  SENT: "notice",
  PARTLY_FILLED: "notice",
  FILLED: "ok",
  UNFILLED: "alarm",
  CANCELLED: "plain",
};

export const offerTones: Record<OfferStage, Tone> = {
  OFFERED: "warning",
  COUNTERED: "warning",
  ACCEPTED: "notice",
  BINDING: "ok",
  ORDERED: "ok",
  CLAIMED: "notice",
  REIMBURSED: "ok",
  DECLINED: "plain",
  WITHDRAWN: "plain",
  EXPIRED: "plain",
  CANCELLED: "plain",
};

export const resourceTones: Record<ResourceStatus, Tone> = {
  ASSIGNED: "notice",
  AVAILABLE: "ok",
  OUT_OF_SERVICE: "warning",
};

export const stageTones: Record<CommitmentStage, Tone> = {
  COMMITTED: "plain",
  MOBILIZING: "notice",
  EN_ROUTE: "notice",
  CHECKED_IN: "ok",
  DEMOBILIZING: "special",
  RELEASED: "plain",
  CANCELLED: "plain",
};
