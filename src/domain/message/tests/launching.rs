//! What a launch would do is looked at, agreed to by somebody else, and done as it was looked at.

use std::sync::Arc;

use muster_contract::Position;

use super::*;
use crate::domain::command::Command;
use crate::domain::limits::{RECIPIENTS_MAX, RELEASE_FROM};
use crate::domain::message::preview::Unreachable;
use crate::domain::message::{Amend, Refused, Release, Stage, StopStream};
use crate::domain::refusal::Refusal;
use crate::domain::testing::{assert_lawful, refusals};

fn release(story: &Story, message: u64) -> Release {
    let digest = preview(story, message).digest;
    Release { message: id(message), digest, located: Vec::new() }
}

/// The story with as many members of Harbor Fire as have to be released, and a message to them.
fn many() -> Story {
    let mut story = town();
    for _ in 4..RELEASE_FROM {
        let registered = story.must(person::Register { name: "Kim".to_owned() });
        let [Event::PersonRegistered(registered)] = &registered[..] else { panic!() };
        let (person, organization) = (registered.person, id(HFD));
        story.must(person::Join { person, organization, title: "fire fighter".to_owned() });
    }
    let members = Selector::Members { organization: id(HFD) };
    story.must(draft(plan(vec![by(0, vec![members])])));
    story
}

#[test]
fn a_preview_says_who_is_told_how_and_who_is_not_reached_and_why() {
    let mut story = town();
    story.must(sealed(
        ANA,
        Reachability {
            language: Some("es-MX".to_owned()),
            ..reach(&[Channel::Voice, Channel::Sms], Some(&noon()))
        },
    ));
    story.must(reachable(BEN, &[]));
    story.must(reachable(CY, &[Channel::Email]));
    for channel in [Channel::Sms, Channel::Voice] {
        story.must(StopStream { person: id(DEE), channel });
    }
    let mut content = content(Priority::Routine);
    content.wordings.push(wording("es", "Fuego"));
    let plan = Plan {
        channels: vec![Channel::Sms, Channel::Voice, Channel::Sms],
        ..plan(vec![to(&[ANA, BEN, CY]), wave(5, &[EVE, ANA, DEE])])
    };
    let (story, message) = drafted(story, draft_of(content, plan));
    let preview = preview_of(&story, message);
    assert_eq!(preview.waves, [vec![id(ANA), id(BEN), id(CY)], vec![id(DEE), id(EVE)]]);
    let why = [Unreachable::NoAddress, Unreachable::NoChannelOfPlan, Unreachable::Stopped];
    let unreachable = [BEN, CY, DEE].map(id).into_iter().zip(why);
    assert_eq!(preview.unreachable, unreachable.collect::<Vec<_>>());
    assert_eq!(preview.first_channels().into_iter().collect::<Vec<_>>(), [(Channel::Sms, 2)]);
    assert_eq!(preview.wordings().into_iter().collect::<Vec<_>>(), [(0, 1), (1, 1)]);
    assert_eq!((preview.quiet, preview.needs_release), (1, false));
    let message = story.world.message(message).unwrap();
    let channels = story.world.channels_to(message, id(ANA)).unwrap();
    assert_eq!(channels, [Channel::Sms, Channel::Voice], "as the plan orders them, each once");
}

#[test]
fn what_is_about_life_safety_goes_over_stopped_channels_and_quiet_hours() {
    let mut story = town();
    story.must(reachable(DEE, &[Channel::Sms]));
    story.must(StopStream { person: id(DEE), channel: Channel::Sms });
    let quiet = reach(&[Channel::Sms], Some(&noon()));
    story.must(sealed(ANA, quiet));
    let to_all = || plan(vec![to(&[ANA, DEE])]);
    let (story, message) = drafted(story, draft_of(content(Priority::LifeSafety), to_all()));
    let preview = preview_of(&story, message);
    assert_eq!((preview.unreachable.len(), preview.quiet), (0, 0));
    let (story, message) = drafted(story, draft_of(content(Priority::Urgent), to_all()));
    let preview = preview_of(&story, message);
    assert_eq!((preview.unreachable.len(), preview.quiet), (1, 0));
}

