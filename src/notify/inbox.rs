//! What providers say later: receipts are put to their attempts, replies to the people who wrote.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use muster_contract::channel::{
    Address, Inbox, Incoming, NotTaken, Receipt, ReceiptState, Reply, Task,
};

use super::Notify;
use super::references::AttemptKey;
use super::replies::{Arrival, Choice, Said, SaidAnswer, understand};
use crate::domain::journal::Write;
use crate::domain::message::content::Meaning;
use crate::domain::message::notice::Says;
use crate::domain::message::{
    AttemptState, Channel, Delivery, IntendNotice, Message, Outcome, RecordAnswer, ResumeStream,
    StopStream,
};
use crate::domain::organization::Organization;
use crate::domain::person::Person;
use crate::domain::{Command, Id, Principal, Scope, World, resource};
use crate::hub::SubmitError;

/// For how long after its end a message takes answers by reply.
const ANSWERS_HOURS: i64 = 48;
/// Makes the inboxes of providers.
pub struct Inboxes(Weak<Notify>);

/// Where one provider's client puts what it hears.
struct ProviderInbox {
    notify: Weak<Notify>,
    provider: String,
    channel: Channel,
}

impl Inboxes {
    pub(super) const fn new(notify: Weak<Notify>) -> Self {
        Self(notify)
    }

    /// The inbox of a provider.
    #[must_use]
    pub fn of(&self, provider: &str, channel: Channel) -> Arc<dyn Inbox> {
        let (notify, provider) = (self.0.clone(), provider.to_owned());
        Arc::new(ProviderInbox { notify, provider, channel })
    }
}

impl Inbox for ProviderInbox {
    fn take(&self, incoming: Incoming) -> Task<'_, Result<(), NotTaken>> {
        Box::pin(async move {
            // The hub is going down: the provider brings it again.
            let notify = self.notify.upgrade().ok_or(NotTaken)?;
            match incoming {
                Incoming::Receipt(receipt) => notify.take_receipt(&self.provider, receipt).await,
                Incoming::Reply(reply) => match self.channel {
                    // A device does not read what it is told about its answer.
                    Channel::Mqtt => {
                        notify.hear(&self.provider, self.channel, reply).await.map(drop)
                    }
                    _ => notify.take_reply(&self.provider, self.channel, reply).await,
                },
            }
        })
    }
}

impl Notify {
    /// Notes a provider's name for an attempt, and records what was said of it before.
    pub(super) fn note_reference(&self, provider: &str, reference: &str, attempt: AttemptKey) {
        for receipt in self.references.note(provider, reference, attempt) {
            drop(self.record(attempt, provider, &receipt));
        }
    }

    /// Records a receipt. It is answered when it stands in the log.
    async fn take_receipt(&self, provider: &str, receipt: Receipt) -> Result<(), NotTaken> {
        let world = Arc::clone(&self.hub.picture().world);
        let attempt = self.references.find(provider, &receipt.reference).or_else(|| {
            attempt_of_key(&receipt.reference)
                .or_else(|| attempt_in(&world, provider, &receipt.reference))
        });
        let attempt = match attempt {
            Some(attempt) => attempt,
            // It came before the answer to its submission, which this node waits for.
            None if *self.telling.borrow() => {
                match self.references.keep_early(provider, &receipt) {
                    Some(attempt) => attempt,
                    None => return Ok(()),
                }
            }
            // Another node waits for that; by the time it comes again the log may tell.
            None => return Err(NotTaken),
        };
        self.record(attempt, provider, &receipt).await.map_err(|_| NotTaken)
    }

    fn record(
        &self,
        (message, recipient, attempt): AttemptKey,
        provider: &str,
        receipt: &Receipt,
    ) -> tokio::sync::oneshot::Receiver<()> {
        let state = match receipt.state {
            ReceiptState::Accepted => AttemptState::Accepted,
            ReceiptState::Delivered => AttemptState::Delivered,
            ReceiptState::Failed(kind) => AttemptState::Failed(kind),
            ReceiptState::Expired => AttemptState::Expired,
            ReceiptState::Unknown => AttemptState::Unknown,
        };
        let outcome = Outcome {
            recipient,
            attempt,
            state,
            repeated: false,
            provider: Some(provider.to_owned()),
            reference: None,
            code: receipt.code.clone(),
            retry_after: None,
        };
        self.outcomes.settle(message, outcome)
    }

    /// Records what somebody wrote back, and answers them by the same channel.
    pub async fn take_reply(
        &self,
        provider: &str,
        channel: Channel,
        reply: Reply,
    ) -> Result<(), NotTaken> {
        let key = reply.reference.as_deref();
        let key = key.map(|reference| format!("notice:{provider}:{reference}"));
        let Some((person, says)) = self.hear(provider, channel, reply).await? else {
            return Ok(());
        };
        let notice = IntendNotice { person, channel, says };
        self.ask(&self.principal, notice, key).await.map(drop)
    }

