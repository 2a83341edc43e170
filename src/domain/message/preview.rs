//! What launching a message would do, so that it can be looked at before, and be launched as looked
//! at: a launch names the digest of the preview, and is refused when anything changed since.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use aws_lc_rs::digest::{self, SHA256};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::audience::Located;
use super::content::Priority;
use super::plan::Plan;
use super::reach::Reachability;
use super::refused::Refused;
use super::{Following, Message};
use crate::domain::contact::Channel;
use crate::domain::ids::Id;
use crate::domain::limits::{RECIPIENTS_MAX, RELEASE_FROM};
use crate::domain::person::Person;
use crate::domain::refusal::Refusal;
use crate::domain::secret::SecretHash;
use crate::domain::world::World;

/// The SHA-256 over what is said, to whom, and in which order: hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digest(SecretHash);

/// What launching a message would do.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Who is told, wave by wave, each person in the first wave that names them.
    pub waves: Vec<Vec<Id<Person>>>,
    /// Those of them who cannot be reached, and why.
    pub unreachable: Vec<(Id<Person>, Unreachable)>,
    /// How many would get which wording, counted from 0, by the channel that is tried first.
    pub texts: BTreeMap<(Channel, usize), usize>,
    /// The most channels that anybody would be tried by.
    pub channels_max: usize,
    /// How many would be held back by their quiet hours now.
    pub quiet: usize,
    /// Whether somebody other than the author has to release it.
    pub needs_release: bool,
    /// What a launch has to name.
    pub digest: Digest,
}

/// Why somebody cannot be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unreachable {
    /// No address is known.
    NoAddress,
    /// None of the channels of the plan has an address.
    NoChannelOfPlan,
    /// They stopped all channels of the plan.
    Stopped,
}

/// Who would be told, as far as a launch has to know it.
#[derive(Debug)]
pub(super) struct Settled {
    /// Who, wave by wave.
    pub(super) waves: Vec<Vec<Id<Person>>>,
    /// Whether somebody other than the author has to release it.
    pub(super) needs_release: bool,
    /// What a launch has to name.
    pub(super) digest: Digest,
}

impl Settled {
    /// Settles who would be told now.
    ///
    /// # Errors
    /// A refusal when there would be nobody, or too many.
    pub(super) fn of(
        world: &World,
        message: &Message,
        located: &Located,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        let waves = message.waves(world, located, now);
        let count = waves.iter().map(Vec::len).sum();
        if count == 0 {
            return Err(Refused::NobodyToTell.into());
        }
        if count > RECIPIENTS_MAX {
            return Err(Refused::TooManyToTell { count, count_max: RECIPIENTS_MAX }.into());
        }
        let digest = Digest::over(message, &waves);
        let follows = message.about.is_some();
        let needs_release = !follows && (message.content.public || count >= RELEASE_FROM);
        Ok(Self { waves, needs_release, digest })
    }
}

impl Preview {
    /// Settles who would be told now, and what that would mean.
    ///
    /// # Errors
    /// A refusal when there would be nobody, or too many.
    pub fn of(
        world: &World,
        message: &Message,
        located: &Located,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        let Settled { waves, needs_release, digest } = Settled::of(world, message, located, now)?;
        let mut preview = Self {
            waves,
            unreachable: Vec::new(),
            texts: BTreeMap::new(),
            channels_max: 0,
            quiet: 0,
            needs_release,
            digest,
        };
        let persons: Vec<_> = preview.waves.iter().flatten().copied().collect();
        persons.into_iter().for_each(|person| preview.look_at(world, message, person, now));
        Ok(preview)
    }

    fn look_at(&mut self, world: &World, message: &Message, person: Id<Person>, now: Timestamp) {
        let channels = match world.channels_to(message, person) {
            Ok(channels) => channels,
            Err(why) => return self.unreachable.push((person, why)),
        };
        self.channels_max = self.channels_max.max(channels.len());
        let Some(first) = channels.first().copied() else { return };
        let reach = reachability(world, person);
        let language = reach.and_then(|reach| reach.language.as_deref());
        if let Some((wording, _)) = message.content.wording(language) {
            *self.texts.entry((first, wording)).or_default() += 1;
        }
        let quiet = reach.and_then(|reach| reach.quiet_until(first, now));
        if message.content.priority == Priority::Routine && quiet.is_some() {
            self.quiet += 1;
        }
    }

    /// How many would be tried by each channel first.
    #[must_use]
    pub fn first_channels(&self) -> BTreeMap<Channel, usize> {
        sums(self.texts.iter().map(|((channel, _), count)| (*channel, *count)))
    }

    /// How many would get each wording, counted from 0.
    #[must_use]
    pub fn wordings(&self) -> BTreeMap<usize, usize> {
        sums(self.texts.iter().map(|((_, wording), count)| (*wording, *count)))
    }

