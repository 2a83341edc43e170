//! Every operation of the schema, asked by those who should get nothing from it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, Type, TypeKind, TypeSystemDefinition,
};
use jiff::{SignedDuration, Timestamp};
use muster::domain::access_token::Issue;
use muster::domain::incident::{AssessComplexity, Incident};
use muster::domain::journal::Write;
use muster::domain::message;
use muster::domain::mutual_aid::{Cost, Make, Wish};
use muster::domain::organization::{self, Kind};
use muster::domain::person::Person;
use muster::domain::policies::Adopt;
use muster::domain::resource::{
    AdoptDefinitions, Commit, DefinitionRef, Grouping, Profile, Register, definition,
};
use muster::domain::resource_request::{Draft, Send, Submit};
use muster::domain::signal::{Attach, Receive};
use muster::domain::{Command, Id, Principal, Reach, RecordRef, Scope, group, person, schedule};
use muster::hub::Clock;
use muster::identity::NewSecret;
use serde_json::{Value, json};

use super::planted;
use super::scene::{SECRET, Scene, chief, private_message};
use crate::support::aid::engine;
use crate::support::hub::{DISPATCH, MEMORIAL};

/// How deep answers are asked for.
const DEPTH: usize = 3;

/// The published schema, by the names of its types.
pub(super) struct Schema(BTreeMap<String, TypeKind>);

/// The ids that arguments are filled with, by the kind of record.
type Ids = BTreeMap<&'static str, String>;

impl Schema {
    pub(super) fn read() -> Self {
        let text = std::fs::read_to_string("schema/hub.graphql").unwrap();
        let definitions = parse_schema(text).unwrap().definitions;
        let types = definitions.into_iter().filter_map(|definition| match definition {
            TypeSystemDefinition::Type(it) => Some((it.node.name.node.to_string(), it.node.kind)),
            _ => None,
        });
        Self(types.collect())
    }

    /// The types that have fields.
    pub(super) fn objects(&self) -> impl Iterator<Item = &str> {
        let objects = self.0.iter().filter(|(_, kind)| matches!(kind, TypeKind::Object(_)));
        objects.map(|(name, _)| name.as_str())
    }

