//! From YAML to rules, collecting every mistake on the way.

use jiff::SignedDuration;

use super::condition::Condition;
use super::fields::{Fields, Reader};
use super::problem::RuleProblems;
use super::rule::{Action, Correlate, KindMatch, Lead, Plan, Rule};
use super::yaml::{self, Node};
use crate::domain::hazard;
use crate::domain::incident::Status;
use crate::domain::limits::{NAME_CHARS_MAX, REASON_CHARS_MAX, RULES_BYTES_MAX, RULES_MAX};
use crate::domain::organization;

/// What a name template may hold.
pub(super) const PLACES: [&str; 4] = ["{event}", "{area}", "{headline}", "{sender}"];
/// The longest time that a rule may look back, in hours: 30 days.
const WITHIN_HOURS_MAX: f64 = 720.0;

const ACTIONS: [(&str, Action); 5] = [
    ("open", Action::Open),
    ("update", Action::Update),
    ("attach", Action::Attach),
    ("suggest", Action::Suggest),
    ("ignore", Action::Ignore),
];
const KIND_MATCHES: [(&str, KindMatch); 3] =
    [("same", KindMatch::Same), ("related", KindMatch::Related), ("any", KindMatch::Any)];
const STATUSES: [(&str, Status); 2] = [("reported", Status::Reported), ("active", Status::Active)];

/// Reads the rules of a document, in its order; the empty text has none.
pub(super) fn rules(source: &str) -> Result<Vec<Rule>, RuleProblems> {
    let mut reader = Reader::new(source);
    if source.len() > RULES_BYTES_MAX {
        let size = source.len();
        reader.report(1, format!("the rules have {size} bytes and may have {RULES_BYTES_MAX}"));
        return reader.finish(Vec::new());
    }
    if source.trim().is_empty() {
        return Ok(Vec::new());
    }
    let rules = match yaml::parse(source) {
        Ok(document) => read_document(&mut reader, &document),
        Err(problem) => return Err(RuleProblems::new(vec![problem])),
    };
    reader.finish(rules)
}

fn read_document(reader: &mut Reader<'_>, document: &Node) -> Vec<Rule> {
    let Some(fields) = reader.fields(document, "the document", &["rules"]) else {
        return Vec::new();
    };
    let Some(list) = reader.needed_list(&fields, "rules") else { return Vec::new() };
    if list.len() > RULES_MAX {
        let count = list.len();
        reader.report(document.line, format!("there are {count} rules; {RULES_MAX} are allowed"));
        return Vec::new();
    }
    let mut rules = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for node in list {
        let rule = read_rule(reader, node);
        rules.extend(rule);
        if let Some(name) = reader.leave_rule() {
            if names.contains(&name) {
                let message = format!("another rule is called `{name}`; the log names rules");
                reader.report(node.line, message);
            }
            names.push(name);
        }
    }
    rules
}

fn read_rule(reader: &mut Reader<'_>, node: &Node) -> Option<Rule> {
    const KNOWN: [&str; 6] = ["name", "when", "then", "kind", "correlate", "incident"];
    let fields = reader.fields(node, "a rule", &KNOWN)?;
    let name = reader.needed_text(&fields, "name", NAME_CHARS_MAX);
    reader.enter_rule(name.clone());
    let when = read_condition(reader, &fields);
    let then = reader.needed_choice(&fields, "then", &ACTIONS);
    let kind = read_kind(reader, &fields);
    let correlate = fields.get("correlate").map(|node| read_correlate(reader, node));
    let incident = fields.get("incident").map(|node| read_plan(reader, node));
    Some(Rule {
        name: name?,
        when: when?,
        then: then?,
        kind,
        correlate: correlate.unwrap_or_default(),
        incident: incident.unwrap_or_default(),
    })
}

