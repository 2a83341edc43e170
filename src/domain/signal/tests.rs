use super::{Attach, Detach, End, Expire, State};
use crate::domain::event::Event;
use crate::domain::incident::{self, Merge, Status};
use crate::domain::journal::Write;
use crate::domain::place::Location;
use crate::domain::refusal::Refusal;
use crate::domain::rules::{Adopt, DEFAULT};
use crate::domain::testing::{Message, Story, assert_lawful, given, id, message, nth};
use crate::domain::{Command, hazard};

/// Rules that open an incident for whatever comes, and the messages.
fn received(messages: impl IntoIterator<Item = Message>) -> Story {
    let rules = Command::from(Adopt { source: DEFAULT.to_owned() });
    given(std::iter::once(rules).chain(messages.into_iter().map(Command::from)))
}

fn open(name: &str, exercise: bool) -> incident::Open {
    incident::Open {
        name: name.to_owned(),
        kind: hazard::Kind::OTHER,
        confirmed: false,
        location: Location { name: Some("Mill River".to_owned()), ..Location::default() },
        complexity: None,
        lead: None,
        parent: None,
        signal: None,
        exercise,
    }
}

fn states(story: &Story) -> Vec<State> {
    story.world.signals().map(|signal| signal.state).collect()
}

#[test]
fn an_update_and_a_cancel_do_the_same_in_and_out_of_order() {
    let cancelled = [State::Ended(End::Cancelled { by: id(3) }), State::Notice];
    let story = received([message("1"), message("2").cancels(&["1"])]);
    assert_eq!(states(&story), cancelled);
    assert_lawful(&story);
    let story = received([message("2").cancels(&["1"]), message("1")]);
    assert_eq!(states(&story), [State::Notice, State::Ended(End::Cancelled { by: id(2) })]);
    assert_eq!(story.world.incidents().count(), 0);
    assert_lawful(&story);
    let story = received([message("2").updates(&["1"]), message("1")]);
    assert_eq!(states(&story), [State::Live, State::Ended(End::Superseded { by: id(2) })]);
    assert_lawful(&story);
}

#[test]
fn a_strangers_cancel_has_no_effect_even_when_it_comes_first_or_last() {
    let stranger = || message("9").cancels(&["1"]).from("stranger");
    for messages in [vec![message("1"), stranger()], vec![stranger(), message("1")]] {
        let story = received(messages);
        assert!(states(&story).contains(&State::Live));
        assert_lawful(&story);
    }
    let story = received([message("2").cancels(&["1"]), stranger(), message("1")]);
    assert!(!states(&story).contains(&State::Live), "a stranger does not hide the sender's own");
}

#[test]
fn an_exercise_cancel_leaves_the_real_message_alone() {
    let exercise = || message("2").cancels(&["1"]).exercise();
    for messages in [vec![message("1"), exercise()], vec![exercise(), message("1")]] {
        assert!(states(&received(messages)).contains(&State::Live));
    }
}

#[test]
fn a_message_that_comes_again_changes_nothing() {
    let story = received([message("1")]).when(message("1")).unchanged();
    assert_lawful(&story);
}

#[test]
fn the_clock_ends_a_signal_once() {
    let story = received([message("1")]).until_due(181);
    assert_eq!(states(&story), [State::Ended(End::Expired)]);
    assert_eq!(story.world.timers().count(), 0);
    assert_eq!(story.world.incidents().next().unwrap().status, Status::Closed);
    let story = story.when(Expire { signal: id(2) }).unchanged();
    assert_lawful(&story);
    received([message("1")]).when(Expire { signal: id(2) }).unchanged();
}

#[test]
fn an_untouched_incident_closes_when_one_message_ends_all_its_signals() {
    let two = || [message("1"), message("2")];
    for ending in
        [message("3").cancels(&["1", "2", "1"]), message("3").updates(&["1", "2"]).all_clear()]
    {
        let story = received(two()).when(ending).then(|story, events| {
            let ended = events.iter().filter(|event| matches!(event, Event::SignalEnded(_)));
            assert_eq!(ended.count(), 2);
            assert_eq!(story.world.incidents().next().unwrap().status, Status::Closed);
        });
        assert_lawful(&story);
    }
    received(two()).when(message("3").cancels(&["1"])).then(|story, _| {
        assert_eq!(story.world.incidents().next().unwrap().status, Status::Reported);
    });
}