    /// The fields of a type.
    pub(super) fn fields(&self, of: &str) -> Vec<FieldDefinition> {
        match self.0.get(of) {
            Some(TypeKind::Object(object)) => {
                object.fields.iter().map(|field| field.node.clone()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Every operation of a kind with its arguments filled in.
    fn operations(&self, kind: &str, ids: &Ids) -> Vec<(String, String)> {
        let root = format!("{}{}", kind[..1].to_uppercase(), &kind[1..]);
        let fields = self.fields(&root).into_iter();
        let operation = |field: FieldDefinition| {
            let name = field.name.node.to_string();
            let arguments: Vec<_> =
                field.arguments.iter().filter_map(|a| self.filled(&a.node, &name, ids)).collect();
            let arguments = match arguments.is_empty() {
                true => String::new(),
                false => format!("({})", arguments.join(" ")),
            };
            let selection = self.selection(base(&field.ty.node), DEPTH, &mut Vec::new());
            (name.clone(), format!("{kind} {{ {name}{arguments} {selection} }}"))
        };
        fields.map(operation).collect()
    }

    /// An argument, if it must be given or names a record.
    fn filled(&self, argument: &InputValueDefinition, of: &str, ids: &Ids) -> Option<String> {
        let (name, ty) = (argument.name.node.as_str(), &argument.ty.node);
        let required = !ty.nullable && argument.default_value.is_none();
        if !required && base(ty) != "ID" {
            return None;
        }
        let value = self.value(name, of, ty, ids);
        Some(format!("{name}: {value}"))
    }

    fn value(&self, name: &str, of: &str, ty: &Type, ids: &Ids) -> String {
        let one = match base(ty) {
            "ID" => format!("{:?}", ids[record_of(name, of)]),
            "Int" => "3".to_owned(),
            "Sequence" => format!("{:?}", "0".repeat(74)),
            "Float" => "1.5".to_owned(),
            "Boolean" => "true".to_owned(),
            "DateTime" => "\"2026-05-01T12:00:00Z\"".to_owned(),
            "Date" => "\"2026-05-01\"".to_owned(),
            "Time" => "\"12:00:00\"".to_owned(),
            other => match self.0.get(other) {
                Some(TypeKind::Enum(values)) => values.values[0].node.value.node.to_string(),
                Some(TypeKind::InputObject(input)) => {
                    let fields = input.fields.iter();
                    let of = if name == "input" { of } else { name };
                    let fields: Vec<_> =
                        fields.filter_map(|field| self.filled(&field.node, of, ids)).collect();
                    format!("{{ {} }}", fields.join(" "))
                }
                _ if name == "kind" => "\"flood\"".to_owned(),
                _ => "\"x\"".to_owned(),
            },
        };
        if matches!(ty.base, BaseType::List(_)) { format!("[{one}]") } else { one }
    }

    /// All that may be asked of a type without arguments, down to a depth.
    fn selection(&self, of: &str, depth: usize, path: &mut Vec<String>) -> String {
        match self.0.get(of) {
            Some(TypeKind::Union(union)) => {
                let members = union.members.iter().map(|member| {
                    let member = member.node.as_str();
                    format!("... on {member} {}", self.selection(member, depth, path))
                });
                format!("{{ __typename {} }}", members.collect::<Vec<_>>().join(" "))
            }
            Some(TypeKind::Object(_)) => {
                path.push(of.to_owned());
                let mut asked = vec!["__typename".to_owned()];
                for field in self.fields(of) {
                    let needs = |a: &InputValueDefinition| !a.ty.node.nullable;
                    let (name, ty) = (field.name.node.as_str(), base(&field.ty.node));
                    let composite =
                        matches!(self.0.get(ty), Some(TypeKind::Object(_) | TypeKind::Union(_)));
                    let again = path.iter().any(|above| above == ty) || name == "edges";
                    if field.arguments.iter().any(|a| needs(&a.node))
                        || composite && (depth == 0 || again)
                    {
                        continue;
                    }
                    asked.push(format!("{name} {}", self.selection(ty, depth.max(1) - 1, path)));
                }
                path.pop();
                format!("{{ {} }}", asked.join(" "))
            }
            _ => String::new(),
        }
    }
}

fn base(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name.as_str(),
        BaseType::List(of) => base(of),
    }
}

/// What kind of record an argument of type `ID` names.
fn record_of(argument: &str, of: &str) -> &'static str {
    let says = |word: &str| argument == word || argument == "id" && of == word;
    match () {
        () if says("signal") => "signal",
        () if says("person") || argument == "persons" => "person",
        () if says("organization") || says("lead") || says("parents") || says("owner") => {
            "organization"
        }
        () if argument == "membersOf" => "organization",
        () if says("message") || argument == "reachedBy" => "message",
        () if says("corrects") || says("note") => "note",
        () if says("agreement") => "agreement",
        () if says("request") || says("resourceRequest") => "request",
        () if says("offer") => "offer",
        () if says("group") => "group",
        () if says("schedule") => "schedule",
        () if says("structure") => "structure",
        () if says("post") || argument == "reportsTo" => "post",
        () if says("period") => "period",
        () if argument == "director" || argument == "to" && of == "proposeTransfer" => "commander",
        () if says("resource") || ["members", "leader", "out", "with"].contains(&argument) => {
            "resource"
        }
        () => "incident",
    }
}

/// Harbor Fire's records, each text of which holds the secret.
async fn plant(scene: &Scene) -> Ids {
    let incident = scene.fire_opens("fire").await;
    let secret = |what: &str| format!("{SECRET} {what}");
    scene.fire(AssessComplexity { incident, level: 2, reason: secret("complexity") }).await;
    let note = Write { incident, text: secret("note"), log_of: None, corrects: None, tlp: None };
    let (RecordRef::Note(note), _) = scene.fire(note).await else { panic!("no note") };
    let alert = Arc::new(private_message(&secret("panel")));
    let (digest, via) = ("00".repeat(32), secret("via"));
    let receive = Receive { alert, via, digest, resolved: None, warnings: Vec::new() };
    let (RecordRef::Signal(signal), _) = scene.fire(receive).await else { panic!("no signal") };
    scene.fire(Attach { signal, incident, reason: secret("attached") }).await;
    let register = person::Register { name: secret("person") };
    let (RecordRef::Person(person), _) = scene.fire(register).await else { panic!("no person") };
    scene.fire(Adopt { source: format!("// {}", secret("policies")) }).await;
    let adopt = AdoptDefinitions { source: definition::BUILT_IN[0].to_owned() };
    let hub = Arc::new(Principal::hub());
    scene.hub.hub().submit(&hub, adopt, None, "test".into()).await.unwrap();
    let profile = Profile {
        name: secret("engine"),
        definition: DefinitionRef { id: "fire-engine".into(), version: 1 },
        level: None,
        grouping: Grouping::SingleResource,
        members: Vec::new(),
        leader: None,
        home: None,
        crew: None,
        capabilities: BTreeMap::new(),
        rates: Vec::new(),
    };
    let register = Register { owner: None, profile, held: None, exercise: false };
    let (RecordRef::Resource(resource), _) = scene.fire(register).await else {
        panic!("no resource")
    };
    scene.fire(Commit { resource, incident, quantity: 1 }).await;
    let commanded = planted::command(scene, incident).await;
    let (request, offer) = plant_aid(scene, incident).await;
    let (group, schedule) = plant_audiences(scene, person).await;
    let message = plant_message(scene, incident, person).await;
    BTreeMap::from([
        ("incident", incident.to_string()),
        ("signal", signal.to_string()),
        ("note", note.to_string()),
        ("person", person.to_string()),
        ("agreement", uuid_of(9)),
        ("organization", scene.fire.to_string()),
        ("resource", resource.to_string()),
        ("structure", commanded.structure.to_string()),
        ("post", commanded.post.to_string()),
        ("period", commanded.period.to_string()),
        ("commander", commanded.commander.to_string()),
        ("request", request),
        ("offer", offer),
        ("group", group),
        ("schedule", schedule),
        ("message", message),
    ])
}

/// Harbor Fire's message to one of its own people, as far as it comes by itself.
async fn plant_message(scene: &Scene, incident: Id<Incident>, person: Id<Person>) -> String {
    let wording = message::content::Wording {
        language: "en".to_owned(),
        what: format!("{SECRET} words"),
        who: None,
        place: Some(format!("{SECRET} place")),
        when: None,
        to_do: None,
        until: None,
    };
    let content = message::content::Content {
        wordings: vec![wording],
        responses: Vec::new(),
        priority: message::content::Priority::Urgent,
        public: false,
    };
    let any_of = vec![message::Selector::Persons { persons: vec![person] }];
    let audience = message::Audience { any_of, except: Vec::new() };
    let plan = message::plan::Plan {
        expects: message::plan::Expects::Answer,
        channels: Vec::new(),
        interval_seconds: 180,
        cycles: 1,
        waves: vec![message::plan::Wave { audience, after_minutes: 0 }],
        enough: Vec::new(),
        ask_again_minutes: None,
        until: None,
    };
    let draft = message::Draft { incident: Some(incident), exercise: false, content, plan };
    let (RecordRef::Message(message), _) = scene.fire(draft).await else { panic!("no message") };
    message.to_string()
}

/// Harbor Fire's request, which County Water was asked, and its offer.
async fn plant_aid(scene: &Scene, incident: Id<Incident>) -> (String, String) {
    let secret = |what: &str| format!("{SECRET} {what}");
    let operator = Arc::new(Principal::hub());
    let hub = scene.hub.hub();
    let by = async |who: &Arc<Principal>, command: Command| {
        hub.submit(who, command, None, "test".into()).await.unwrap().subject
    };
    let source = definition::BUILT_IN[0].to_owned();
    by(&operator, AdoptDefinitions { source }.into()).await;
    let profile = organization::Profile {
        code: "WTR".into(),
        name: "County Water".into(),
        kind: Kind::Utility,
        jurisdiction: None,
        parents: Vec::new(),
    };
    let water = by(&operator, organization::Register { profile }.into()).await;
    let RecordRef::Organization(water) = water else { panic!("no organization") };
    let (request, _) = scene.fire(Draft { incident, content: planted::content() }).await;
    let RecordRef::ResourceRequest(request) = request else { panic!("no request") };
    scene.fire(Submit { request }).await;
    scene.fire(Send { request, to: vec![water] }).await;
    let desk = chief("wtr-chief", "WTR");
    let engine = by(&desk, engine(&secret("engine")).into()).await;
    let RecordRef::Resource(resource) = engine else { panic!("no resource") };
    let now = scene.hub.hub().clock().now();
    let make = Make {
        request,
        items: vec![Wish { resource, quantity: 1 }],
        conditions: Some(secret("conditions")),
        cost: Cost { currency: "USD".to_owned(), ..Cost::default() },
        available_from: now,
        available_until: now + SignedDuration::from_hours(48),
        expires: now + SignedDuration::from_hours(24),
    };
    let RecordRef::Offer(offer) = by(&desk, make.into()).await else { panic!("no offer") };
    (request.to_string(), offer.to_string())
}

/// Harbor Fire's group and on-call schedule, with the person in both.
async fn plant_audiences(scene: &Scene, person: Id<person::Person>) -> (String, String) {
    let secret = |what: &str| format!("{SECRET} {what}");
    let (group, _) = scene.fire(group::Make { name: secret("group"), members: vec![person] }).await;
    let rotation = schedule::Rotation {
        name: secret("rotation"),
        members: vec![person],
        first: "2026-05-01T08:00:00".parse().unwrap(),
        turn_days: 7,
        hours: Vec::new(),
    };
    let plan = schedule::Plan {
        name: secret("schedule"),
        time_zone: "America/New_York".to_owned(),
        rotations: vec![rotation],
        holidays: Vec::new(),
    };
    let (schedule, _) = scene.fire(schedule::Make { plan }).await;
    let (RecordRef::Group(group), RecordRef::Schedule(schedule)) = (group, schedule) else {
        panic!("neither group nor schedule")
    };
    (group.to_string(), schedule.to_string())
}

fn uuid_of(n: u8) -> String {
    format!("0196b000-0000-7000-8000-0000000000{n:02}")
}

/// The same with ids that nobody has; organizations are known to all.
fn unknown(ids: &Ids) -> Ids {
    let mut unknown = ids.clone();
    for (n, (kind, id)) in unknown.iter_mut().enumerate() {
        if *kind != "organization" {
            *id = uuid_of(u8::try_from(n).unwrap());
        }
    }
    unknown
}

/// The answer with ids by the kind of record they name, and without what counts commands.
fn comparable(answer: &Value, ids: &Ids) -> String {
    let text = match answer["data"].as_object().and_then(|data| data.values().next()) {
        Some(payload) if payload["refusal"].is_object() => payload["refusal"].to_string(),
        _ => answer.to_string(),
    };
    ids.iter().fold(text, |text, (kind, id)| text.replace(id, kind))
}

#[tokio::test(flavor = "multi_thread")]
async fn no_operation_tells_another_organization_of_what_it_may_not_see() {
    let scene = Scene::start(Clock::system()).await;
    let (schema, ids) = (Schema::read(), plant(&scene).await);
    let nobodys = unknown(&ids);
    let mut told_to_owner = 0;
    for kind in ["query", "mutation"] {
        let (known, unknown) = (schema.operations(kind, &ids), schema.operations(kind, &nobodys));
        assert!(known.len() > 10, "the schema was not read");
        // Breaking the glass is for whoever may: what is hidden is not hidden after it.
        let both = known.iter().zip(&unknown).filter(|((name, _), _)| name != "breakGlass");
        for ((name, known), (_, unknown)) in both {
            let of_hidden = scene.hub.ask(MEMORIAL, known, json!({})).await;
            assert!(!of_hidden.to_string().contains(SECRET), "{name} tells: {of_hidden}");
            let syntax = of_hidden["data"].is_object() || of_hidden["errors"].is_array();
            assert!(syntax && !of_hidden.to_string().contains("INVALID"), "{name}: {of_hidden}");
            // A mutation that goes through tells a new id.
            if name != "registerPerson" {
                let of_unknown = scene.hub.ask(MEMORIAL, unknown, json!({})).await;
                let (hidden, none) =
                    (comparable(&of_hidden, &ids), comparable(&of_unknown, &nobodys));
                assert_eq!(hidden, none, "{name}");
            }
            if kind == "query" {
                let own = scene.hub.ask(DISPATCH, known, json!({})).await;
                told_to_owner += usize::from(own.to_string().contains(SECRET));
            }
        }
    }
    assert!(told_to_owner >= 6, "the owner sees its own: {told_to_owner}");
}

/// A token that shows all of Harbor Fire's to whoever has it, for a day.
async fn owners_token(scene: &Scene) -> String {
    let NewSecret { secret, hash } = NewSecret::token().unwrap();
    let issue = Issue {
        reach: Reach::Hub,
        label: "bed-board".into(),
        organization: Some(scene.fire),
        scopes: vec![Scope::Read, Scope::Write, Scope::Administer],
        stored_queries: None,
        expires: scene.hub.hub().clock().now() + SignedDuration::from_hours(24),
        hash,
    };
    let operator = Arc::new(Principal::hub());
    scene.hub.hub().submit(&operator, issue, None, "test".into()).await.unwrap();
    secret
}

#[tokio::test(flavor = "multi_thread")]
async fn no_operation_answers_a_stranger_an_unknown_or_an_expired_token() {
    // A clock that can be put forward.
    let ahead = Arc::new(AtomicI64::new(0));
    let hours = Arc::clone(&ahead);
    let clock = Clock::by(move || {
        let ahead = SignedDuration::from_hours(hours.load(Ordering::SeqCst));
        Clock::system().now().checked_add(ahead).unwrap_or(Timestamp::MAX)
    });
    let scene = Scene::start(clock).await;
    let (schema, ids) = (Schema::read(), plant(&scene).await);
    let expired = owners_token(&scene).await;
    let fire = json!({ "id": ids["incident"] });
    let query = "query($id: ID!) { incident(id: $id) { name } }";
    let good = scene.hub.ask(&expired, query, fire).await;
    assert!(good.to_string().contains(SECRET), "the token works while it is good: {good}");
    ahead.store(25, Ordering::SeqCst);
    for kind in ["query", "mutation", "subscription"] {
        for (name, query) in schema.operations(kind, &ids) {
            let body = json!({ "query": query }).to_string();
            for token in [None, Some("mstr_unknown"), Some(expired.as_str())] {
                let request = scene.hub.client().post(scene.hub.url("/graphql"));
                let request = match token {
                    None => request,
                    Some(token) => request.bearer_auth(token),
                };
                let request = request.header("content-type", "application/json");
                let reply = request.body(body.clone()).send().await.unwrap();
                assert_eq!(reply.status(), 401, "{name}");
                let text = reply.text().await.unwrap();
                assert!(!text.contains(SECRET) && !text.contains(&ids["incident"]), "{text}");
            }
        }
    }
}
