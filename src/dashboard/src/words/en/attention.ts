export const attention = {
  title: "Attention",
  ofThePresent: "This is of the present, whatever the picture shows.",
  nothing: "Nothing needs you now.",
  mine: "You or your organization",
  waiting: "You wait for others",
  others: "Others have to do something",
  owner: (code: string) => `for ${code}`,
  everybody: "everybody's",
  due: "due",
  overdue: "overdue",
  more: (count: number) => `${count} more`,
  counts: (count: number) => (count === 1 ? "1 needs you" : `${count} need you`),
  open: "Open",
  answer: "Answer",
  goOn: "Approve or send",
  release: "Look and release",
  launch: "Look and launch",
  openIncident: "Open an incident",
  sentences: {
    release: (subject: string) => `The message “${subject}” waits for your release.`,
    held: (subject: string) => `Your message “${subject}” waits for somebody else's release.`,
    launch: (subject: string) =>
      `The message “${subject}” is released but not launched; nobody has been told.`,
    needsHelp: (subject: string, count: number) =>
      count === 1
        ? `Somebody needs help; they said so to “${subject}”.`
        : `${count} people need help; they said so to “${subject}”.`,
    silent: (subject: string, count: number) =>
      count === 1
        ? `1 person has not acknowledged “${subject}”, whatever was tried.`
        : `${count} people have not acknowledged “${subject}”, whatever was tried.`,
    period: (number: number, incident: string, past: boolean) =>
      `Operational period ${number} of ${incident} ${past ? "should have ended" : "ends soon"}.`,
    meeting: (meeting: string, number: number, incident: string, past: boolean, more: number) => {
      const what = `${meeting} for period ${number} of ${incident}`;
      const others = more === 0 ? "" : ` So is what follows (${more}).`;
      return past ? `${what} is overdue.${others}` : `${what} is due soon.`;
    },
    request: (number: string, outstanding: number) =>
      `Request ${number} still lacks ${outstanding}, and they are wanted soon.`,
    offer: (by: string, request: string) => `The offer of ${by} to ${request} ends soon.`,
    transfer: (incident: string, from: string) =>
      `Command of ${incident} is offered to your organization by ${from}.`,
    joining: (incident: string, from: string) =>
      `${from} asks your organization to join command of ${incident}.`,
    plan: (revision: number, period: number, incident: string) =>
      `The plan of period ${period} of ${incident} (revision ${revision}) waits to be signed.`,
    decision: (what: string, incident: string) =>
      `The joint decision “${what}” on ${incident} waits to be signed.`,
    agreement: (title: string) => `The agreement “${title}” waits to be signed.`,
    suggestion: (headline: string) => `“${headline}” may be an incident; decide.`,
  },
};
