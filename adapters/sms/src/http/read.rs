//! From YAML to a mapping, with all mistakes told at once.

use muster_contract::channel::{FailureKind, ReceiptState};

use super::mapping::{
    Answer, Body, Callback, CallbackAnswer, Check, Event, FieldsIn, Mapping, Probe, Request, Says,
    Shape, Source, Statuses,
};
use super::node::{Fields, Mistakes, Node, Value, Walk, parse};
use super::template::{Json, OF_MESSAGE, Template};

const KINDS: &str = "`permanent`, `temporary`, `technical` or `in-doubt`";

pub(super) fn mapping(source: &str) -> Result<Mapping, Mistakes> {
    let root = parse(source)?;
    let mut reader = Reader { walk: Walk::default(), needs: Vec::new() };
    let mapping = reader.mapping(&root);
    let mut mistakes = reader.walk.0;
    mistakes.sort_by_key(|mistake| mistake.line);
    match mapping {
        Some(mapping) if mistakes.is_empty() => Ok(mapping),
        _ => Err(Mistakes(mistakes)),
    }
}

struct Reader {
    walk: Walk,
    needs: Vec<String>,
}

impl Reader {
    /// `None` only when something is missing, which was told.
    fn mapping(&mut self, root: &Node) -> Option<Mapping> {
        let known = ["name", "needs", "request", "probe", "answer", "callback"];
        let fields = self.walk.fields(root, "mapping", &known);
        let name = self.walk.needed(&fields, "name").map(|node| self.walk.text(node, "name"));
        if let Some(needs) = fields.get("needs") {
            for (line, need) in self.walk.texts(needs, "needs") {
                if OF_MESSAGE.contains(&need) {
                    self.walk.mistake(line, format!("`{need}` is given by each message"));
                }
                self.needs.push(need.to_owned());
            }
        }
        let request = self.walk.needed(&fields, "request").and_then(|node| self.request(node));
        let probe = fields.get("probe").map(|node| self.probe(node));
        let answer = self.walk.needed(&fields, "answer").and_then(|node| self.answer(node));
        let callback = fields.get("callback").map(|node| self.callback(node));
        Some(Mapping {
            name: name?.to_owned(),
            needs: self.needs.clone(),
            request: request?,
            probe: lift(probe)?,
            answer: answer?,
            callback: lift(callback)?,
        })
    }

    fn request(&mut self, node: &Node) -> Option<Request> {
        let known = ["method", "url", "query", "headers", "basic", "form", "json"];
        let fields = self.walk.fields(node, "request", &known);
        let post = match self
            .walk
            .needed(&fields, "method")
            .map(|n| (n.line, self.walk.text(n, "method")))
        {
            Some((line, method)) if method != "GET" && method != "POST" => {
                self.walk.mistake(line, format!("the method `{method}` is not `GET` or `POST`"));
                false
            }
            method => method.is_some_and(|(_, method)| method == "POST"),
        };
        let url = self.walk.needed(&fields, "url").and_then(|node| self.template(node, "url"));
        let query = fields.get("query").map(|node| self.templates(node, "query"));
        let headers = fields.get("headers").map(|node| self.templates(node, "headers"));
        let basic = fields.get("basic").and_then(|node| self.basic(node));
        let body = match (fields.get("form"), fields.get("json")) {
            (Some(_), Some(json)) => {
                self.walk.mistake(json.line, "a request has `form` or `json`, not both");
                Body::Empty
            }
            (Some(form), None) => Body::Form(self.templates(form, "form")),
            (None, Some(json)) => self.json(json).map_or(Body::Empty, Body::Json),
            (None, None) => Body::Empty,
        };
        if !post && !matches!(body, Body::Empty) {
            self.walk.mistake(fields.line, "a request with `GET` has no `form` or `json`");
        }
        let (query, headers) = (query.unwrap_or_default(), headers.unwrap_or_default());
        Some(Request { post, url: url?, query, headers, basic, body })
    }

    fn basic(&mut self, node: &Node) -> Option<(Template, Template)> {
        let fields = self.walk.fields(node, "basic", &["user", "password"]);
        let user = self.walk.needed(&fields, "user").and_then(|n| self.template(n, "user"));
        let password = self.walk.needed(&fields, "password");
        let password = password.and_then(|n| self.template(n, "password"));
        user.zip(password)
    }

