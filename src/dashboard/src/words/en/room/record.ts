export const journal = {
  title: (count: number) => `Journal (${count})`,
  empty: "Nobody has written anything down.",
  find: "Find in the journal",
  write: "Write a note",
  written: "The note is written.",
  text: "Note",
  marking: "How far it may go",
  unmarked: "Not marked (counts as TLP:GREEN)",
  correct: "Put right",
  correctWhich: (text: string) => `Put right: ${text}`,
  correction: "Correction",
  corrected: "Corrected",
};

export const timeline = {
  title: (count: number, of: number) =>
    count === of ? `What happened (${of})` : `What happened (${count} of ${of})`,
  find: "Find what happened",
  onlyPeople: "Only what people did",
  hub: "the hub",
};

export const past = {
  only: "This is what the picture and the record told then. Command, objectives, resources, requests and messages are shown of the present alone.",
  notThere: "The incident was not on this picture.",
};

export const sharing = {
  title: "Who sees this, and why",
  who: "Seen by",
  me: "You",
  what: "What",
  records: { INCIDENT: "The incident", STRUCTURE: "Its command", PERIOD: "Its current period" },
  noRecord: "There is no such record yet.",
  onlyOwner: (owner: string) =>
    `You may not ask this. It is for the owner of the record (${owner}) and auditors.`,
  agreements: (count: number) => `Agreements in force that speak of incidents (${count})`,
  agreementsWhy: "They show incidents of one party to another, as far as their terms say.",
  openAgreement: "Open the agreement",
};
