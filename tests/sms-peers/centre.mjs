// A short message centre on loopback. It says its port, then one line of JSON for each message that
// it takes and each answer that it gets. What it does with a message stands in the message's text,
// as `throttle`, `refuse`, `silent`, `early`, `undeliv`; each line of its input is a `deliver_sm` to
// send. With `count` it says nothing but how many it took, once a second, for measuring.
import { createInterface } from "node:readline";
import smpp from "smpp";

const counting = process.argv[2] === "count";
const say = (what) => console.log(JSON.stringify(what));
let number = 0;
let taken = 0;
let receiver;

const receipt = (id, pdu, stat) => ({
  source_addr: pdu.destination_addr,
  source_addr_ton: 1,
  esm_class: 4,
  short_message: `id:${id} sub:001 dlvrd:001 submit date:2603010600 done date:2603010600 stat:${stat} err:000 text:`,
});

const take = (session, pdu) => {
  taken += 1;
  const id = (number += 1).toString();
  if (counting) return session.send(pdu.response({ message_id: id }));
  const payload = pdu.message_payload?.message ?? pdu.message_payload;
  const text = (payload ?? pdu.short_message.message)?.toString();
  const udh = pdu.short_message.udh?.map((element) => element.toString("hex"));
  const { destination_addr: to, data_coding, esm_class, validity_period, priority_flag } = pdu;
  say({ submit: text, udh, to, data_coding, esm_class, validity_period, priority_flag });
  const refuse = { throttle: smpp.ESME_RTHROTTLED, refuse: smpp.ESME_RINVDSTADR }[text];
  if (refuse) return session.send(pdu.response({ command_status: refuse }));
  if (text === "silent") return;
  const stat = text === "undeliv" ? "UNDELIV" : "DELIVRD";
  const bring = () => pdu.registered_delivery && deliver(receipt(id, pdu, stat));
  if (text.startsWith("early")) bring();
  session.send(pdu.response({ message_id: id }));
  if (!text.startsWith("early")) bring();
};

const deliver = (pdu) =>
  receiver.deliver_sm(pdu, (answer) => say({ answer: answer.command_status }));

const server = smpp.createServer({}, (session) => {
  session.on("error", () => {});
  for (const kind of ["transceiver", "transmitter", "receiver"]) {
    session.on(`bind_${kind}`, (pdu) => {
      const good = pdu.system_id === "muster" && pdu.password === "secret";
      session.send(pdu.response({ command_status: good ? 0 : smpp.ESME_RBINDFAIL }));
      if (good && kind !== "transmitter") receiver = session;
      if (good && !counting) say({ bound: kind });
    });
  }
  session.on("submit_sm", (pdu) => take(session, pdu));
  session.on("enquire_link", (pdu) => session.send(pdu.response()));
  session.on("unbind", (pdu) => {
    if (!counting) say({ unbound: true });
    session.send(pdu.response());
    session.close();
  });
});

server.listen(0, "127.0.0.1", () => console.log(server.address().port));
if (counting) setInterval(() => say({ taken }), 1000).unref();
createInterface({ input: process.stdin })
  .on("line", (line) => {
    const pdu = JSON.parse(line);
    if (typeof pdu.short_message === "object") {
      pdu.short_message = { udh: Buffer.from(pdu.short_message.udh, "hex"), message: pdu.short_message.message };
    }
    deliver(pdu);
  })
  .on("close", () => process.exit());
