//! What is kept to begin messages with.

use super::*;
use crate::domain::command::Command;
use crate::domain::message::{Amend, Discard, KeepTemplate, Release, Stage};
use crate::domain::testing::{assert_lawful, refusals};

/// The first record after those of the town.
const TEMPLATE: u64 = FIRST;

fn keep(template: Option<u64>, name: &str, plan: Plan) -> KeepTemplate {
    let (template, name) = (template.map(id), name.to_owned());
    KeepTemplate { template, name, content: content(Priority::Urgent), plan }
}

fn callout() -> KeepTemplate {
    keep(None, "Structure fire", plan(vec![to(&[ANA, BEN])]))
}

#[test]
fn a_template_is_kept_changed_and_thrown_away() {
    let mut story = town();
    story.must(callout());
    assert_eq!(known(&story, TEMPLATE).template_name(), Some("Structure fire"));
    assert!(story.must(keep(Some(TEMPLATE), "Structure fire", callout().plan)).is_empty());

    story.must(keep(Some(TEMPLATE), "Second alarm", plan(vec![to(&[CY])])));
    let template = known(&story, TEMPLATE);
    assert_eq!(template.template_name(), Some("Second alarm"));
    assert_eq!(*template.plan, plan(vec![to(&[CY])]));

    story.must(Discard { message: id(TEMPLATE) });
    assert_eq!(known(&story, TEMPLATE).stage, Stage::Discarded);
    // Its name is free again. Words alone are of use, too.
    story.must(keep(None, "Second alarm", plan(vec![by(0, Vec::new())])));
    assert_lawful(&story);
}

#[test]
fn what_is_no_template_is_refused_with_what_to_do_about_it() {
    let mut story = town();
    story.must(callout());
    let (drafted, draft) = drafted(story, draft(plan(vec![to(&[ANA])])));
    let change = |change: fn(&mut Plan)| {
        let mut plan = callout().plan;
        change(&mut plan);
        keep(None, "Other", plan).into()
    };
    let staff =
        |plan: &mut Plan| plan.waves = vec![by(0, vec![Selector::Staff { incident: id(FIRE) }])];
    let deadline = |plan: &mut Plan| plan.until = Some("2026-05-02T00:00:00Z".parse().unwrap());
    let (content, plan, digest) = (callout().content, callout().plan, "5e".repeat(32));
    let digest: Digest = digest.parse().unwrap();
    let message = id(TEMPLATE);
    let said = refusals(
        &drafted,
        [
            keep(None, " ", plan.clone()).into(),
            keep(None, "Structure fire", plan.clone()).into(),
            KeepTemplate { template: Some(draft), ..callout() }.into(),
            change(staff),
            change(deadline),
            Command::from(Amend { message, content, plan }),
            Release { message, digest, located: Vec::new() }.into(),
            launch_as(TEMPLATE, digest).into(),
        ],
    );
    insta::assert_snapshot!(said, @"
    TEXT_EMPTY: `name` is empty; write at least one word
    TEMPLATE_NAME_TAKEN: there is a template “Structure fire” already; change that one, or choose another name
    MESSAGE_STAGE: the message is a draft; this can be done while it is a template
    TEMPLATE_OF_OCCASION: a template is for any occasion; leave out whoever is on one incident, and the deadline
    TEMPLATE_OF_OCCASION: a template is for any occasion; leave out whoever is on one incident, and the deadline
    MESSAGE_STAGE: the message is a template; this can be done while it is a draft
    MESSAGE_STAGE: the message is a template; this can be done while it is a draft
    MESSAGE_STAGE: the message is a template; this can be done while it is a draft
    ");
}
