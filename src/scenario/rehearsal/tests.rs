use super::*;
use crate::domain::Id;
use crate::domain::incident::Incident;
use crate::domain::structure::Post;
use crate::sharing::{Seen, View, Viewer};

const WILDFIRE: &str = include_str!("../../../ops/scenarios/wildfire.yaml");

fn rehearsed(text: &str) -> Result<Arc<World>, Mistakes> {
    let scenario = Arc::new(Scenario::parse(text)?);
    let began = "2026-04-18T13:00:00Z".parse().unwrap();
    scenario.rehearse(began, "60".parse().unwrap()).map(Arc::new)
}

fn incident(world: &World, name: &str) -> Id<Incident> {
    world.incidents().find(|incident| incident.name.ends_with(name)).unwrap().id
}

/// What an organization sees of the command and the resources of an incident, in lines.
fn seen_by(world: &Arc<World>, code: &str, id: Id<Incident>) -> String {
    let organization = world.organization_by_code(code).unwrap().id;
    let viewer = Arc::new(Viewer::of_organization(organization));
    let view = Sharing::default().view(Arc::clone(world), &viewer, world.at());
    let mut lines = vec![format!("{code}:")];
    lines.extend(command(&view, id));
    lines.extend(view.resources().map(|resource| {
        let stages = resource.commitments().map(|commitment| {
            let place = commitment.assigned_to().map(|to| format!(" at {}", to.name));
            format!("{:?}{}", commitment.stage(), place.unwrap_or_default())
        });
        format!("  {}: {}", resource.name(), stages.collect::<Vec<_>>().join("; "))
    }));
    lines.extend(view.resource_requests().map(|request| {
        let (filled, of) = (request.filled(), request.quantity());
        let answers = request.receivers().map(|(to, receiver)| {
            let declined = receiver.declined.as_ref().map(|declined| declined.reason.as_str());
            format!("{}: {}", to.code(), declined.unwrap_or("offered"))
        });
        let answers = answers.collect::<Vec<_>>().join("; ");
        format!("  {} {:?} {filled:?} of {of} [{answers}]", request.number(), request.status())
    }));
    lines.join("\n")
}

fn command(view: &View, id: Id<Incident>) -> Vec<String> {
    let Some(structure) = view.structure_of(id) else { return vec!["  no command".to_owned()] };
    let posts = structure.posts().filter(Seen::<Post>::is_live).map(|post| {
        let holders = post
            .assignments()
            .filter_map(|held| held.is_current().then(|| held.name().unwrap_or("?").to_owned()));
        let holders: Vec<_> = holders.collect();
        let above =
            post.reports_to().map_or(String::new(), |above| format!(" under {}", above.name()));
        format!("  {}{above}: {}", post.name(), holders.join(", "))
    });
    posts.collect()
}