    fn probe(&mut self, node: &Node) -> Option<Probe> {
        let fields = self.walk.fields(node, "probe", &["request", "alive"]);
        let request = self.walk.needed(&fields, "request").and_then(|node| self.request(node));
        let alive = self.walk.needed(&fields, "alive").map(|node| {
            let fields = self.walk.fields(node, "alive", &["status", "begins"]);
            self.shape(&fields)
        });
        Some(Probe { request: request?, alive: alive? })
    }

    fn shape(&mut self, fields: &Fields<'_>) -> Shape {
        let status = self.walk.needed(fields, "status");
        let status = status.map(|node| self.walk.texts(node, "status")).unwrap_or_default();
        let status = status.into_iter().filter_map(|(line, text)| self.statuses(line, text));
        let status = status.collect();
        let begins = fields.get("begins").map(|node| self.walk.texts(node, "begins"));
        let begins = begins.unwrap_or_default().into_iter().map(|(_, text)| text.to_owned());
        Shape { status, begins: begins.collect() }
    }

    fn statuses(&mut self, line: u64, text: &str) -> Option<Statuses> {
        let hundred = text.strip_suffix("xx").and_then(|digit| digit.parse::<u16>().ok());
        let found = match hundred {
            Some(digit) => Some(Statuses(digit.min(9) * 100, digit.min(9) * 100 + 99)),
            None => text.parse().ok().map(|status| Statuses(status, status)),
        };
        let found = found.filter(|statuses| (100..600).contains(&statuses.0));
        if found.is_none() {
            let message = format!("`{text}` is not a status; write `200` or `5xx`");
            self.walk.mistake(line, message);
        }
        found
    }

    fn answer(&mut self, node: &Node) -> Option<Answer> {
        let fields = self.walk.fields(node, "answer", &["taken", "code", "errors", "statuses"]);
        let taken = self.walk.needed(&fields, "taken").map(|node| {
            let fields = self.walk.fields(node, "taken", &["status", "begins", "reference"]);
            let reference = fields.get("reference").and_then(|n| self.source(n, "reference"));
            (self.shape(&fields), reference)
        });
        let code = fields.get("code").and_then(|node| self.source(node, "code"));
        let mut errors = Vec::new();
        for (code, node) in fields.get("errors").map_or(&[][..], |n| self.walk.entries(n, "errors"))
        {
            let fields = self.walk.fields(node, "errors", &["kind", "says"]);
            let kind = self.walk.needed(&fields, "kind").and_then(|n| self.kind(n));
            let says = self.walk.needed(&fields, "says").map(|n| self.walk.text(n, "says"));
            errors.extend(kind.zip(says).map(|(kind, says)| (code.clone(), kind, says.to_owned())));
        }
        let mut statuses = Vec::new();
        let entries = fields.get("statuses").map_or(&[][..], |n| self.walk.entries(n, "statuses"));
        for (status, node) in entries {
            let kind = self.kind(node);
            statuses.extend(self.statuses(node.line, status).zip(kind));
        }
        let (taken, reference) = taken?;
        Some(Answer { taken, reference, code, errors, statuses })
    }

    fn source(&mut self, node: &Node, what: &str) -> Option<Source> {
        let fields = self.walk.fields(node, what, &["json", "after", "before"]);
        let text = |walk: &mut Walk, key| fields.get(key).map(|n| walk.text(n, key).to_owned());
        let found = [
            text(&mut self.walk, "json").map(Source::Json),
            text(&mut self.walk, "after").map(Source::After),
            text(&mut self.walk, "before").map(Source::Before),
        ];
        let mut found = found.into_iter().flatten();
        match (found.next(), found.next()) {
            (Some(Source::Json(pointer)), None) if !pointer.starts_with('/') => {
                let message = format!("`{pointer}` is not a JSON pointer; write `/{pointer}`");
                self.walk.mistake(node.line, message);
                None
            }
            (Some(source), None) => Some(source),
            _ => {
                let message = format!("`{what}` needs one of `json`, `after` and `before`");
                self.walk.mistake(node.line, message);
                None
            }
        }
    }