    /// Records what somebody wrote back, and gives what they are to be told; none when nobody knows
    /// who it was.
    pub(super) async fn hear(
        &self,
        provider: &str,
        channel: Channel,
        reply: Reply,
    ) -> Result<Option<(Id<Person>, Says)>, NotTaken> {
        let world = Arc::clone(&self.hub.picture().world);
        let answered = reply.answers.as_deref();
        let direct = answered
            .and_then(|r| attempt_of_key(r).or_else(|| self.references.find(provider, r)))
            .and_then(|(message, recipient, _)| {
                let run = world.message(message)?.run.as_ref()?;
                Some((message, run.recipients.get(recipient as usize)?.person))
            });
        let person = match direct {
            Some((_, person)) => Some(person),
            None => who_wrote(&world, &self.owners(channel, &reply.from).await?),
        };
        let Some(person) = person else {
            // Whoever it is, they are not told who is known here.
            tracing::info!(provider, "a reply from an address that nobody has");
            return Ok(None);
        };
        let key = reply.reference.as_deref().map(|reference| format!("{provider}:{reference}"));
        let heard = Heard { world, person, channel, key, only: direct.map(|(message, _)| message) };
        Ok(Some((person, self.act_on(&heard, &understand(&reply.text)).await?)))
    }

    /// Whose address it is. While not all addresses are known they are opened first.
    async fn owners(
        &self,
        channel: Channel,
        address: &Address,
    ) -> Result<Vec<Id<Person>>, NotTaken> {
        let owners = self.hub.owners_of_address(channel, address);
        if !owners.is_empty() || self.knows_addresses.load(Ordering::Relaxed) {
            return Ok(owners);
        }
        self.hub.open_contacts().await.map_err(|error| {
            tracing::warn!(%error, "who wrote back cannot be looked up now");
            NotTaken
        })?;
        Ok(self.hub.owners_of_address(channel, address))
    }

    /// Does what somebody asked for, and gives what they are told.
    async fn act_on(&self, heard: &Heard, said: &Said) -> Result<Says, NotTaken> {
        let (person, channel) = (heard.person, heard.channel);
        match said {
            Said::Stop => {
                self.ask(&self.principal, StopStream { person, channel }, None).await?;
                Ok(Says::StreamStopped { sender: sender(heard) })
            }
            Said::Start => {
                self.ask(&self.principal, ResumeStream { person, channel }, None).await?;
                Ok(Says::StreamResumed)
            }
            Said::Help => self.take_help(heard).await,
            Said::ParOk => self.take_par(heard).await,
            Said::Log(line) => self.take_line(heard, line).await,
            Said::Answer(answer) => self.take_answer(heard, answer).await,
            Said::Unclear => Ok(Says::NotUnderstood { message: newest(heard) }),
        }
    }

    /// Where a message that waits offers to say that one needs help, the word says that: what to write
    /// is no answer to somebody in danger.
    async fn take_help(&self, heard: &Heard) -> Result<Says, NotTaken> {
        let open = open_to(heard, self.hub.clock().now());
        let mut waiting = open.iter().filter(|(message, delivery)| waits(message, delivery));
        match waiting.find(|(message, _)| by_meaning(message, Meaning::NeedHelp).is_some()) {
            Some((_, delivery)) => {
                let choice = Choice::Word(Meaning::NeedHelp);
                let said = SaidAnswer { code: Some(delivery.code), choice, arrival: None };
                self.take_answer(heard, &said).await
            }
            None => Ok(Says::Help { sender: sender(heard) }),
        }
    }

    async fn take_answer(&self, heard: &Heard, said: &SaidAnswer) -> Result<Says, NotTaken> {
        let open = open_to(heard, self.hub.clock().now());
        let (message, _) = match pick(&open, said.code) {
            Picked::One(one) => one,
            Picked::None => return Ok(Says::NotUnderstood { message: newest(heard) }),
            Picked::Several(codes) => return Ok(Says::Which { codes }),
        };
        let (meaning, response) = match said.choice {
            Choice::Digit(digit) => (Meaning::Other, Some(digit)),
            Choice::Word(meaning) => (meaning, by_meaning(message, meaning)),
            Choice::ArrivalOnly => (Meaning::Accept, by_meaning(message, Meaning::Accept)),
        };
        let arrival = said.arrival.map(|arrival| self.moment(heard, arrival));
        let (id, person, channel) = (message.id, heard.person, Some(heard.channel));
        let answer = RecordAnswer { message: id, person, meaning, response, arrival, channel };
        match self.ask(&self.principal, answer, heard.key.clone()).await? {
            true => {
                let world = Arc::clone(&self.hub.picture().world);
                let recorded = recorded(&world, id, person);
                Ok(recorded.unwrap_or(Says::NotUnderstood { message: Some(id) }))
            }
            false => Ok(Says::NotUnderstood { message: Some(id) }),
        }
    }