#[test]
fn what_was_previewed_is_what_is_launched() {
    let members = Selector::Members { organization: id(CPD) };
    let to_all = by(0, vec![members, Selector::Persons { persons: vec![id(ANA)] }]);
    let (mut story, _) = drafted(town(), draft(plan(vec![to_all.clone()])));
    let digest = preview(&story, FIRST).digest;
    assert_eq!(digest, preview(&story, FIRST).digest);
    assert_eq!(digest.to_string().parse::<Digest>().unwrap(), digest);
    // The audience changes by somebody else's doing, the text by an amendment.
    let join = person::Join { person: id(BEN), organization: id(CPD), title: "liaison".to_owned() };
    let mut more = story.clone();
    more.must(join);
    let mut other = story.clone();
    let mut content = content(Priority::Routine);
    content.wordings[0].what += "!";
    other.must(Amend { message: id(FIRST), content, plan: plan(vec![to_all]) });
    assert_ne!(preview(&more, FIRST).digest, digest);
    assert_ne!(preview(&other, FIRST).digest, digest);
    let mut said = refusals(&more, [launch_as(FIRST, digest).into()]);
    said += &refusals(&other, [launch_as(FIRST, digest).into()]);
    insta::assert_snapshot!(said, @"
    PREVIEW_STALE: the text or the audience changed since the preview; look at it again and use its digest
    PREVIEW_STALE: the text or the audience changed since the preview; look at it again and use its digest
    ");
    story.must(launch_as(FIRST, digest));
    // Who joins later is not told.
    let mut story = pass(story, 0);
    story.must(person::Join { person: id(CY), organization: id(CPD), title: "liaison".to_owned() });
    let story = pass(story, 200);
    let run = known(&story, FIRST).run.as_ref().unwrap();
    assert_eq!(run.recipients.iter().map(|r| r.person).collect::<Vec<_>>(), [id(ANA), id(EVE)]);
    assert_eq!((run.digest, run.by.as_str()), (digest, "dana"));
    assert_lawful(&story);
}

#[test]
fn two_messages_that_say_the_same_to_the_same_have_two_digests() {
    let (story, _) = drafted(town(), draft(plan(vec![to(&[ANA])])));
    let (story, _) = drafted(story, draft(plan(vec![to(&[ANA])])));
    assert_ne!(preview(&story, FIRST).digest, preview(&story, FIRST + 1).digest);
}

#[test]
fn what_is_for_many_is_released_by_somebody_other_than_its_author() {
    let mut story = many();
    let message = newest(&story).id;
    let n = story.world.messages().count();
    assert_eq!(n, 1);
    let digest = preview_of(&story, message).digest;
    assert!(preview_of(&story, message).needs_release);
    let release = Release { message, digest, located: Vec::new() };
    let launch = Launch { message, digest, located: Vec::new() };
    let said = refusals(&story, [Command::from(launch.clone()), release.clone().into()]);
    insta::assert_snapshot!(said, @"
    RELEASE_NEEDED: this message is for many or for the public; somebody other than its author has to release it first
    RELEASED_BY_AUTHOR: you wrote this message; somebody else has to release it
    ");
    story.by.principal = "lee".to_owned();
    story.must(release.clone());
    let mut story = story.when(release).unchanged();
    // A release is of what was looked at then.
    let mut fewer = story.clone();
    fewer.must(person::Forget { person: id(BEN) });
    fewer.must(person::Join {
        person: id(EVE),
        organization: id(HFD),
        title: "liaison".to_owned(),
    });
    let digest = preview_of(&fewer, message).digest;
    let said = refusals(&fewer, [Launch { message, digest, located: Vec::new() }.into()]);
    insta::assert_snapshot!(said, @"RELEASE_NEEDED: this message is for many or for the public; somebody other than its author has to release it first");
    // Whoever released it may launch it, and so may its author.
    story.by.principal = "dana".to_owned();
    story.must(launch);
    assert_lawful(&story);
}

#[test]
fn what_is_for_the_public_is_released_however_few_it_is_for() {
    let content = Content { public: true, ..content(Priority::Routine) };
    let (mut story, _) = drafted(town(), draft_of(content, plan(vec![to(&[ANA])])));
    let said = refusals(&story, [launch(&story, FIRST).into()]);
    insta::assert_snapshot!(said, @"RELEASE_NEEDED: this message is for many or for the public; somebody other than its author has to release it first");
    story.by.principal = "lee".to_owned();
    let release = release(&story, FIRST);
    story.must(release);
    let launch = launch(&story, FIRST);
    let events = story.must(launch);
    let [Event::MessageLaunched(launched)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(launched.waves, None, "who is told stands with the release");
    let message = known(&story, FIRST);
    assert_eq!(message.stage, Stage::Running);
    let told = message.run.as_ref().unwrap().recipients.iter().map(|told| told.person);
    assert_eq!(told.collect::<Vec<_>>(), [id(ANA)]);
}

#[test]
fn a_launch_is_refused_with_what_to_do_about_it() {
    let staff = by(0, vec![Selector::Staff { incident: id(FIRE) }]);
    let (story, nobody) = drafted(town(), draft(plan(vec![staff])));
    let until = Some(story.now + SignedDuration::from_mins(10));
    let late = Plan { until, ..plan(vec![to(&[ANA])]) };
    let (story, late) = drafted(story, draft(late));
    let digest = preview_of(&story, late).digest;
    let story = story.after(10);
    let said = refusals(
        &story,
        [nobody, late].map(|message| Launch { message, digest, located: Vec::new() }.into()),
    );
    insta::assert_snapshot!(said, @"
    NOBODY_TO_TELL: nobody is in the audience; name persons, members, positions or a place
    DEADLINE_PAST: nobody would need it any more by its own deadline; set a later one
    ");
}

#[test]
fn more_people_than_one_message_may_have_are_too_many() {
    let near = Selector::Near { position: Position { lon: 0.0, lat: 0.0 }, meters: 500 };
    let (mut story, message) = drafted(town(), draft(plan(vec![by(0, vec![near])])));
    let ana = Arc::clone(story.world.person(id(ANA)).unwrap());
    let ids = (1000..=1000 + RECIPIENTS_MAX as u64).map(id);
    let located: Vec<_> = ids.collect();
    located.iter().for_each(|id| drop(story.world.persons.insert(*id, Arc::clone(&ana))));
    let message = story.world.message(message).unwrap();
    let refused = Preview::of(&story.world, message, &vec![located], story.now).unwrap_err();
    let (count, count_max) = (RECIPIENTS_MAX + 1, RECIPIENTS_MAX);
    assert_eq!(refused, Refusal::Message(Refused::TooManyToTell { count, count_max }));
}

#[test]
fn a_launch_stands_in_the_timeline_of_its_incident() {
    let story = launched(town(), draft(plan(vec![to(&[ANA, BEN])])));
    let told = story.world.timeline_of(id(FIRE)).next_back().unwrap().what.clone();
    assert_eq!(told, "message to 2 people: Fire on Mill Street, ten are needed");
    assert_lawful(&story);
}