fn read_condition(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Condition> {
    let line = fields.get("when").map_or(fields.line, |node| node.line);
    let text = reader.needed_text(fields, "when", usize::MAX)?;
    match Condition::compile(&text) {
        Ok(condition) => Some(condition),
        Err(mistakes) => {
            for mistake in mistakes {
                let line = reader.line_of(&mistake.near, line);
                reader.report(line, mistake.message);
            }
            None
        }
    }
}

fn read_kind(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<hazard::Kind> {
    let code = reader.text(fields, "kind", NAME_CHARS_MAX)?;
    if code == "from-alert" {
        return None;
    }
    let kind = hazard::Kind::from_code(&code);
    if kind.is_none() {
        let line = fields.line_of("kind");
        let message = format!("`{code}` is not a kind of hazard; write `from-alert` or a code");
        reader.report(line, message);
    }
    kind
}

fn read_correlate(reader: &mut Reader<'_>, node: &Node) -> Correlate {
    let default = Correlate::default();
    let known = ["kind", "within-hours", "overlap", "min-overlap"];
    let Some(fields) = reader.fields(node, "`correlate`", &known) else { return default };
    let kind = reader.choice(&fields, "kind", &KIND_MATCHES).unwrap_or(default.kind);
    let hours = reader.number(&fields, "within-hours", 0.0..=WITHIN_HOURS_MAX);
    let within = hours.and_then(|hours| SignedDuration::try_from_secs_f64(hours * 3_600.0).ok());
    let share = reader.number(&fields, "min-overlap", 0.0..=1.0).or(default.overlap);
    let overlap = if reader.flag(&fields, "overlap").unwrap_or(true) { share } else { None };
    Correlate { kind, within: within.unwrap_or(default.within), overlap }
}

fn read_plan(reader: &mut Reader<'_>, node: &Node) -> Plan {
    let default = Plan::default();
    let known = ["name", "status", "complexity", "lead"];
    let Some(fields) = reader.fields(node, "`incident`", &known) else { return default };
    let name = reader.text(&fields, "name", NAME_CHARS_MAX);
    if let Some(strange) = name.as_deref().and_then(strange_place) {
        let known = PLACES.join(" ");
        let message = format!("`{strange}` has no meaning in a name; there are {known}");
        reader.report(fields.line_of("name"), message);
    }
    let status = reader.choice(&fields, "status", &STATUSES).unwrap_or(default.status);
    let complexity = fields.get("complexity").and_then(|node| read_complexity(reader, node));
    let lead = fields.get("lead").and_then(|node| read_lead(reader, &fields, node));
    Plan { name: name.unwrap_or(default.name), status, complexity, lead }
}

/// A place in a template that nothing would be put into.
fn strange_place(template: &str) -> Option<String> {
    let rest = PLACES.iter().fold(template.to_owned(), |rest, place| rest.replace(place, ""));
    let open = rest.find(['{', '}'])?;
    Some(rest.chars().skip(rest.get(..open)?.chars().count()).take(20).collect())
}

fn read_complexity(reader: &mut Reader<'_>, node: &Node) -> Option<(u8, String)> {
    let fields = reader.fields(node, "`complexity`", &["type", "reason"])?;
    let levels = [("5", 5), ("4", 4), ("3", 3), ("2", 2), ("1", 1)];
    let level = reader.needed_choice(&fields, "type", &levels);
    let reason = reader.needed_text(&fields, "reason", REASON_CHARS_MAX);
    Some((level?, reason?))
}

fn read_lead(reader: &mut Reader<'_>, plan: &Fields<'_>, node: &Node) -> Option<Lead> {
    if !node.is_map() {
        return reader.text(plan, "lead", NAME_CHARS_MAX).map(Lead::Code);
    }
    let fields = reader.fields(node, "`lead`", &["by-jurisdiction"])?;
    let list = reader.needed_list(&fields, "by-jurisdiction")?;
    let mut kinds = Vec::new();
    for item in list {
        kinds.extend(reader.word(item, "by-jurisdiction", &organization::Kind::NAMES));
    }
    Some(Lead::ByJurisdiction(kinds))
}
