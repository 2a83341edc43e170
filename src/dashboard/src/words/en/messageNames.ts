/** What people call the values of the enumerations of messages. */
import type {
  AnswerMeaning,
  AttemptState,
  DeliveryStanding,
  HoldReason,
  MessageChannel,
  MessageEnd,
  MessageExpects,
  MessagePriority,
  MessageStage,
  OnCallReason,
  Unreachable,
} from "../../api/generated/graphql";

const stage: Record<MessageStage | "HELD" | "RELEASED", string> = {
  DRAFT: "Draft",
  HELD: "Held for release",
  RELEASED: "Released, not launched",
  RUNNING: "Being told",
  ENDED: "Over",
  STOPPED: "Stopped",
  TEMPLATE: "Template",
  DISCARDED: "Thrown away",
};
const priority: Record<MessagePriority, string> = {
  LIFE_SAFETY: "Life safety",
  URGENT: "Urgent",
  ROUTINE: "Routine",
};
const channel: Record<MessageChannel, string> = {
  SMS: "Text message",
  EMAIL: "E-mail",
  VOICE: "Call",
  WEB_PUSH: "Browser",
  WEBHOOK: "Other system",
  MQTT: "Device",
};
const standing: Record<DeliveryStanding, string> = {
  NEEDS_HELP: "Needs help",
  ACCEPTED: "Coming",
  DONE: "There or done",
  UNDERSTOOD: "Understood",
  ACKNOWLEDGED: "Seen",
  ANSWERED: "Answered",
  DECLINED: "Cannot",
  REACHED: "Reached, no answer yet",
  SENT: "Sent, arrival unknown",
  TRYING: "Being tried",
  WAITING: "Not tried yet",
  HELD: "Held back",
  SILENT: "Reached, silent",
  UNREACHABLE: "Not reached",
};
const meaning: Record<AnswerMeaning, string> = {
  ACCEPT: "Yes, I come",
  DECLINE: "No, I cannot",
  ACKNOWLEDGE: "Seen",
  UNDERSTOOD: "Understood",
  DONE: "There, or done",
  NEED_HELP: "I need help",
  OTHER: "Something else",
};
const expects: Record<MessageExpects, string> = {
  NOTHING: "Nothing; the next channel only when one fails",
  ACKNOWLEDGEMENT: "To say that they have seen it",
  ANSWER: "To give one of the answers",
};
const unreachable: Record<Unreachable, string> = {
  NO_ADDRESS: "no address is known",
  NO_CHANNEL_OF_PLAN: "no address for the chosen channels",
  STOPPED: "they stopped these channels",
};
const hold: Record<HoldReason, string> = {
  LIMIT: "told much in the last hour",
  QUIET_HOURS: "quiet hours",
  STOPPED: "stopped by the person",
};
const attempt: Record<AttemptState, string> = {
  INTENDED: "Waits for its turn",
  SUBMITTED: "Handed over, no answer",
  ACCEPTED: "Taken by the provider",
  DELIVERED: "On a device",
  FAILED: "Failed",
  EXPIRED: "Not in time",
  UNKNOWN: "Outcome unknown",
  CANCELED: "Not needed any more",
};
const end: Record<MessageEnd, string> = {
  DEADLINE: "its time was over",
  ENOUGH: "enough people accepted",
  EVERYBODY: "everybody was told, or everything was tried",
};
const onCallWhy: Record<OnCallReason, string> = {
  ROTATION: "their turn",
  CALENDAR: "by the calendar",
  HOLIDAY: "holiday duty",
  OVERRIDE: "stands in",
};

export const messageNames = {
  stage,
  priority,
  channel,
  standing,
  meaning,
  expects,
  unreachable,
  hold,
  attempt,
  end,
  onCallWhy,
};