    fn kind(&mut self, node: &Node) -> Option<FailureKind> {
        let text = self.walk.text(node, "kind");
        let kind = kind(text);
        if kind.is_none() {
            self.walk.mistake(node.line, format!("`{text}` is not {KINDS}"));
        }
        kind
    }

    fn callback(&mut self, node: &Node) -> Option<Callback> {
        let fields = self.walk.fields(node, "callback", &["fields", "check", "events", "answer"]);
        let place = self.walk.needed(&fields, "fields").and_then(|node| {
            let found = match self.walk.text(node, "fields") {
                "query" => Some(FieldsIn::Query),
                "form" => Some(FieldsIn::Form),
                "json" => Some(FieldsIn::Json),
                _ => None,
            };
            if found.is_none() {
                self.walk.mistake(node.line, "`fields` is not `query`, `form` or `json`");
            }
            found
        });
        let check = self.walk.needed(&fields, "check").and_then(|node| self.check(node));
        let mut events = Vec::new();
        match self.walk.needed(&fields, "events").map(|node| (&node.value, node.line)) {
            Some((Value::List(nodes), _)) => {
                events.extend(nodes.iter().filter_map(|node| self.event(node)));
            }
            Some((_, line)) => self.walk.mistake(line, "`events` must be a list"),
            None => {}
        }
        let answer = self.walk.needed(&fields, "answer").map(|node| self.callback_answer(node));
        Some(Callback { fields: place?, check: check?, events, answer: answer? })
    }

    fn check(&mut self, node: &Node) -> Option<Check> {
        let fields = self.walk.fields(node, "check", &["twilio", "query", "header", "equals"]);
        let get = |walk: &mut Walk, key| fields.get(key).map(|n| walk.text(n, key).to_owned());
        let twilio = get(&mut self.walk, "twilio");
        let query = get(&mut self.walk, "query");
        let header = get(&mut self.walk, "header");
        let equals = get(&mut self.walk, "equals");
        let secret = twilio.as_ref().or(equals.as_ref());
        if let Some(name) = secret.filter(|name| !self.needs.contains(name)) {
            self.walk.mistake(node.line, format!("`{name}` does not stand in `needs`"));
        }
        let found = match (twilio, query, header, equals) {
            (Some(secret), None, None, None) => Some(Check::Twilio(secret)),
            (None, Some(field), None, Some(secret)) => Some(Check::Query(field, secret)),
            (None, None, Some(header), Some(secret)) => Some(Check::Header(header, secret)),
            _ => None,
        };
        if found.is_none() {
            let message = "`check` needs `twilio`, or `query` or `header` with `equals`";
            self.walk.mistake(node.line, message);
        }
        found
    }

    fn event(&mut self, node: &Node) -> Option<Event> {
        let fields = self.walk.fields(node, "event", &["when", "receipt", "reply"]);
        let when = self.walk.needed(&fields, "when");
        let when = when.map_or(&[][..], |node| self.walk.entries(node, "when"));
        let when = when.iter().map(|(field, node)| {
            let value = self.walk.text(node, "when");
            (field.clone(), Some(value.to_owned()).filter(|value| value != "*"))
        });
        let when = when.collect();
        let says = match (fields.get("receipt"), fields.get("reply")) {
            (Some(node), None) => self.receipt(node),
            (None, Some(node)) => self.reply(node),
            _ => {
                self.walk.mistake(node.line, "an event is a `receipt` or a `reply`");
                None
            }
        };
        Some(Event { when, says: says? })
    }

