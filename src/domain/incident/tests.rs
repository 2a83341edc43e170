use super::{ChangeStatus, Merge, Open, Reopen, SetParent, Status, Unmerge};
use crate::domain::ids::Id;
use crate::domain::limits::COMPLEX_DEPTH_MAX;
use crate::domain::testing::{Story, assert_lawful, given, id, incident};

fn open(name: &str) -> Open {
    Open { confirmed: false, ..incident(name) }
}

fn change(to: Status) -> ChangeStatus {
    ChangeStatus { incident: id(1), to, reason: Some("seen on site".to_owned()) }
}

fn part(incident: u64, parent: u64) -> SetParent {
    SetParent { incident: id(incident), parent: Some(id(parent)) }
}

fn opened(count: usize) -> Story {
    given((0..count).map(|n| open(&format!("incident {n}"))))
}

#[test]
fn every_step_of_the_life_cycle_is_allowed_or_refused_as_the_table_says() {
    let mut table = String::new();
    for from in Status::ALL {
        let mut story = opened(1);
        if from != Status::Reported {
            story.must(change(Status::Active));
            story.must(change(from));
        }
        table += &format!("{from}:");
        for to in Status::ALL {
            let outcome = story.clone().when(change(to)).result;
            table += match outcome {
                Ok(decision) if decision.events.is_empty() => " same",
                Ok(_) => " yes",
                Err(_) => " no",
            };
        }
        table += "\n";
    }
    insta::assert_snapshot!(table, @r#"
    reported: same yes no no no yes
    active: no same yes yes yes yes
    contained: no yes same yes yes yes
    controlled: no yes yes same yes yes
    demobilizing: no yes yes yes same yes
    closed: no no no no no no
    "#);
}

#[test]
fn going_back_and_closing_need_a_reason_and_reopening_does_too() {
    let silent = |to| ChangeStatus { incident: id(1), to, reason: None };
    let mut story = opened(1);
    story.must(silent(Status::Active));
    story.must(silent(Status::Contained));
    for to in [Status::Active, Status::Closed] {
        story.clone().when(silent(to)).refused(|r| assert_eq!(r.code(), "REASON_NEEDED"));
    }
    let reopen = |reason: &str| Reopen { incident: id(1), reason: reason.to_owned() };
    story.clone().when(reopen("x")).refused(|r| assert_eq!(r.code(), "INCIDENT_NOT_CLOSED"));
    story.must(change(Status::Closed));
    story.clone().when(reopen(" ")).refused(|r| assert_eq!(r.code(), "TEXT_EMPTY"));
    let story = story.when(reopen("smoke again")).then(|story, _| {
        assert_eq!(story.world.incident(id(1)).unwrap().status, Status::Active);
    });
    assert_lawful(&story);
}

#[test]
fn merging_and_unmerging_give_back_what_was() {
    let merge = |a, b| Merge { incident: id(a), into: id(b), reason: "one fire".to_owned() };
    let story = opened(2);
    let before = story.world.incident(id(1)).unwrap().clone();
    let mut story = story;
    story.must(merge(1, 2));
    story.clone().when(change(Status::Active)).refused(|r| assert_eq!(r.code(), "INCIDENT_MERGED"));
    story.clone().when(merge(2, 1)).refused(|r| assert_eq!(r.code(), "INCIDENT_MERGED"));
    assert_eq!(story.world.survivor(id(1)).unwrap().id, id(2));
    story.must(Unmerge { incident: id(1), reason: "two fires".to_owned() });
    let mut after = story.world.incident(id(1)).unwrap().as_ref().clone();
    after.revision = before.revision;
    assert_eq!(after, *before);
    assert_lawful(&story);
    story.when(merge(1, 1)).refused(|r| assert_eq!(r.code(), "INCIDENT_MERGED_INTO_ITSELF"));
}

#[test]
fn a_complex_closes_after_its_parts_and_never_contains_itself() {
    let mut story = opened(3);
    story.must(part(2, 1));
    story.must(part(3, 2));
    story.clone().when(part(1, 3)).refused(|r| assert_eq!(r.code(), "COMPLEX_IMPOSSIBLE"));
    story.clone().when(change(Status::Closed)).refused(|r| assert_eq!(r.code(), "PARTS_OPEN"));
    assert_lawful(&story);
}

#[test]
fn a_duplicate_does_not_come_alive_inside_a_complex_that_is_over() {
    let mut story = opened(3);
    story.must(part(2, 1));
    story.must(Merge { incident: id(2), into: id(3), reason: "one fire".to_owned() });
    story.must(change(Status::Closed));
    let unmerge = || Unmerge { incident: id(2), reason: "two fires".to_owned() };
    let mut story = story.when(unmerge()).refused(|r| assert_eq!(r.code(), "INCIDENT_CLOSED"));
    story.must(Reopen { incident: id(1), reason: "smoke again".to_owned() });
    story.must(unmerge());
    assert_lawful(&story);
}

#[test]
fn a_long_chain_of_duplicates_ends_where_it_should() {
    const LINKS: u64 = 70;
    let mut story = opened(usize::try_from(LINKS).unwrap() + 1);
    for n in 1..=LINKS {
        story.must(Merge { incident: id(n), into: id(n + 1), reason: "one fire".to_owned() });
    }
    assert_eq!(story.world.survivor(id(1)).unwrap().id, id(LINKS + 1));
}

#[test]
fn a_complex_nests_only_so_deep_by_whichever_command() {
    let mut story = opened(COMPLEX_DEPTH_MAX + 1);
    let deepest = COMPLEX_DEPTH_MAX as u64;
    for n in 2..=deepest {
        story.must(part(n, n - 1));
    }
    story
        .clone()
        .when(part(deepest + 1, deepest))
        .refused(|r| assert_eq!(r.code(), "COMPLEX_IMPOSSIBLE"));
    let parent: Option<Id<super::Incident>> = Some(id(deepest));
    story
        .when(Open { parent, ..open("too deep") })
        .refused(|r| assert_eq!(r.code(), "COMPLEX_IMPOSSIBLE"));
}
