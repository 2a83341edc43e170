//! Messages as a viewer sees them: by those who tell, and those who work on the incident. How
//! somebody is reached is never shown, and who they are only where the viewer sees the person.

use std::sync::Arc;

use jiff::Timestamp;

use super::Seen;
use crate::domain::Id;
use crate::domain::agreement::Group;
use crate::domain::incident::Incident;
use crate::domain::message::content::{Content, Priority};
use crate::domain::message::delivery::Hold;
use crate::domain::message::plan::Plan;
use crate::domain::message::run::{Recipient, Run};
use crate::domain::message::{
    Attempt, Delivery, Digest, Following, Message, Selector, Signature, Stage, Standing, Why,
};
use crate::domain::organization::Organization;
use crate::domain::person::Person;
use crate::sharing::View;

/// How a message was over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Over<'a> {
    /// Why it ended by itself.
    pub why: Option<Why>,
    /// Who stopped it.
    pub by: Option<&'a str>,
    /// Why they did.
    pub reason: Option<&'a str>,
    /// When, as exactly as times are shown.
    pub at: Option<Timestamp>,
}

/// One of those whom a message is for.
#[derive(Clone)]
pub struct SeenRecipient {
    /// Their number in the message.
    pub number: u32,
    /// In which wave they are told, counted from 0.
    pub wave: u8,
    /// Who, where the viewer sees the person.
    pub person: Option<Seen<Person>>,
    /// The organization by which they are told, where that is shown.
    pub organization: Option<Seen<Organization>>,
    /// How far telling them has come; none while nothing was tried.
    pub delivery: Option<Arc<Delivery>>,
}

/// Something that waits to be handed over.
#[derive(Clone)]
pub struct Waiting {
    /// The message.
    pub message: Seen<Message>,
    /// Whom it is for.
    pub recipient: u32,
    /// Since when it waits.
    pub since: Timestamp,
    /// The number of the attempt; none where the next one is held back.
    pub attempt: Option<u16>,
    /// What holds it back.
    pub hold: Option<Hold>,
    /// When it is tried again, where it failed for now.
    pub retry: Option<Timestamp>,
}

impl SeenRecipient {
    /// Where they stand.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.delivery.as_ref().map_or(Standing::Waiting, |delivery| delivery.standing())
    }
}

impl Waiting {
    /// Whom it is for.
    #[must_use]
    pub fn delivery(&self) -> Option<SeenRecipient> {
        let run = self.message.run()?;
        let recipient = *run.recipients.get(self.recipient as usize)?;
        let delivery = run.deliveries.get(&self.recipient);
        Some(self.message.recipient((self.recipient, recipient, delivery)))
    }

    /// Its place in the outbox: since when it waits, and a number among those of the same time.
    #[must_use]
    pub fn place(&self) -> (Timestamp, u64) {
        // A recipient takes 18 bits and an attempt 8; the rest of an id is random.
        let attempt = u64::from(self.attempt.map_or(u8::MAX, |n| n.to_be_bytes()[1]));
        let random = self.message.id().uuid().as_u64_pair().1 & ((1 << 38) - 1);
        (self.since, u64::from(self.recipient) << 46 | attempt << 38 | random)
    }

    /// The attempt; none where the next one is held back.
    #[must_use]
    pub fn attempt(&self) -> Option<&Attempt> {
        self.message.run()?.deliveries.get(&self.recipient)?.attempt(self.attempt?)
    }
}