    /// How long the plan takes at most after the launch when nobody answers, nothing is held back and
    /// providers take everything at once.
    #[must_use]
    pub fn longest(&self, plan: &Plan) -> SignedDuration {
        let minutes = plan.waves.iter().skip(1).map(|wave| i64::from(wave.after_minutes)).sum();
        let steps = usize::from(plan.cycles) * self.channels_max;
        let tried = plan.interval() * i32::try_from(steps).unwrap_or(i32::MAX);
        SignedDuration::from_mins(minutes) + tried
    }
}

impl Message {
    /// Who would be told now, wave by wave. Nobody is in two waves.
    pub fn waves(&self, world: &World, located: &Located, now: Timestamp) -> Vec<Vec<Id<Person>>> {
        let mut located = located.iter();
        let mut waves: Vec<Vec<Id<Person>>> = Vec::new();
        for wave in &self.plan.waves {
            let mut persons = wave.audience.resolve(world, &mut located, now);
            persons.retain(|person| waves.iter().all(|told| told.binary_search(person).is_err()));
            waves.push(persons);
        }
        waves
    }
}

fn sums<K: Ord>(counted: impl Iterator<Item = (K, usize)>) -> BTreeMap<K, usize> {
    counted.fold(BTreeMap::new(), |mut sums, (key, count)| {
        *sums.entry(key).or_default() += count;
        sums
    })
}

fn reachability(world: &World, person: Id<Person>) -> Option<&Reachability> {
    world.person(person).and_then(|known| known.reachability.as_ref())
}

impl World {
    /// What launching a draft would do now.
    ///
    /// # Errors
    /// A refusal when it is no draft, or when there would be nobody, or too many.
    pub fn preview(
        &self,
        id: Id<Message>,
        located: &Located,
        now: Timestamp,
    ) -> Result<(&Message, Preview), Refusal> {
        let message = self.drafted_message(id)?;
        Ok((message, Preview::of(self, message, located, now)?))
    }

    /// The channels by which a message can go to somebody, in order, each once.
    ///
    /// # Errors
    /// Why there is none.
    pub fn channels_to(
        &self,
        message: &Message,
        person: Id<Person>,
    ) -> Result<Vec<Channel>, Unreachable> {
        let mut channels = self.channels_of_plan(message, person)?;
        if message.content.priority != Priority::LifeSafety {
            channels.retain(|channel| !self.has_stopped(person, *channel));
        }
        if channels.is_empty() { Err(Unreachable::Stopped) } else { Ok(channels) }
    }

    /// The same, whether they stopped one of them or not.
    fn channels_of_plan(
        &self,
        message: &Message,
        person: Id<Person>,
    ) -> Result<Vec<Channel>, Unreachable> {
        if let Some(about) = &message.about {
            return self.channel_of(about.message, person).ok_or(Unreachable::NoChannelOfPlan);
        }
        let has: Vec<_> =
            reachability(self, person).into_iter().flat_map(Reachability::channels).collect();
        if has.is_empty() {
            return Err(Unreachable::NoAddress);
        }
        let plan = &message.plan.channels;
        let mut channels: Vec<_> = if plan.is_empty() {
            has
        } else {
            plan.iter().copied().filter(|channel| has.contains(channel)).collect()
        };
        let mut seen = BTreeSet::new();
        channels.retain(|channel| seen.insert(*channel));
        if channels.is_empty() { Err(Unreachable::NoChannelOfPlan) } else { Ok(channels) }
    }

    /// The channel by which an earlier message reached somebody, or may have.
    fn channel_of(&self, message: Id<Message>, person: Id<Person>) -> Option<Vec<Channel>> {
        let run = self.message(message)?.run.as_ref()?;
        let number = self.delivery_number(message, person)?;
        Some(vec![run.deliveries.get(&number)?.told_by()?])
    }

    /// The number of a person among the recipients of a message for whom something was tried.
    #[must_use]
    pub fn delivery_number(&self, message: Id<Message>, person: Id<Person>) -> Option<u32> {
        let of = self.person_deliveries.range((person, message, 0)..=(person, message, u32::MAX));
        of.map(|(_, _, number)| *number).next()
    }
}

impl Digest {
    /// The digest of what a message says, to whom, in which order.
    fn over(message: &Message, waves: &[Vec<Id<Person>>]) -> Self {
        /// What is launched, in the order in which it is hashed.
        #[derive(Serialize)]
        struct Launching<'a> {
            message: Id<Message>,
            exercise: bool,
            about: Option<(Id<Message>, Following)>,
            content: &'a super::content::Content,
            plan: &'a Plan,
        }
        let launching = Launching {
            message: message.id,
            exercise: message.exercise,
            about: message.about.map(|about| (about.message, about.how)),
            content: &message.content,
            plan: &message.plan,
        };
        let mut context = digest::Context::new(&SHA256);
        // Content and plan are plain data, which always has a JSON form.
        context.update(&serde_json::to_vec(&launching).unwrap_or_default());
        for wave in waves {
            context.update(&(wave.len() as u64).to_be_bytes());
            wave.iter().for_each(|person| context.update(person.uuid().as_bytes()));
        }
        let mut hash = [0; 32];
        hash.copy_from_slice(context.finish().as_ref());
        Self(SecretHash(hash))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for Digest {
    type Err = crate::domain::secret::NotASecretHash;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}
