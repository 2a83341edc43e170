// Logs in, or uses the set-up link whose secret stands behind `#` in the address.
"use strict";

const said = document.getElementById("said");
const login = document.getElementById("login");
const setup = document.getElementById("setup");

async function post(path, body) {
  const headers = { "content-type": "application/json" };
  const reply = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  const answer = await reply.json().catch(() => ({}));
  if (!reply.ok) throw new Error(answer.errors?.[0]?.message ?? "the hub does not answer");
  return answer;
}

// Where to go then: back to a page of the hub that sent here, or to the dashboard.
function next() {
  const wanted = new URLSearchParams(location.search).get("next") ?? "";
  return /^\/(?![/\\])/.test(wanted) ? wanted : "./";
}

// Runs what a form is for, one at a time, and says what went wrong.
function onSubmit(form, work) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    said.textContent = "";
    try {
      await work(Object.fromEntries(new FormData(form)));
      location.assign(next());
    } catch (error) {
      said.textContent = `Sorry: ${error.message}.`;
    } finally {
      button.disabled = false;
    }
  });
}

if (login) {
  onSubmit(login, ({ login, password }) => post("session", { login, password }));
  const WHY = {
    provider: "the identity provider cannot be reached now",
    again: "that took too long or began elsewhere; try again",
    unverified: "what the identity provider says cannot be verified",
    unlinked: "no account here is linked to you; ask an administrator",
    refused: "your account lets nobody in now; ask an administrator",
  };
  const why = WHY[location.hash.slice(1)];
  if (why) said.textContent = `Sorry: ${why}.`;
  // Shown only where the hub knows an identity provider.
  fetch("oidc").then((reply) => {
    document.getElementById("oidc").hidden = !reply.ok;
  });
}

if (setup) {
  const secret = location.hash.slice(1);
  // Out of the address bar and the history.
  history.replaceState(null, "", location.pathname);
  onSubmit(setup, ({ login, name, password }) => {
    if (password !== document.getElementById("again").value) {
      throw new Error("the two passwords differ");
    }
    return post("setup", { secret, login, name, password });
  });
  post("setup", { secret }).then(
    ({ login }) => {
      if (login === null) return;
      document.getElementById("name").value = login;
      document.getElementById("name").readOnly = true;
      document.getElementById("full").closest("div").hidden = false;
      document.getElementById("full").hidden = true;
      document.querySelector("label[for=full]").hidden = true;
    },
    (error) => {
      said.textContent = `Sorry: ${error.message}.`;
    },
  );
}