    /// The moment that somebody means, by the clock where they are.
    fn moment(&self, heard: &Heard, arrival: Arrival) -> Timestamp {
        let now = self.hub.clock().now();
        match arrival {
            Arrival::Minutes(minutes) => now + SignedDuration::from_mins(i64::from(minutes)),
            Arrival::At(time) => {
                let reach = heard.world.person(heard.person).and_then(|p| p.reachability.as_ref());
                let zone = reach.and_then(|reach| reach.time_zone());
                let zone = zone.and_then(|zone| TimeZone::get(zone).ok()).unwrap_or(TimeZone::UTC);
                let here = now.to_zoned(zone);
                let today = here.with().time(time).build().map(|at| at.timestamp());
                let today = today.unwrap_or(now);
                // What is past today is meant for tomorrow.
                if today < now { today + SignedDuration::from_hours(24) } else { today }
            }
        }
    }

    /// Writes a line into the journal of the one incident that somebody works on.
    async fn take_line(&self, heard: &Heard, line: &str) -> Result<Says, NotTaken> {
        let world = &heard.world;
        let posts = world.posts_held_by(heard.person);
        let mut incidents: Vec<_> = posts
            .filter_map(|post| world.structure(post.structure))
            .filter(|structure| world.is_live(structure))
            .filter_map(|structure| structure.incident())
            .collect();
        incidents.sort_unstable();
        incidents.dedup();
        let [incident] = incidents.as_slice() else { return Ok(Says::NotNoted) };
        let note = Write {
            incident: *incident,
            text: line.to_owned(),
            log_of: None,
            corrects: None,
            tlp: None,
        };
        let principal = self.in_the_name_of(heard);
        let written = self.ask(&principal, note, heard.key.clone()).await?;
        Ok(if written { Says::Noted { incident: *incident } } else { Says::NotNoted })
    }

    /// Answers the open accountability checks for the resources under the posts that somebody holds.
    async fn take_par(&self, heard: &Heard) -> Result<Says, NotTaken> {
        let reports = par_reports(&heard.world, heard.person);
        let principal = self.in_the_name_of(heard);
        let mut resources = 0;
        for report in reports {
            resources += u32::from(self.ask(&principal, report, None).await?);
        }
        Ok(if resources > 0 { Says::ParTaken { resources } } else { Says::NoPar })
    }

    /// A person as somebody who asks, for the organization for which they hold a post.
    fn in_the_name_of(&self, heard: &Heard) -> Arc<Principal> {
        let world = &heard.world;
        let held = world.posts_held_by(heard.person).flat_map(|post| post.held());
        let mut held = held.filter(|assignment| assignment.person == heard.person);
        let code = held.next().and_then(|assignment| world.organization(assignment.organization));
        let code = code.map(|organization| organization.profile.code.clone());
        let name = world.person(heard.person).map_or("somebody", |person| person.name.as_str());
        let name = format!("{name} by {}", heard.channel.as_str());
        Arc::new(Principal::new(name, code, vec![Scope::Read, Scope::Write]))
    }

    /// Asks the hub; tells whether it was done or refused.
    async fn ask(
        &self,
        principal: &Arc<Principal>,
        command: impl Into<Command>,
        key: Option<String>,
    ) -> Result<bool, NotTaken> {
        match self.hub.submit(principal, command, key, "reply".to_owned()).await {
            Ok(_) => Ok(true),
            Err(SubmitError::Refused(refusal)) => {
                tracing::info!(%refusal, "what somebody wrote back was refused");
                Ok(false)
            }
            Err(error) => {
                tracing::warn!(%error, "what somebody wrote back cannot be recorded now");
                Err(NotTaken)
            }
        }
    }
}

/// Somebody who wrote back.
struct Heard {
    world: Arc<World>,
    person: Id<Person>,
    channel: Channel,
    /// What makes this reply one, when it is brought twice.
    key: Option<String>,
    /// The message that they certainly mean.
    only: Option<Id<Message>>,
}

/// Who of those who share an address wrote: the one who is being asked something.
fn who_wrote(world: &World, owners: &[Id<Person>]) -> Option<Id<Person>> {
    let is_asked = |person: &&Id<Person>| {
        let mut deliveries = world.deliveries_to(**person);
        deliveries.any(|(message, delivery)| message.is_running() && delivery.answer.is_none())
    };
    owners.iter().find(is_asked).or_else(|| owners.first()).copied()
}

