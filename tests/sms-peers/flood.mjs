// How fast the centre is with a client of its own maker: `node flood.mjs PORT [MESSAGES] [WINDOW]`.
import smpp from "smpp";

const [port, messages = 20000, window = 100] = process.argv.slice(2).map(Number);
const session = smpp.connect({ url: `smpp://127.0.0.1:${port}` }, () => {
  session.bind_transceiver({ system_id: "muster", password: "secret" }, () => {
    const started = performance.now();
    let sent = 0;
    let answered = 0;
    const next = () => {
      if (sent === messages) return;
      sent += 1;
      session.submit_sm({ destination_addr: "12025550143", short_message: "a".repeat(90) }, () => {
        answered += 1;
        if (answered < messages) return next();
        const seconds = (performance.now() - started) / 1000;
        console.log(`${messages} messages in ${seconds.toFixed(2)} s: ${(messages / seconds).toFixed(0)}/s`);
        process.exit();
      });
    };
    for (let i = 0; i < window; i += 1) next();
  });
});
