// Whom and what the agencies bring: people with qualifications and telephones, and a pump. Their
// own systems hand these in, as they do an alert; nobody types them into the dashboard.

const PEOPLE = [
  { of: "HFD", name: "Ada Stone", title: "Deputy Chief", position: "IC" },
  { of: "HFD", name: "Ben Ortiz", title: "Battalion Chief", position: "OSC", phone: "+15550100001" },
  { of: "HFD", name: "Cam Lee", title: "Engineer", phone: "+15550100002" },
  { of: "WATER", name: "Dee Park", title: "Superintendent", position: "IC" },
];
const SINCE = "2020-01-01T00:00:00Z";

const idsOf = async (hub) => {
  const { organizations } = await hub.ask("HFD", "{ organizations(first: 10) { nodes { id code } } }");
  return new Map(organizations.nodes.map(({ id, code }) => [code, id]));
};

const command = (verb, type, more = "") =>
  `mutation($input: ${type}Input!) { ${verb}(input: $input) { ${more} refusal { message } } }`;

async function bring(hub, organization, { of, name, title, position, phone }) {
  const made = await hub.ask(of, command("registerPerson", "RegisterPerson", "person { id }"), {
    input: { name },
  });
  const person = made.registerPerson.person.id;
  await hub.ask(of, command("joinOrganization", "JoinOrganization"), {
    input: { person, organization, title },
  });
  if (position) {
    await hub.ask(of, command("recordQualification", "RecordQualification"), {
      input: { person, position, issued: SINCE, status: "QUALIFIED" },
    });
  }
  if (phone) {
    const channels = [{ channel: "SMS", address: phone }];
    await hub.ask(of, command("setContact", "SetContact"), {
      input: { person, contact: { channels } },
    });
  }
}

/** The people of all agencies, and Pump 3 of the waterworks. */
export async function bringCast(hub) {
  const ids = await idsOf(hub);
  for (const one of PEOPLE) await bring(hub, ids.get(one.of), one);
  const profile = {
    name: "Pump 3",
    kind: { id: "pump-water", version: 1 },
    type: 3,
    people: 2,
    home: { name: "Water Street yard", point: [-71.06, 42.35] },
    capabilities: [
      { metric: "flow-lpm", amount: 4200 },
      { metric: "head-m", amount: 11 },
    ],
  };
  await hub.ask("WATER", command("registerResource", "RegisterResource"), { input: { profile } });
}

/** A watch, as a weather service sends it: a person has to say whether it is an incident. */
export function floodWatch(now = new Date()) {
  const time = (hours) => {
    const at = new Date(now.getTime() + hours * 3_600_000);
    return at.toISOString().replace(/\.\d+Z$/, "-00:00");
  };
  return `<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>watch-1</identifier>
  <sender>weather@example.org</sender>
  <sent>${time(-0.1)}</sent>
  <status>Actual</status>
  <msgType>Alert</msgType>
  <scope>Public</scope>
  <info>
    <language>en-US</language>
    <category>Met</category>
    <event>Flood Watch</event>
    <urgency>Future</urgency>
    <severity>Severe</severity>
    <certainty>Possible</certainty>
    <expires>${time(12)}</expires>
    <headline>Flood Watch for the Mill River</headline>
    <description>Two inches of rain are expected on frozen ground.</description>
    <area>
      <areaDesc>Mill River at Harbor</areaDesc>
      <polygon>42.34,-71.08 42.38,-71.08 42.38,-71.02 42.34,-71.02 42.34,-71.08</polygon>
    </area>
  </info>
</alert>`;
}
