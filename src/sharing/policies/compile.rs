//! From the term of an agreement to Cedar.
//!
//! What an agreement says can be read as policies, by an auditor and by the explanation of a
//! decision; nothing is decided in any other way.

use cedar_policy::{Policy, PolicyId};

use crate::domain::Id;
use crate::domain::agreement::{Agreement, Group, Incidents, Term};
use crate::domain::break_glass::BreakGlass;
use crate::domain::organization::Organization;
use crate::sharing::class::Kind;

/// The policies of a term: one for the groups of fields that are shown or not, one for places, one
/// for times, and one if the receiver may know what is withheld.
pub(super) fn term(agreement: Id<Agreement>, n: usize, term: &Term) -> Vec<Policy> {
    texts(agreement, n, term).into_iter().filter_map(|(name, text)| parse(&name, &text)).collect()
}

/// The text of those policies, with their names.
pub(super) fn texts(agreement: Id<Agreement>, n: usize, term: &Term) -> Vec<(String, String)> {
    let name = format!("agreement:{agreement}/{n}");
    let when = conditions(agreement, n, term);
    let plain = term.groups.iter().filter(|g| !matches!(g, Group::Place | Group::History));
    let actions: Vec<_> =
        plain.map(|group| format!("Muster::Action::\"{}\"", group.action())).collect();
    let mut texts =
        vec![(name.clone(), permit(&format!("action in [{}]", actions.join(", ")), &when, ""))];
    if term.groups.contains(&Group::Place) {
        let exactness = term.place as i64;
        let and = format!("context.place >= {exactness}");
        texts.push((format!("{name}/place"), permit(&one_action(Group::Place), &when, &and)));
    }
    if term.groups.contains(&Group::History) {
        let exactness = term.time as i64;
        let and = format!("context.time >= {exactness}");
        texts.push((format!("{name}/history"), permit(&one_action(Group::History), &when, &and)));
    }
    if term.tells_withheld {
        let action = "action == Muster::Action::\"knowWithheld\"";
        texts.push((format!("{name}/withheld"), permit(action, &when, "")));
    }
    texts
}

/// The policy of a broken glass. It shows all groups; markings stay in force.
pub(super) fn broken_glass(broken: &BreakGlass) -> Vec<Policy> {
    let when = format!("resource has owner && resource.owner == {}", uid(broken.owner));
    let text = permit("action in Muster::Action::\"see\"", &when, "");
    parse(&format!("break-glass:{}", broken.id), &text).into_iter().collect()
}

fn conditions(agreement: Id<Agreement>, n: usize, term: &Term) -> String {
    let list =
        |ids: &[Id<Organization>]| ids.iter().map(|id| uid(*id)).collect::<Vec<_>>().join(", ");
    let mut when = format!("principal in [{}]", list(&term.receives));
    let and = |when: &mut String, condition: &str| {
        when.push_str("\n  && ");
        when.push_str(condition);
    };
    let kinds =
        term.records.iter().map(|kind| format!("resource is {}", Kind::from(*kind).entity_type()));
    and(&mut when, &format!("({})", kinds.collect::<Vec<_>>().join(" || ")));
    and(&mut when, "resource has owner");
    and(&mut when, &format!("[{}].contains(resource.owner)", list(&term.gives)));
    and(&mut when, &format!("resource.marking <= {}", term.up_to as i64));
    match &term.incidents {
        Incidents::All => {}
        Incidents::Kinds(kinds) => {
            let codes: Vec<_> = kinds.iter().map(|kind| format!("\"{}\"", kind.code())).collect();
            and(&mut when, &format!("resource.hazards.containsAny([{}])", codes.join(", ")));
        }
        Incidents::These(ids) => {
            let uids: Vec<_> = ids.iter().map(|id| format!("Muster::Incident::\"{id}\"")).collect();
            and(&mut when, &format!("resource in [{}]", uids.join(", ")));
        }
    }
    if term.area.is_some() {
        and(&mut when, &format!("resource.areas.contains(\"{agreement}/{n}\")"));
    }
    if let Some(exercise) = term.exercise {
        and(&mut when, &format!("resource.exercise == {exercise}"));
    }
    when
}

fn permit(action: &str, when: &str, and: &str) -> String {
    let and = if and.is_empty() { String::new() } else { format!("\n  && {and}") };
    format!("permit (principal, {action}, resource)\nwhen {{\n  {when}{and}\n}};")
}

fn one_action(group: Group) -> String {
    format!("action == Muster::Action::\"{}\"", group.action())
}

fn uid(organization: Id<Organization>) -> String {
    format!("Muster::Organization::\"{organization}\"")
}

