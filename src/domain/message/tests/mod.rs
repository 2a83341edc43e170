//! Messages, told as stories.

mod answers;
mod drafting;
mod launching;
mod providers;
mod stopping;
mod templates;
mod turns;

use jiff::SignedDuration;

use super::audience::{Audience, Selector};
use super::content::{Content, Meaning, Priority, Response, Wording};
use super::plan::{Expects, Plan, Wave};
use super::preview::{Digest, Preview};
use super::reach::Reachability;
use super::settle::{Outcome, Settle};
use super::{AttemptState, Delivery, Draft, Launch, Message, RecordAnswer, Standing};
use crate::domain::contact::{Channel, QuietHours};
use crate::domain::event::Event;
use crate::domain::ids::Id;
use crate::domain::organization::{self, Profile};
use crate::domain::person::{self, Person};
use crate::domain::testing::reach;
use crate::domain::testing::{START, Story, given, id, incident};
use crate::domain::timer::Due;

/// Harbor Fire and County Police.
pub(super) const HFD: u64 = 1;
pub(super) const CPD: u64 = 2;
/// The people of Harbor Fire, and Eve of County Police, who all have a telephone and e-mail.
pub(super) const ANA: u64 = 3;
pub(super) const BEN: u64 = 4;
pub(super) const CY: u64 = 5;
pub(super) const DEE: u64 = 6;
pub(super) const EVE: u64 = 7;
/// The fire on Mill Street.
pub(super) const FIRE: u64 = 18;
/// The first message of a story.
pub(super) const FIRST: u64 = 19;
/// More turns than any of these stories takes at one moment.
const TURNS_MAX: usize = 60;

const NAMES: [&str; 5] = ["Ana", "Ben", "Cy", "Dee", "Eve"];

/// Two organizations, five people and a fire, by Dana of Harbor Fire.
pub(super) fn town() -> Story {
    let register = |code: &str| organization::Register {
        profile: Profile {
            code: code.to_owned(),
            name: code.to_owned(),
            kind: organization::Kind::Fire,
            jurisdiction: None,
            parents: Vec::new(),
        },
    };
    let mut story = given(["HFD", "CPD"].map(register));
    for name in NAMES {
        story.must(person::Register { name: name.to_owned() });
    }
    for (person, organization) in [(ANA, HFD), (BEN, HFD), (CY, HFD), (DEE, HFD), (EVE, CPD)] {
        let (person, organization) = (id(person), id(organization));
        story.must(person::Join { person, organization, title: "fire fighter".to_owned() });
    }
    for person in [ANA, BEN, CY, DEE, EVE] {
        story.must(reachable(person, &[Channel::Sms, Channel::Email]));
    }
    story.by.organization = Some(id(HFD));
    story.must(incident("Mill Street"));
    story
}

/// What says by which channels somebody can be reached.
pub(super) fn reachable(person: u64, channels: &[Channel]) -> person::SealContact {
    sealed(person, reach(channels, None))
}

/// What seals how somebody can be reached.
pub(super) fn sealed(person: u64, reachability: Reachability) -> person::SealContact {
    person::SealContact {
        person: id(person),
        sealed: "5e".repeat(16),
        fingerprint: "7".to_owned(),
        reachability: Some(reachability),
    }
}

/// Quiet from 11 to 13 o'clock UTC, an hour of which is over when a story begins.
pub(super) fn noon() -> QuietHours {
    QuietHours {
        from: jiff::civil::time(11, 0, 0, 0),
        to: jiff::civil::time(13, 0, 0, 0),
        time_zone: "UTC".to_owned(),
    }
}

/// Ten are needed at Mill Street; 1 accepts, 2 declines, 3 needs help.
pub(super) fn content(priority: Priority) -> Content {
    let response = |meaning| Response { meaning, labels: Vec::new() };
    Content {
        wordings: vec![wording("en", "Fire on Mill Street, ten are needed")],
        responses: [Meaning::Accept, Meaning::Decline, Meaning::NeedHelp].map(response).to_vec(),
        priority,
        public: false,
    }
}

pub(super) fn wording(language: &str, what: &str) -> Wording {
    Wording {
        language: language.to_owned(),
        what: what.to_owned(),
        who: None,
        place: None,
        when: None,
        to_do: None,
        until: None,
    }
}

/// These are told at once.
pub(super) fn to(persons: &[u64]) -> Wave {
    wave(0, persons)
}

/// These are told so many minutes after the wave before.
pub(super) fn wave(after_minutes: u32, persons: &[u64]) -> Wave {
    let persons = persons.iter().map(|n| id(*n)).collect();
    by(after_minutes, vec![Selector::Persons { persons }])
}

/// Whoever one of these names is told.
pub(super) fn by(after_minutes: u32, any_of: Vec<Selector>) -> Wave {
    Wave { audience: Audience { any_of, except: Vec::new() }, after_minutes }
}

/// Each by their own channels, three minutes apart, twice, until they answer.
pub(super) fn plan(waves: Vec<Wave>) -> Plan {
    Plan {
        expects: Expects::Answer,
        channels: Vec::new(),
        interval_seconds: 180,
        cycles: 2,
        waves,
        enough: Vec::new(),
        ask_again_minutes: None,
        until: None,
    }
}

/// The draft of a routine message about the fire.
pub(super) fn draft(plan: Plan) -> Draft {
    draft_of(content(Priority::Routine), plan)
}

pub(super) fn draft_of(content: Content, plan: Plan) -> Draft {
    Draft { incident: Some(id(FIRE)), exercise: false, content, plan }
}

