//! Harbor Fire with its people, and a message to them, over the API of the running program.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream;
use serde_json::{Value, json};

use crate::support::process::{Caller, Process};

/// Requests that are under way at the same time while people are registered.
const AT_ONCE: usize = 16;
/// Longer than anything that is waited for, a lease that runs out included.
const LONG: Duration = Duration::from_secs(90);

/// Who asks.
pub(crate) struct Scene {
    pub(crate) dispatch: Caller,
    pub(crate) chief: Caller,
    fire: Value,
}

/// How many stand where.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts(BTreeMap<String, u64>);

impl Counts {
    pub(crate) fn of(&self, standing: &str) -> u64 {
        self.0.get(standing).copied().unwrap_or(0)
    }
}

/// What came of telling one person.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) name: String,
    pub(crate) standing: String,
    /// Channel, state, provider, and whether it is marked as possibly repeated.
    pub(crate) attempts: Vec<(String, String, String, bool)>,
}

impl Scene {
    pub(crate) async fn of(process: &Process) -> Self {
        let (dispatch, chief) = (process.caller_with(0), process.caller_with(1));
        let answer = dispatch.ask("{ organizations { nodes { id code } } }", json!({})).await;
        let answer = answer.unwrap();
        let all = answer["data"]["organizations"]["nodes"].as_array().unwrap();
        let fire = all.iter().find(|one| one["code"] == "HFD").unwrap()["id"].clone();
        Self { dispatch, chief, fire }
    }