#[test]
fn each_agency_of_the_wildfire_sees_its_part_of_command_and_resources() {
    let world = rehearsed(WILDFIRE).unwrap();
    let quarry = incident(&world, "Quarry Fire");
    let seen = ["STFIRE", "NFIRE", "SRFD", "ARK"].map(|code| seen_by(&world, code, quarry));
    insta::assert_snapshot!(seen.join("\n"), @r#"
    STFIRE:
      Incident Commander: Joe Mbeki, Lena Ortiz, Priya Nandan
      Division A under Operations Section Chief: Ivan Reyes
      Structure Defense Group under Operations Section Chief: Alice Renner
      Safety Officer under Incident Commander: Tom Beck
      Liaison Officer under Incident Commander: Imani Brooks
      Public Information Officer under Incident Commander: Carl Yates
      Agency Representative GRIDCO under Liaison Officer: Omar Lutz
      Division B under Operations Section Chief: Jo Haddad
      Operations Section Chief under Incident Commander: Bea Lindqvist
      Planning Section Chief under Incident Commander: Noor Castellano
      Demobilization Unit Leader under Planning Section Chief: Peg Lowry
      Engine 81: Some(CheckedIn) at Division A
      Engine 82: Some(CheckedIn) at Structure Defense Group
      Engine 83: Some(CheckedIn) at Structure Defense Group
      Water Tender 81: Some(CheckedIn) at Structure Defense Group
      Engine 2761: 
      Engine 2762: Some(CheckedIn) at Division B
      Granite 1: Some(CheckedIn) at Division B
      Dozer 2741: Some(CheckedIn) at Division A
      Helicopter 404: Some(Released)
      Engine 4271: 
      Engine 4272: 
      Engine 4273: 
      Engine 4274: 
      Patrol Team North: 
      Generator 2: Some(CheckedIn)
      Medic 12: Some(CheckedIn)
      STFIRE-RR-2026-0001 Some(Filled) Some(1) of 1 [FOOTEMS: offered]
    NFIRE:
      Incident Commander: Joe Mbeki, Lena Ortiz, Priya Nandan
      Division A under Operations Section Chief: Ivan Reyes
      Structure Defense Group under Operations Section Chief: Alice Renner
      Safety Officer under Incident Commander: Tom Beck
      Liaison Officer under Incident Commander: Imani Brooks
      Public Information Officer under Incident Commander: Carl Yates
      Agency Representative GRIDCO under Liaison Officer: Omar Lutz
      Division B under Operations Section Chief: Jo Haddad
      Operations Section Chief under Incident Commander: Bea Lindqvist
      Planning Section Chief under Incident Commander: Noor Castellano
      Demobilization Unit Leader under Planning Section Chief: Peg Lowry
      Engine 81: 
      Engine 82: 
      Engine 83: 
      Water Tender 81: 
      Engine 2761: 
      Engine 2762: 
      Granite 1: 
      Dozer 2741: 
      Helicopter 404: 
      Engine 4271: Some(Released)
      Engine 4272: Some(Released)
      Engine 4273: Some(Released)
      Engine 4274: 
      Patrol Team North: 
      Generator 2: 
      Medic 12: 
      AHFPD-RR-2026-0001 None None of 5 []
    SRFD:
      no command
      Engine 31: 
      AHFPD-RR-2026-0001 None None of 5 []
    ARK:
      no command
    "#);
}

#[test]
fn what_stands_out_on_the_wildfire_is_settled_again() {
    let world = rehearsed(WILDFIRE).unwrap();
    let lines: Vec<_> = world.timeline_of(incident(&world, "Quarry Fire")).collect();
    for sentence in ["nobody is Safety Officer", "about five is best", "another incident too"] {
        let raised = lines
            .iter()
            .any(|line| line.what.contains(sentence) && !line.what.starts_with("settled"));
        let settled = lines
            .iter()
            .any(|line| line.what.contains(sentence) && line.what.starts_with("settled"));
        assert_eq!((raised, settled), (true, true), "{sentence}");
    }
}

const SMALL: &str = "\
title: Test
description: One fire
center: [-93.1, 44.3]
organizations:
  - { code: A, name: Alpha, kind: fire, login: ann }
  - { code: B, name: Beta, kind: fire, login: ben }
persons:
  - { id: kim, name: Kim, of: B, title: Captain }
timeline:
  - at: T+00:00:00
    id: fire
    by: A
    do: { open-incident: { name: Mill Street, kind: fire, place: { name: Mill St } } }
";

#[test]
fn what_an_organization_is_not_shown_it_cannot_name() {
    let step = "  - { at: T+00:01:00, by: A, ask: { assume-command: { incident: $fire, \
                person: $kim, organization: $B, area: false } } }\n";
    let mistakes = rehearsed(&format!("{SMALL}{step}")).unwrap_err();
    insta::assert_snapshot!(mistakes, @"line 14: the hub refuses: there is no person `$kim`; check the id");
}

#[test]
fn mistakes_in_what_is_asked_are_all_told_before_the_play() {
    let steps = "  - { at: T+00:01:00, by: A, ask: { assume-comand: {} } }
  - { at: T+00:02:00, by: A, ask: { open-post: { structure: $command, position: $ops } } }
  - { at: T+00:03:00, by: A, ask: { assess: 1, open-post: 2 } }
";
    let mistakes = rehearsed(&format!("{SMALL}{steps}")).unwrap_err();
    insta::assert_snapshot!(mistakes, @"line 16: `ask` takes one command with its fields: `ask: { open-post: { … } }`");
    let steps = "  - { at: T+00:01:00, by: A, ask: { call-par: { incident: $fire, off: everybody } } }
  - { at: T+00:02:00, by: A, ask: { call-par: { of: { name: Division A } } } }
  - { at: T+00:03:00, by: A, ask: { assume-command: { incident: $fire, person: $kim, organization: $A, area: 5 } } }
  - { at: T+00:04:00, by: A, ask: { call-par: { incident: $fire } }, do: { note: { incident: fire, text: Smoke } } }
";
    let mistakes = rehearsed(&format!("{SMALL}{steps}")).unwrap_err();
    insta::assert_snapshot!(mistakes, @r#"
    line 14: `call-par` has no field `off`; its fields are incident, of
    line 15: `call-par`: missing field `incident`
    line 16: `assume-command`, `area`: invalid type: integer `5`, expected a boolean
    line 17: a step has either `do` or `ask`
    "#);
}
