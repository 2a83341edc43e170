// What runs in the page itself. Each function stands alone, as only its text gets there.

/** Promises the milliseconds from the beginning until the first record has been painted. */
export function noteFirstRow() {
  globalThis.firstRow = new Promise((resolve) => {
    const look = () => {
      if (!document.querySelector("[role=option]")?.textContent) return;
      observer.disconnect();
      // The frame that it is in has been made when a message arrives that was sent in it.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
      });
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true, characterData: true });
  });
}

/** Promises the milliseconds until as many records are listed as there are, and the map is there. */
export function allShown(items) {
  const listed = () => Number(document.querySelector("[role=option]")?.ariaSetSize ?? 0);
  return new Promise((resolve) => {
    let at = null;
    const timer = setInterval(() => {
      if (listed() >= items) at ??= performance.now();
      if (at === null || !document.querySelector(".maplibregl-canvas")) return;
      clearInterval(timer);
      resolve(at);
    }, 20);
  });
}

/** Counts what comes by WebSockets and how often something is subscribed to, and nothing else. */
export function countMessages() {
  const counted = { messages: 0, bytes: 0, subscriptions: 0 };
  globalThis.counted = counted;
  globalThis.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => {
        counted.messages += 1;
        counted.bytes += data.length;
      });
    }

    send(text) {
      if (text.includes('"subscribe"')) counted.subscriptions += 1;
      super.send(text);
    }
  };
}

/** Reads what a page of the dashboard would, and does nothing with it. */
export function followOnly(said) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${location.host}/graphql/ws`, "graphql-transport-ws");
    const [init, ...subscriptions] = said;
    socket.onopen = () => socket.send(init);
    socket.onclose = ({ code, reason }) => reject(new Error(`closed: ${code} ${reason}`));
    socket.onmessage = ({ data }) => {
      const { type } = JSON.parse(data);
      if (type === "ping") socket.send('{"type":"pong"}');
      if (type !== "connection_ack") return;
      for (const text of subscriptions) socket.send(text);
      resolve();
    };
  });
}

/** The milliseconds between frames, as they come for so long. */
export function frames(ms) {
  return new Promise((resolve) => {
    const gaps = [];
    let last = performance.now();
    const end = last + ms;
    const frame = (at) => {
      gaps.push(at - last);
      last = at;
      if (at < end) requestAnimationFrame(frame);
      else resolve(gaps);
    };
    requestAnimationFrame(frame);
  });
}