/// A policy that does not parse shows nothing, and is told to the operator; a test reads what every
/// kind of term compiles to, strictly.
fn parse(name: &str, text: &str) -> Option<Policy> {
    match Policy::parse(Some(PolicyId::new(name)), text) {
        Ok(policy) => Some(policy),
        Err(error) => {
            tracing::error!(policy = name, %error, "a term does not compile, and shows nothing");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use muster_contract::{MultiPolygon, Polygon, Position};
    use uuid::Uuid;

    use super::*;
    use crate::domain::agreement::{PlacePrecision, Shareable, TimePrecision};
    use crate::domain::hazard;
    use crate::domain::marking::Tlp;
    use crate::domain::policies::read;

    const RECORDS: [Shareable; 10] = [
        Shareable::Incident,
        Shareable::Signal,
        Shareable::Note,
        Shareable::Person,
        Shareable::Plan,
        Shareable::Structure,
        Shareable::Post,
        Shareable::Qualification,
        Shareable::Resource,
        Shareable::Request,
    ];

    fn id<T>(n: u128) -> Id<T> {
        Id::new(Uuid::from_u128(n))
    }

    /// Every group, every precision, every condition, for some kinds of record.
    fn terms(records: &[Shareable]) -> Vec<Term> {
        let corner = |lon, lat| Position { lon, lat };
        let ring = vec![corner(0.0, 0.0), corner(1.0, 0.0), corner(1.0, 1.0), corner(0.0, 0.0)];
        let area = MultiPolygon { polygons: vec![Polygon { rings: vec![ring] }] };
        let kinds = hazard::Kind::all().collect();
        let incidents =
            [Incidents::All, Incidents::Kinds(kinds), Incidents::These(vec![id(7), id(8)])];
        let mut terms = Vec::new();
        for (n, incidents) in incidents.into_iter().enumerate() {
            for (place, time) in PlacePrecision::ALL.into_iter().zip(TimePrecision::ALL) {
                let every = terms.len() % 2 == 0;
                terms.push(Term {
                    gives: vec![id(1), id(2)],
                    receives: vec![id(3)],
                    records: records.to_vec(),
                    incidents: incidents.clone(),
                    area: Some(area.clone()).filter(|_| every),
                    exercise: [None, Some(true), Some(false)].into_iter().nth(n).flatten(),
                    up_to: if every { Tlp::Amber } else { Tlp::Clear },
                    groups: if every { Group::ALL.to_vec() } else { vec![Group::Identity] },
                    place,
                    time,
                    tells_withheld: every,
                    onward: false,
                    passes_on: false,
                });
            }
        }
        terms
    }

    #[test]
    fn what_every_kind_of_term_compiles_to_fits_the_schema_strictly() {
        let mut all = vec![RECORDS.to_vec()];
        all.extend(RECORDS.map(|record| vec![record]));
        for (n, term) in all.iter().flat_map(|records| terms(records)).enumerate() {
            let texts = texts(id(9), n, &term);
            assert_eq!(super::term(id(9), n, &term).len(), texts.len(), "{texts:?}");
            for (name, text) in texts {
                read(&text).unwrap_or_else(|problems| panic!("{name}: {problems}\n{text}"));
            }
        }
    }

    #[test]
    fn a_term_reads_as_one_would_write_it() {
        let mut term = terms(&[Shareable::Incident]).remove(2);
        term.incidents = Incidents::Kinds(hazard::Kind::from_code("fire").into_iter().collect());
        term.groups = vec![Group::Identity, Group::Status, Group::Place];
        let texts =
            texts(id(9), 0, &term).into_iter().map(|(name, text)| format!("{name}\n{text}"));
        insta::assert_snapshot!(texts.collect::<Vec<_>>().join("\n"), @r#"
        agreement:00000000-0000-0000-0000-000000000009/0
        permit (principal, action in [Muster::Action::"seeIdentity", Muster::Action::"seeStatus"], resource)
        when {
          principal in [Muster::Organization::"00000000-0000-0000-0000-000000000003"]
          && (resource is Muster::Incident)
          && resource has owner
          && [Muster::Organization::"00000000-0000-0000-0000-000000000001", Muster::Organization::"00000000-0000-0000-0000-000000000002"].contains(resource.owner)
          && resource.marking <= 2
          && resource.hazards.containsAny(["fire"])
          && resource.areas.contains("00000000-0000-0000-0000-000000000009/0")
        };
        agreement:00000000-0000-0000-0000-000000000009/0/place
        permit (principal, action == Muster::Action::"seePlace", resource)
        when {
          principal in [Muster::Organization::"00000000-0000-0000-0000-000000000003"]
          && (resource is Muster::Incident)
          && resource has owner
          && [Muster::Organization::"00000000-0000-0000-0000-000000000001", Muster::Organization::"00000000-0000-0000-0000-000000000002"].contains(resource.owner)
          && resource.marking <= 2
          && resource.hazards.containsAny(["fire"])
          && resource.areas.contains("00000000-0000-0000-0000-000000000009/0")
          && context.place >= 2
        };
        agreement:00000000-0000-0000-0000-000000000009/0/withheld
        permit (principal, action == Muster::Action::"knowWithheld", resource)
        when {
          principal in [Muster::Organization::"00000000-0000-0000-0000-000000000003"]
          && (resource is Muster::Incident)
          && resource has owner
          && [Muster::Organization::"00000000-0000-0000-0000-000000000001", Muster::Organization::"00000000-0000-0000-0000-000000000002"].contains(resource.owner)
          && resource.marking <= 2
          && resource.hazards.containsAny(["fire"])
          && resource.areas.contains("00000000-0000-0000-0000-000000000009/0")
        };
        "#);
    }
}