    /// Registers members of Harbor Fire, each with a name and contact data.
    pub(crate) async fn hire(&self, people: Vec<(String, Value)>) {
        stream::iter(people)
            .for_each_concurrent(AT_ONCE, |(name, contact)| async move {
                let query = "mutation($input: RegisterPersonInput!) {
                    registerPerson(input: $input) { person { id } } }";
                let input = json!({ "input": { "name": name } });
                let person = self.chief.ask(query, input).await.unwrap();
                let person = person["data"]["registerPerson"]["person"]["id"].clone();
                let query = "mutation($join: JoinOrganizationInput!, $contact: SetContactInput!) {
                    joinOrganization(input: $join) { refusal { message } }
                    setContact(input: $contact) { refusal { message } } }";
                let join =
                    json!({ "person": person, "organization": self.fire, "title": "member" });
                let contact = json!({ "person": person, "contact": contact });
                let both = json!({ "join": join, "contact": contact });
                let answer = self.chief.ask(query, both).await.unwrap();
                assert_eq!(answer["data"]["setContact"]["refusal"], Value::Null, "{answer}");
            })
            .await;
    }

    /// Writes, releases and launches a message to all members; `plan` says how they are told.
    pub(crate) async fn launch(&self, what: &str, plan: Value) -> Value {
        let mut plan = plan;
        plan["waves"] = json!([{ "anyOf": { "membersOf": [self.fire] } }]);
        let content = json!({
            "wordings": [{ "language": "en", "what": what, "where": "Mill Street" }],
            "responses": [{ "meaning": "ACCEPT" }, { "meaning": "DECLINE" },
                { "meaning": "NEED_HELP" }],
            "priority": "LIFE_SAFETY",
            "public": true,
        });
        let draft = json!({ "content": content, "plan": plan });
        let id = self.mutate(&self.dispatch, "draftMessage", draft).await["message"]["id"].clone();
        let query = "query($id: ID!) { messagePreview(message: $id) { digest } }";
        let seen = self.chief.ask(query, json!({ "id": id })).await.unwrap();
        let digest = seen["data"]["messagePreview"]["digest"].clone();
        let release = json!({ "message": id, "digest": digest });
        self.mutate(&self.chief, "releaseMessage", release).await;
        let launch = json!({ "message": id, "digest": digest, "idempotencyKey": id });
        let launched = self.mutate(&self.dispatch, "launchMessage", launch).await;
        assert_eq!(launched["message"]["stage"], "RUNNING", "{launched}");
        id
    }

    /// Carries out a mutation that answers with a message.
    pub(crate) async fn mutate(&self, caller: &Caller, name: &str, input: Value) -> Value {
        let of = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
        let query = format!(
            "mutation($input: {of}!) {{ {name}(input: $input) {{
                message {{ id stage }} refusal {{ code message }} }} }}"
        );
        let answer = caller.ask(&query, json!({ "input": input })).await.unwrap();
        let payload = answer["data"][name].clone();
        assert_eq!(payload["refusal"], Value::Null, "{name}: {answer}");
        payload
    }

    /// How many stand where, once that is as wanted.
    pub(crate) async fn until(
        &self,
        message: &Value,
        wanted: impl Fn(&str, &Counts) -> bool,
    ) -> (String, Counts) {
        let query = "query($id: ID!) { message(id: $id) {
            stage counts { standing count } } }";
        let mut last = (String::new(), Counts::default());
        let found = async {
            loop {
                let asked = self.dispatch.ask(query, json!({ "id": message })).await;
                if let Some(answer) = asked.filter(|answer| answer["data"]["message"].is_object()) {
                    let message = &answer["data"]["message"];
                    let counts = message["counts"].as_array().unwrap().iter();
                    let counts = counts.map(|count| {
                        let standing = count["standing"].as_str().unwrap().to_owned();
                        (standing, count["count"].as_u64().unwrap())
                    });
                    let stage = message["stage"].as_str().unwrap().to_owned();
                    last = (stage, Counts(counts.collect()));
                    if wanted(&last.0, &last.1) {
                        return;
                    }
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        let found = tokio::time::timeout(LONG, found).await.is_ok();
        assert!(found, "it stays at {last:?}");
        last
    }

    /// What came of telling each person.
    pub(crate) async fn told(&self, message: &Value) -> Vec<Told> {
        let query = "query($id: ID!, $after: String) { message(id: $id) {
            deliveries(first: 200, after: $after) {
                nodes { standing person { name } attempts { channel state provider repeated } }
                pageInfo { hasNextPage endCursor } } } }";
        let (mut told, mut after) = (Vec::new(), Value::Null);
        loop {
            let variables = json!({ "id": message, "after": after });
            let answer = self.dispatch.ask(query, variables).await.unwrap();
            let page = &answer["data"]["message"]["deliveries"];
            for node in page["nodes"].as_array().unwrap_or_else(|| panic!("{answer}")) {
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                let attempts = node["attempts"].as_array().unwrap().iter().map(|a| {
                    let repeated = a["repeated"].as_bool().unwrap();
                    (text(&a["channel"]), text(&a["state"]), text(&a["provider"]), repeated)
                });
                told.push(Told {
                    name: text(&node["person"]["name"]),
                    standing: text(&node["standing"]),
                    attempts: attempts.collect(),
                });
            }
            if page["pageInfo"]["hasNextPage"] != true {
                return told;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
    }
}

/// An entry of the configuration for a mail server on this machine.
pub(crate) fn relay(name: &str, port: u16, more: &str) -> String {
    format!(
        "[[provider]]\nname = \"{name}\"\nchannel = \"email\"\n{more}\n[provider.settings]\n\
         host = \"localhost\"\nport = {port}\ntls = \"none\"\n\
         from = \"Harbor Fire <alerts@harbor.example>\"\nanswer_seconds = 5\ntaken_seconds = 5\n"
    )
}

/// An entry for a message centre on this machine, whose password stands in a file.
pub(crate) fn centre(name: &str, port: u16, password_file: &std::path::Path) -> String {
    let password = password_file.display();
    format!(
        "[[provider]]\nname = \"{name}\"\nchannel = \"sms\"\nkind = \"smpp\"\n[provider.settings]\n\
         host = \"127.0.0.1\"\nport = {port}\nsystem_id = \"muster\"\n\
         password_file = \"{password}\"\nsource = \"+12025550100\"\nanswer_seconds = 10\n"
    )
}

/// The mailbox of somebody.
pub(crate) fn mailbox(number: usize) -> String {
    format!("p{number}@harbor.example")
}

/// The telephone of somebody.
pub(crate) fn phone(number: usize) -> String {
    format!("+1202555{number:04}")
}
