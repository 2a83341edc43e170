export const room = {
  tabs: {
    summary: "Summary",
    command: "Command",
    plan: "Objectives and periods",
    resources: "Resources",
    requests: "Requests",
    messages: "Messages",
    journal: "Journal",
    sharing: "Who sees this",
    timeline: "Timeline",
  },
};
