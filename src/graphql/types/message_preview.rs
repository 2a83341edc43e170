//! What launching a message would do.

use async_graphql::{Enum, Object, Result, SimpleObject};

use super::message::MessageChannel;
use super::organization::Organization;
use super::person::Person;
use crate::domain::message::{Channel, preview};
use crate::graphql::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::graphql::page::{Cursor, Page, Paging};
use crate::graphql::rows::Row;
use crate::sharing::{Prospect, SeenPreview};

/// What launching a message would do. It is launched as it was previewed: a launch names the digest,
/// and is refused when the text or the audience changed since.
pub(crate) struct MessagePreview(pub(in crate::graphql) SeenPreview);

/// Why somebody cannot be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Enum)]
#[graphql(remote = "preview::Unreachable")]
pub(crate) enum Unreachable {
    /// No address is known.
    NoAddress,
    /// None of the channels of the plan has an address.
    NoChannelOfPlan,
    /// They stopped all channels of the plan.
    Stopped,
}

/// How many would be tried by a channel first.
#[derive(SimpleObject)]
pub(crate) struct ChannelCount {
    /// The channel.
    channel: MessageChannel,
    /// How many.
    count: usize,
}

/// How many would read a language.
#[derive(SimpleObject)]
pub(crate) struct LanguageCount {
    /// The language.
    language: String,
    /// How many.
    count: usize,
}

/// How many cannot be reached for a reason.
#[derive(SimpleObject)]
pub(crate) struct UnreachableCount {
    /// Why.
    why: Unreachable,
    /// How many.
    count: usize,
}

/// Somebody who would be told.
pub(crate) struct MessageProspect(Prospect);

impl Row for MessageProspect {}

#[Object]
impl MessagePreview {
    /// How many would be told, wave by wave, each person in the first wave that names them.
    async fn waves(&self) -> Vec<usize> {
        self.0.preview.waves.iter().map(Vec::len).collect()
    }

    /// How many would be told in all.
    async fn count(&self) -> usize {
        self.0.preview.waves.iter().map(Vec::len).sum()
    }

    /// Those who would be told, in the order of telling.
    async fn prospects(
        &self,
        #[graphql(desc = "Only those who cannot be reached, or only the others.")]
        unreachable: Option<bool>,
        #[graphql(desc = "How many at most: 1 to 200, 50 when null.")] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<MessageProspect>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let list = (0_u64..).zip(self.0.prospects()).filter(|(_, (_, person))| {
            unreachable.is_none_or(|wanted| wanted == self.0.is_unreachable(*person))
        });
        let cursor = |(number, _): &(u64, _)| Cursor::of_number(*number);
        Ok(paging.page(list, cursor, |(_, who)| MessageProspect(self.0.prospect(who))))
    }

    /// How many of them cannot be reached, by why.
    async fn unreachable(&self) -> Vec<UnreachableCount> {
        let all = [
            preview::Unreachable::NoAddress,
            preview::Unreachable::NoChannelOfPlan,
            preview::Unreachable::Stopped,
        ];
        let count = |why| self.0.preview.unreachable.iter().filter(|(_, w)| *w == why).count();
        let counts = all.map(|why| UnreachableCount { why: why.into(), count: count(why) });
        counts.into_iter().filter(|counted| counted.count > 0).collect()
    }

    /// How many would be tried by each channel first.
    async fn channels(&self) -> Vec<ChannelCount> {
        let counts = self.0.preview.first_channels.iter();
        let counted = |(channel, count): (&Channel, &usize)| ChannelCount {
            channel: (*channel).into(),
            count: *count,
        };
        counts.map(counted).collect()
    }

    /// How many would read each language.
    async fn languages(&self) -> Vec<LanguageCount> {
        let wordings = self.0.message.content().map_or(&[][..], |content| &content.wordings);
        let language = |n: usize| Some(wordings.get(n)?.language.clone());
        let counts = self.0.preview.wordings.iter();
        let counted = |(n, count): (&usize, &usize)| {
            Some(LanguageCount { language: language(*n)?, count: *count })
        };
        counts.filter_map(counted).collect()
    }

    /// How many would be held back by their quiet hours now.
    async fn quiet(&self) -> usize {
        self.0.preview.quiet
    }

    /// Whether somebody other than the author has to release it.
    async fn needs_release(&self) -> bool {
        self.0.preview.needs_release
    }

    /// What a launch or a release has to name.
    async fn digest(&self) -> String {
        self.0.preview.digest.to_string()
    }
}

#[Object]
impl MessageProspect {
    /// The person; null when you do not see them.
    async fn person(&self) -> Option<Person> {
        self.0.person.clone().map(Person)
    }

    /// The organization by which they are told; null when that is not shown.
    async fn organization(&self) -> Option<Organization> {
        self.0.organization.clone().map(Organization)
    }

    /// In which wave they would be told, counted from 1.
    async fn wave(&self) -> usize {
        self.0.wave + 1
    }

    /// The channel that would be tried first; null when they cannot be reached.
    async fn channel(&self) -> Option<MessageChannel> {
        self.0.channel.ok().map(Into::into)
    }

    /// Why they cannot be reached; null when they can.
    async fn unreachable(&self) -> Option<Unreachable> {
        self.0.channel.err().map(Into::into)
    }
}