    fn receipt(&mut self, node: &Node) -> Option<Says> {
        let known = ["reference", "state", "code", "states", "errors"];
        let fields = self.walk.fields(node, "receipt", &known);
        let reference = self.walk.needed(&fields, "reference");
        let reference = reference.map(|n| self.walk.text(n, "reference").to_owned());
        let state = self.walk.needed(&fields, "state");
        let state = state.map(|n| self.walk.text(n, "state").to_owned());
        let code = fields.get("code").map(|n| self.walk.text(n, "code").to_owned());
        let mut states = Vec::new();
        let entries = self.walk.needed(&fields, "states");
        for (name, node) in entries.map_or(&[][..], |n| self.walk.entries(n, "states")) {
            let text = self.walk.text(node, "states");
            match self::state(text) {
                Some(state) => states.push((name.clone(), state)),
                None => {
                    let states = "`accepted`, `delivered`, `expired`, `unknown`";
                    self.walk.mistake(node.line, format!("`{text}` is not {states}, {KINDS}"));
                }
            }
        }
        let mut errors = Vec::new();
        for (code, node) in fields.get("errors").map_or(&[][..], |n| self.walk.entries(n, "errors"))
        {
            errors.extend(self.kind(node).map(|kind| (code.clone(), kind)));
        }
        Some(Says::Receipt { reference: reference?, state: state?, code, states, errors })
    }

    fn reply(&mut self, node: &Node) -> Option<Says> {
        let fields = self.walk.fields(node, "reply", &["from", "text", "reference"]);
        let from = self.walk.needed(&fields, "from").map(|n| self.walk.text(n, "from").to_owned());
        let text = self.walk.needed(&fields, "text").map(|n| self.walk.text(n, "text").to_owned());
        let reference = fields.get("reference");
        let reference = reference.map(|n| self.walk.text(n, "reference").to_owned());
        Some(Says::Reply { from: from?, text: text?, reference })
    }

    fn callback_answer(&mut self, node: &Node) -> CallbackAnswer {
        let fields = self.walk.fields(node, "answer", &["status", "type", "body"]);
        let mut get = |key| {
            let node = self.walk.needed(&fields, key);
            node.map(|n| (n.line, self.walk.text(n, key))).unwrap_or_default()
        };
        let ((line, status), (_, content_type), (_, body)) =
            (get("status"), get("type"), get("body"));
        let (content_type, body) = (content_type.to_owned(), body.to_owned());
        let status = self.statuses(line, status).map_or(200, |statuses| statuses.0);
        CallbackAnswer { status, content_type, body }
    }

    fn templates(&mut self, node: &Node, what: &str) -> Vec<(String, Template)> {
        let entries = self.walk.entries(node, what).iter();
        entries.filter_map(|(key, node)| Some((key.clone(), self.template(node, key)?))).collect()
    }

    fn template(&mut self, node: &Node, what: &str) -> Option<Template> {
        let text = self.walk.text(node, what);
        let needs = &self.needs;
        let known = |name: &str| OF_MESSAGE.contains(&name) || needs.iter().any(|n| n == name);
        match Template::parse(text, &known) {
            Ok(template) => Some(template),
            Err(message) => {
                self.walk.mistake(node.line, format!("`{what}`: {message}"));
                None
            }
        }
    }

    fn json(&mut self, node: &Node) -> Option<Json> {
        Some(match &node.value {
            Value::Nothing => Json::Nothing,
            Value::Flag(flag) => Json::Flag(*flag),
            Value::Text(_) => Json::Text(self.template(node, "json")?),
            Value::List(nodes) => {
                Json::List(nodes.iter().filter_map(|node| self.json(node)).collect())
            }
            Value::Map(entries) => {
                let read = entries.iter();
                Json::Map(read.filter_map(|(k, n)| Some((k.clone(), self.json(n)?))).collect())
            }
        })
    }
}

/// An optional part that was left out, or was read; `None` if it was there and could not be.
fn lift<T>(part: Option<Option<T>>) -> Option<Option<T>> {
    match part {
        None => Some(None),
        Some(read) => read.map(Some),
    }
}

fn kind(text: &str) -> Option<FailureKind> {
    Some(match text {
        "permanent" => FailureKind::Permanent,
        "temporary" => FailureKind::Temporary,
        "technical" => FailureKind::Technical,
        "in-doubt" => FailureKind::InDoubt,
        _ => return None,
    })
}

fn state(text: &str) -> Option<ReceiptState> {
    Some(match text {
        "accepted" => ReceiptState::Accepted,
        "delivered" => ReceiptState::Delivered,
        "expired" => ReceiptState::Expired,
        "unknown" => ReceiptState::Unknown,
        text => ReceiptState::Failed(kind(text)?),
    })
}
