//! Strike teams and task forces: what they may be made of, and that they go as one.

use super::{
    BAGS, DRILL_ENGINE, ENGINE_7, ENGINE_8, FIRE, MILL_STREET, RIVER, TEAM, cancel, commit, harbor,
    profile, says,
};
use crate::domain::ids::Id;
use crate::domain::resource::{Amend, Cancel, Grouping, Profile, Register, Retire};
use crate::domain::testing::{assert_lawful, id};

#[test]
fn a_group_goes_as_one_and_its_members_do_not_go_alone() {
    let mut story = harbor();
    let team = |members: &[u64], kind: &str, grouping| {
        let members: Vec<Id<_>> = members.iter().map(|n| id(*n)).collect();
        let leader = members.first().copied();
        Profile { members, leader, grouping, ..profile("Strike team", kind) }
    };
    let new = |members: &[u64], grouping| {
        let profile = team(members, "strike-team-engine", grouping);
        Register { owner: Some(id(FIRE)), profile, held: None, exercise: false }
    };
    let said = says(
        &story,
        [
            new(&[], Grouping::StrikeTeam).into(),
            new(&[ENGINE_7, ENGINE_7], Grouping::StrikeTeam).into(),
            new(&[ENGINE_7, DRILL_ENGINE], Grouping::StrikeTeam).into(),
            new(&[ENGINE_7, BAGS], Grouping::TaskForce).into(),
            new(&[ENGINE_7], Grouping::SingleResource).into(),
        ],
    );
    insta::assert_snapshot!(said, @"
    RESOURCE_GROUP_IMPOSSIBLE: this group cannot be formed: name the resources that it is made of
    RESOURCE_GROUP_IMPOSSIBLE: this group cannot be formed: Engine 7 stands in it twice
    RESOURCE_GROUP_IMPOSSIBLE: this group cannot be formed: Drill engine and the group are not both for exercises, or both real
    RESOURCE_GROUP_IMPOSSIBLE: this group cannot be formed: Bags is a supply
    RESOURCE_GROUP_IMPOSSIBLE: this group cannot be formed: only a strike team or task force has members
    ");
    story.must(new(&[ENGINE_7, ENGINE_8], Grouping::StrikeTeam));
    story.must(commit(TEAM, MILL_STREET, 1));
    let smaller = team(&[ENGINE_7], "strike-team-engine", Grouping::StrikeTeam);
    let said = says(
        &story,
        [
            commit(ENGINE_7, RIVER, 1).into(),
            new(&[ENGINE_8], Grouping::StrikeTeam).into(),
            Amend { resource: id(TEAM), profile: smaller.clone() }.into(),
            Retire { resource: id(ENGINE_8), reason: "sold".to_owned() }.into(),
        ],
    );
    insta::assert_snapshot!(said, @"
    RESOURCE_IN_GROUP: Engine 7 is part of Strike team; commit the group, or take it out of the group first
    RESOURCE_IN_GROUP: Engine 8 is part of Strike team; commit the group, or take it out of the group first
    RESOURCE_IN_USE: Strike team is committed to an incident; release it there or cancel that first
    RESOURCE_IN_GROUP: Engine 8 is part of Strike team; commit the group, or take it out of the group first
    ");
    let resource = id(TEAM);
    story.must(Cancel { resource, ..cancel() });
    story.must(Amend { resource, profile: smaller });
    assert_eq!(story.world.resource(id(ENGINE_8)).unwrap().free(), 1);
    story.must(Retire { resource, reason: "split up".to_owned() });
    story.must(commit(ENGINE_7, RIVER, 1));
    assert_lawful(&story);
}

/// Section 1: a strike team has members of the same kind and type; a task force may mix them.
#[test]
fn a_strike_team_is_of_one_type() {
    let mut story = harbor();
    let typed = |name: &str, level| Profile { level, ..profile(name, "fire-engine") };
    let amend = |resource, level| Amend { resource: id(resource), profile: typed("Engine", level) };
    story.must(amend(ENGINE_7, Some(3)));
    story.must(amend(ENGINE_8, Some(1)));
    let new = |grouping| {
        let (members, leader) = (vec![id(ENGINE_7), id(ENGINE_8)], Some(id(ENGINE_7)));
        let profile =
            Profile { members, leader, grouping, ..profile("Team", "strike-team-engine") };
        Register { owner: Some(id(FIRE)), profile, held: None, exercise: false }
    };
    let mut said = says(&story, [new(Grouping::StrikeTeam).into()]);
    story.clone().must(new(Grouping::TaskForce));
    story.must(amend(ENGINE_8, None));
    story.must(new(Grouping::StrikeTeam));
    said += &says(&story, [amend(ENGINE_8, Some(1)).into()]);
    story.must(amend(ENGINE_8, Some(3)));
    insta::assert_snapshot!(said, @"
    RESOURCE_GROUP_IMPOSSIBLE: this group cannot be formed: a strike team is of one kind and type; make it a task force
    RESOURCE_IN_GROUP: Engine is part of Team; commit the group, or take it out of the group first
    ");
    assert_lawful(&story);
}