/// The messages that somebody may answer now: those that wait first, then those answered already.
fn open_to(heard: &Heard, now: Timestamp) -> Vec<(&Message, &Delivery)> {
    let recent = now - SignedDuration::from_hours(ANSWERS_HOURS);
    let takes = |message: &Message| {
        heard.only.is_none_or(|only| only == message.id)
            && (message.is_running() || message.revision.changed_at > recent)
            && !message.content.responses.is_empty()
    };
    let all = heard.world.deliveries_to(heard.person).take(30);
    all.filter(|(message, _)| takes(message)).collect()
}

enum Picked<'w> {
    One((&'w Message, &'w Delivery)),
    Several(Vec<char>),
    None,
}

/// Which message is meant: the one with the letter; or the one that waits; or the newest answered.
fn pick<'w>(open: &[(&'w Message, &'w Delivery)], code: Option<char>) -> Picked<'w> {
    if let Some(code) = code {
        let meant = open.iter().find(|(_, delivery)| delivery.code == code);
        return meant.map_or(Picked::None, |one| Picked::One(*one));
    }
    let waiting: Vec<_> = open.iter().filter(|(m, delivery)| waits(m, delivery)).collect();
    match waiting.as_slice() {
        [] => open.first().map_or(Picked::None, |one| Picked::One(*one)),
        [one] => Picked::One(**one),
        several => Picked::Several(several.iter().map(|(_, delivery)| delivery.code).collect()),
    }
}

/// Whether somebody has still to answer a message.
fn waits(message: &Message, delivery: &Delivery) -> bool {
    message.is_running() && delivery.answer.is_none()
}

fn by_meaning(message: &Message, meaning: Meaning) -> Option<u8> {
    let index = message.content.responses.iter().position(|r| r.meaning == meaning)?;
    u8::try_from(index + 1).ok()
}

fn newest(heard: &Heard) -> Option<Id<Message>> {
    let running = heard.world.deliveries_to(heard.person).find(|(m, _)| m.is_running());
    running.map(|(message, _)| message.id)
}

/// The organization that told somebody something last, by whose name they know what they answer.
fn sender(heard: &Heard) -> Option<Id<Organization>> {
    heard.world.deliveries_to(heard.person).next().map(|(message, _)| message.organization)
}

fn recorded(world: &World, message: Id<Message>, person: Id<Person>) -> Option<Says> {
    let number = world.delivery_number(message, person)?;
    let delivery = world.message(message)?.run.as_ref()?.deliveries.get(&number)?;
    let answer = delivery.answer.as_ref()?;
    let (meaning, arrival, late) = (answer.meaning, answer.arrival, answer.late);
    Some(Says::Recorded { message, meaning, arrival, late })
}

/// Reports that everybody is there, for each resource under the posts that somebody holds whose
/// check is open.
fn par_reports(world: &World, person: Id<Person>) -> Vec<resource::ReportPar> {
    let posts: Vec<_> = world.posts_held_by(person).map(|post| post.id).collect();
    let structures = world.posts_held_by(person).filter_map(|p| world.structure(p.structure));
    let mut incidents: Vec<_> = structures.filter_map(|s| s.incident()).collect();
    incidents.sort_unstable();
    incidents.dedup();
    let mut reports = Vec::new();
    for incident in incidents {
        let Some(par) = world.pars_of(incident).next_back() else { continue };
        for line in par.missing() {
            let committed = world.resource(line.resource).and_then(|resource| {
                resource.live_commitments().find(|commitment| commitment.incident == incident)
            });
            let under = committed.and_then(|c| c.assigned_to.as_ref()?.post);
            if under.is_some_and(|post| posts.contains(&post)) {
                let (par, resource, present) = (Some(par.id), line.resource, line.expected);
                reports.push(resource::ReportPar { incident, par, resource, present });
            }
        }
    }
    reports
}

/// The attempt that our own key names.
fn attempt_of_key(key: &str) -> Option<AttemptKey> {
    let (rest, attempt) = key.rsplit_once('-')?;
    let (message, recipient) = rest.rsplit_once('-')?;
    Some((message.parse().ok()?, recipient.parse().ok()?, attempt.parse().ok()?))
}

/// The attempt that a provider named so before this node took the duty over.
fn attempt_in(world: &World, provider: &str, reference: &str) -> Option<AttemptKey> {
    for message in world.messages().rev() {
        let Some(run) = &message.run else { continue };
        for (recipient, delivery) in &run.deliveries {
            for (number, attempt) in delivery.numbered() {
                if attempt.provider.as_deref() == Some(provider)
                    && attempt.reference.as_deref() == Some(reference)
                {
                    return Some((message.id, *recipient, number));
                }
            }
        }
    }
    None
}
