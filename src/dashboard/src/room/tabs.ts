/** The tabs of the incident room, by their part of the address. */
export const tabs = [
  "summary",
  "command",
  "plan",
  "resources",
  "requests",
  "messages",
  "journal",
  "sharing",
  "timeline",
] as const;

export type Tab = (typeof tabs)[number];

export const tabOf = (name: string | undefined): Tab =>
  tabs.find((tab) => tab === name) ?? "summary";