#[test]
fn an_incident_that_people_work_on_is_theirs_to_close() {
    let mut written = received([message("1")]);
    written.must(Write {
        incident: nth(2, 1),
        text: "two crews out".into(),
        log_of: None,
        corrects: None,
        tlp: None,
    });
    let mut merged = received([message("1")]);
    merged.must(open("the same river", false));
    merged.must(Merge { incident: id(3), into: nth(2, 1), reason: "one river".into() });
    for story in [written, merged] {
        let story = story.when(message("2").cancels(&["1"])).then(|story, _| {
            assert_eq!(story.world.incident(nth(2, 1)).unwrap().status, Status::Reported);
        });
        assert_lawful(&story);
    }
}

#[test]
fn attaching_and_detaching_by_hand_loses_nothing_and_keeps_exercise_apart() {
    let mut story = received([message("1").exercise()]);
    story.must(open("real", false));
    story.must(open("exercise", true));
    let attach = |incident| Attach { signal: id(2), incident, reason: "seen on site".into() };
    let story = story.when(attach(id(3))).refused(|r| assert_eq!(*r, Refusal::ExerciseMixed));
    let mut story = story;
    story.must(attach(nth(4, 0)));
    assert_eq!(story.world.signal(id(2)).unwrap().attachments.len(), 2);
    let story = story.when(attach(id(4))).refused(|r| assert_eq!(r.code(), "SIGNAL_ATTACHED"));
    let detach = || Detach { signal: id(2), incident: id(4), reason: "a mistake".into() };
    let story = story.when(detach()).then(|story, _| {
        assert_eq!(story.world.signals_of(id(4)).count(), 0);
        assert_eq!(story.world.timeline_of(id(4)).count(), 3);
    });
    assert_lawful(&story);
    story.when(detach()).refused(|r| assert_eq!(r.code(), "SIGNAL_NOT_ATTACHED"));
}

/// CAP 1.2 section 3.2.2, `urgency`: seismic agencies report earthquakes as Past.
#[test]
fn an_earthquake_that_is_past_counts_and_a_storm_that_is_past_does_not() {
    use muster_contract::alert::{Category, ResponseType, Severity, Urgency};
    let past = |category, response: Option<ResponseType>| {
        message("1").info(|info| {
            info.urgency = Urgency::Past;
            info.severity = Severity::Extreme;
            info.categories = vec![category];
            info.response_types = response.into_iter().collect();
        })
    };
    let state_of = |message| states(&received([message]))[0];
    assert_eq!(state_of(past(Category::Geo, None)), State::Live);
    assert_eq!(state_of(past(Category::Met, Some(ResponseType::Evacuate))), State::Live);
    assert_eq!(state_of(past(Category::Met, None)), State::Notice);
    assert_eq!(state_of(past(Category::Geo, Some(ResponseType::None))), State::Notice);
    assert_eq!(state_of(past(Category::Geo, Some(ResponseType::AllClear))), State::Notice);
    let story = received([past(Category::Geo, None)]);
    assert_eq!(story.world.incidents().count(), 1);
}

/// Environment Canada ends a warning for one place and keeps it up for another in one message.
#[test]
fn the_info_that_is_not_over_speaks_for_a_message_and_its_ground_is_the_messages() {
    use muster_contract::alert::{ResponseType, Severity};
    let square_at = |lon| message("far").at(lon, 0.0, 1.0).0.infos.remove(0).areas;
    let both = message("1").alert(|alert| {
        let infos = &mut alert.infos;
        let mut ended = infos[0].clone();
        ended.severity = Severity::Minor;
        ended.response_types = vec![ResponseType::AllClear];
        ended.areas = square_at(10.0);
        ended.areas[0].description = "Ended Area".to_owned();
        let mut french = infos[0].clone();
        french.language = "fr-CA".to_owned();
        *infos = vec![ended, infos[0].clone(), french];
    });
    let alone = received([message("1")]);
    let story = received([both]);
    let signal = |story: &Story| story.world.signals().next().unwrap().clone();
    assert_eq!(signal(&story).severity(), signal(&alone).severity());
    assert_eq!(signal(&story).area(), signal(&alone).area());
    let incident = story.world.incidents().next().unwrap();
    assert!(!incident.name.contains("Ended Area"), "{}", incident.name);
}