/// What a launch of a message would do now.
pub(super) fn preview(story: &Story, message: u64) -> Preview {
    let message = known(story, message);
    Preview::of(&story.world, message, &Vec::new(), story.now).unwrap()
}

/// What launches a message as it would be previewed now.
pub(super) fn launch(story: &Story, message: u64) -> Launch {
    launch_as(message, preview(story, message).digest)
}

pub(super) fn launch_as(message: u64, digest: Digest) -> Launch {
    Launch { message: id(message), digest, located: Vec::new() }
}

/// The story with a message drafted and launched, and its first turns taken. The draft is the first
/// of two commands.
pub(super) fn launched(story: Story, draft: Draft) -> Story {
    let (mut story, message) = drafted(story, draft);
    let launch = Launch { message, ..launch_as(0, preview_of(&story, message).digest) };
    story.must(launch);
    pass(story, 0)
}

/// The story with a message drafted.
pub(super) fn drafted(mut story: Story, draft: Draft) -> (Story, Id<Message>) {
    let events = story.must(draft);
    let [Event::MessageDrafted(drafted)] = &events[..] else { panic!("{events:?}") };
    (story, drafted.message)
}

fn preview_of(story: &Story, message: Id<Message>) -> Preview {
    let message = story.world.message(message).unwrap();
    Preview::of(&story.world, message, &Vec::new(), story.now).unwrap()
}

/// Lets seconds pass, second by second of what falls due to messages.
pub(super) fn pass(mut story: Story, seconds: i64) -> Story {
    let end = story.now + SignedDuration::from_secs(seconds);
    let mut turns = 0;
    loop {
        let is_turn = |due: &Due| matches!(due, Due::MessageTurn(_));
        let next = story.world.timers().find(|timer| is_turn(&timer.what)).copied();
        let Some(timer) = next.filter(|timer| timer.due <= end) else {
            story.now = end;
            return story;
        };
        turns = if timer.due > story.now { 0 } else { turns + 1 };
        assert!(turns < TURNS_MAX, "turns without end");
        story.now = story.now.max(timer.due);
        story.must(timer.command());
    }
}

/// The story after what came of the last attempt to tell somebody by the newest message.
pub(super) fn settled(mut story: Story, person: u64, state: AttemptState) -> Story {
    let message = newest(&story).id;
    let command = settle(&story, message, person, state);
    story.must(command);
    pass(story, 0)
}

pub(super) fn settle(
    story: &Story,
    message: Id<Message>,
    person: u64,
    state: AttemptState,
) -> Settle {
    let recipient = story.world.delivery_number(message, id(person)).unwrap();
    let run = story.world.message(message).unwrap().run.as_ref().unwrap();
    let attempt = run.deliveries[&recipient].next_number() - 1;
    Settle { message, outcomes: vec![outcome(recipient, attempt, state)] }
}

pub(super) fn outcome(recipient: u32, attempt: u16, state: AttemptState) -> Outcome {
    Outcome {
        recipient,
        attempt,
        state,
        repeated: false,
        provider: Some("sandbox".to_owned()),
        reference: None,
        code: None,
        retry_after: None,
    }
}

/// What records one of the answers, by SMS.
pub(super) fn reply(message: u64, person: u64, response: u8) -> RecordAnswer {
    RecordAnswer {
        message: id(message),
        person: id(person),
        meaning: Meaning::Acknowledge,
        response: Some(response),
        arrival: None,
        channel: Some(Channel::Sms),
    }
}

/// What records that somebody has seen it, by SMS.
pub(super) fn seen(message: u64, person: u64) -> RecordAnswer {
    RecordAnswer { response: None, ..reply(message, person, 0) }
}

pub(super) fn known(story: &Story, message: u64) -> &Message {
    story.world.message(id(message)).unwrap()
}

pub(super) fn newest(story: &Story) -> &Message {
    story.world.messages().next_back().unwrap()
}

pub(super) fn delivery(message: &Message, person: u64) -> &Delivery {
    let run = message.run.as_ref().unwrap();
    let number = run.recipients.iter().position(|r| r.person == id(person)).unwrap();
    &run.deliveries[&u32::try_from(number).unwrap()]
}

pub(super) fn count(story: &Story, standing: Standing) -> usize {
    newest(story).run.as_ref().unwrap().count(standing)
}

/// How far the newest message came: its stage, and a line for each person for whom it began.
pub(super) fn told(story: &Story) -> String {
    told_by(story, newest(story))
}

pub(super) fn told_by(story: &Story, message: &Message) -> String {
    let mut lines = vec![message.stage.as_str().to_owned()];
    for delivery in message.run.as_ref().unwrap().deliveries.values() {
        let attempts = delivery.attempts.iter().map(|attempt| {
            let seconds = attempt.at.duration_since(START.parse().unwrap()).as_secs();
            let overrode: Vec<_> =
                attempt.overrode.iter().map(|o| format!(" over {o:?}")).collect();
            let (channel, state) = (attempt.channel.as_str(), attempt.state);
            format!("{seconds} {channel} {state:?}{}", overrode.concat())
        });
        let attempts: Vec<_> = attempts.collect();
        let tried = if attempts.is_empty() { "nothing".to_owned() } else { attempts.join(", ") };
        let person = name(story, delivery.person);
        lines.push(format!("{person} {:?}: {tried}", delivery.standing()));
    }
    lines.join("\n")
}

fn name(story: &Story, person: Id<Person>) -> String {
    story.world.person(person).unwrap().name.clone()
}