impl Seen<Message> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id<Message> {
        self.record.id
    }

    /// Its first words.
    #[must_use]
    pub fn subject(&self) -> &str {
        self.record.content.wordings.first().map_or("", |wording| wording.what.as_str())
    }

    /// How urgent it is.
    #[must_use]
    pub fn priority(&self) -> Priority {
        self.record.content.priority
    }

    /// Whether it belongs to an exercise.
    #[must_use]
    pub fn exercise(&self) -> bool {
        self.record.exercise
    }

    /// Where it stands.
    #[must_use]
    pub fn stage(&self) -> &Stage {
        &self.record.stage
    }

    /// What its organization calls it, if it is a template.
    #[must_use]
    pub fn template_name(&self) -> Option<&str> {
        self.record.template_name()
    }

    /// The organization that tells.
    #[must_use]
    pub fn organization(&self) -> Option<Seen<Organization>> {
        let organization = self.with(Group::Command, self.record.organization);
        organization.and_then(|id| self.view.organization(id))
    }

    /// The principal who wrote it.
    #[must_use]
    pub fn author(&self) -> Option<&str> {
        self.with(Group::Command, self.record.author.as_str())
    }

    /// That somebody else agreed to it.
    #[must_use]
    pub fn release(&self) -> Option<&Signature> {
        self.with(Group::Command, self.record.release.as_ref()).flatten()
    }

    /// The principal who launched it.
    #[must_use]
    pub fn launched_by(&self) -> Option<&str> {
        self.with(Group::Command, self.run()?.by.as_str())
    }

    /// The incident that it is about, where that is shown.
    #[must_use]
    pub fn incident(&self) -> Option<Seen<Incident>> {
        let incident = self.with(Group::Links, self.record.incident).flatten();
        incident.and_then(|id| self.view.incident(id))
    }

    /// The earlier message that it puts right or closes.
    #[must_use]
    pub fn about(&self) -> Option<(Self, Following)> {
        let about = self.with(Group::Links, self.record.about).flatten()?;
        Some((self.view.message(about.message)?, about.how))
    }

    /// What it says.
    #[must_use]
    pub fn content(&self) -> Option<&Content> {
        self.with(Group::Content, self.record.content.as_ref())
    }

    /// Who is told, in which order.
    #[must_use]
    pub fn plan(&self) -> Option<&Plan> {
        self.with(Group::Content, self.record.plan.as_ref())
    }

    /// The digest of what was previewed and launched.
    #[must_use]
    pub fn digest(&self) -> Option<Digest> {
        self.with(Group::Content, self.run()?.digest)
    }

    /// How it was over; none before that.
    #[must_use]
    pub fn over(&self) -> Option<Over<'_>> {
        let over = match &self.record.stage {
            Stage::Ended { why, at } => {
                Over { why: Some(*why), by: None, reason: None, at: self.time(*at) }
            }
            Stage::Stopped { by, reason, at } => Over {
                why: None,
                by: self.with(Group::Command, by.as_str()),
                reason: Some(reason),
                at: self.time(*at),
            },
            Stage::Draft | Stage::Template { .. } | Stage::Discarded | Stage::Running => {
                return None;
            }
        };
        self.with(Group::Status, over)
    }

    /// Whether it is shown how far telling people has come, and what they answer.
    #[must_use]
    pub fn shows_progress(&self) -> bool {
        self.decision.shows(Group::Status)
    }

    /// How many stand where, those with nobody left out.
    #[must_use]
    pub fn counts(&self) -> Vec<(Standing, usize)> {
        let run = self.run().filter(|_| self.shows_progress());
        let all = Standing::ALL.into_iter();
        let counts = all.filter_map(|standing| Some((standing, run?.count(standing))));
        counts.filter(|(_, count)| *count > 0).collect()
    }

    /// How many it is for.
    #[must_use]
    pub fn recipient_count(&self) -> Option<usize> {
        self.with(Group::Status, self.run()?.recipients.len())
    }

    /// When each wave was opened, as far as they were and times are shown.
    #[must_use]
    pub fn waves_opened(&self) -> Vec<Timestamp> {
        let opened = self.run().map_or(&[][..], |run| run.opened.as_slice());
        opened.iter().filter_map(|at| self.time(*at)).collect()
    }

    /// When it was drafted, as exactly as times are shown.
    #[must_use]
    pub fn drafted_at(&self) -> Option<Timestamp> {
        self.time(self.record.revision.created_at)
    }

    /// When it was launched, as exactly as times are shown.
    #[must_use]
    pub fn launched_at(&self) -> Option<Timestamp> {
        self.time(self.run()?.at)
    }

    /// When it changed last, as exactly as times are shown.
    #[must_use]
    pub fn changed_at(&self) -> Option<Timestamp> {
        self.time(self.record.revision.changed_at)
    }

    /// Those whom it is for, in the order of telling, with how far it has come.
    pub fn recipients(&self) -> impl Iterator<Item = (u32, Recipient, Option<&Arc<Delivery>>)> {
        let run = self.run().filter(|_| self.shows_progress()).into_iter();
        run.flat_map(|run| {
            let numbered = (0_u32..).zip(run.recipients.iter());
            numbered.map(|(number, recipient)| (number, *recipient, run.deliveries.get(&number)))
        })
    }

    /// One of those.
    #[must_use]
    pub fn recipient(
        &self,
        (number, recipient, delivery): (u32, Recipient, Option<&Arc<Delivery>>),
    ) -> SeenRecipient {
        let Recipient { person, wave } = recipient;
        SeenRecipient {
            number,
            wave,
            person: self.view.person(person),
            organization: self.organization_of(person),
            delivery: delivery.cloned(),
        }
    }

    /// The organization that somebody belongs to, where the viewer sees them or the plan names it.
    pub(in crate::sharing) fn organization_of(
        &self,
        person: Id<Person>,
    ) -> Option<Seen<Organization>> {
        let audiences = self.record.plan.waves.iter().map(|wave| &wave.audience);
        let named = audiences.flat_map(|audience| &audience.any_of).filter_map(|by| match by {
            Selector::Members { organization } | Selector::Qualified { organization, .. } => {
                Some(*organization)
            }
            _ => None,
        });
        let known = self.view.world().person(person)?;
        let mut named = named.filter(|organization| known.membership(*organization).is_some());
        let by_plan = named.next().and_then(|organization| self.view.organization(organization));
        by_plan.or_else(|| {
            let seen = self.view.person(person)?;
            let mut member = seen.memberships().filter(|(_, m)| m.until.is_none());
            member.next().map(|(organization, _)| organization)
        })
    }

    fn run(&self) -> Option<&Run> {
        self.record.run.as_ref()
    }

    /// What of it waits to be handed over.
    fn waiting(&self) -> Vec<Waiting> {
        let Some(run) = self.run().filter(|_| self.shows_progress()) else {
            return Vec::new();
        };
        let outstanding = run.outstanding().filter_map(|(recipient, number)| {
            let since = run.deliveries.get(&recipient)?.attempt(number)?.at;
            let message = self.clone();
            let attempt = Some(number);
            Some(Waiting { message, recipient, since, attempt, hold: None, retry: None })
        });
        let failed = run.deliveries.iter().filter(|_| self.record.is_running());
        let failed = failed.filter_map(|(recipient, delivery)| {
            let retry = Some(delivery.next.filter(|_| delivery.held.is_none())?);
            let (number, last) = delivery.numbered().next_back()?;
            let since = last.has_failed().then_some(last.at)?;
            let (message, recipient, attempt) = (self.clone(), *recipient, Some(number));
            Some(Waiting { message, recipient, since, attempt, hold: None, retry })
        });
        let held = run.deliveries.iter().filter(|_| self.record.is_running());
        let held = held.filter_map(|(recipient, delivery)| {
            let hold = Some(delivery.held?);
            let opened = || {
                let wave = usize::from(run.recipients.get(*recipient as usize)?.wave);
                run.opened.get(wave).copied()
            };
            let since = delivery.attempts.last().map(|last| last.at).or_else(opened)?;
            let (message, recipient) = (self.clone(), *recipient);
            Some(Waiting { message, recipient, since, attempt: None, hold, retry: None })
        });
        outstanding.chain(failed).chain(held).collect()
    }
}

impl View {
    /// What waits to be handed over of the messages of the viewer's own organization, the longest
    /// first.
    #[must_use]
    pub fn outbox(&self) -> Vec<Waiting> {
        let own = self.viewer().organization();
        let messages = self.messages().filter(|m| Some(m.record.organization) == own);
        let mut waiting: Vec<_> = messages.flat_map(|message| message.waiting()).collect();
        waiting.sort_by_key(Waiting::place);
        waiting
    }
}
