//! What launching a message would do.

use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use muster_contract::channel::Content;
use muster_sms::text::{self, LookAlikes};

use super::message::MessageChannel;
use super::organization::Organization;
use super::person::Person;
use crate::domain::message::{Channel, preview};
use crate::domain::organization;
use crate::graphql::asked::Asked;
use crate::graphql::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::graphql::page::{Cursor, Page, Paging};
use crate::graphql::rows::{Row, Rows};
use crate::notify::words;
use crate::sharing::{Prospect, Seen, SeenPreview};

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

/// What some of them would read, or hear.
pub(crate) struct PreviewedText {
    channel: Channel,
    language: String,
    count: usize,
    content: Content,
}

/// The short messages that a text becomes.
#[derive(SimpleObject)]
pub(crate) struct SmsSize {
    /// How it is written.
    encoding: SmsEncoding,
    /// How many short messages each person gets.
    segments: usize,
    /// How many more characters of that alphabet fit before there is another one.
    left: usize,
}

/// How the characters of a short message are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Enum)]
#[graphql(remote = "text::Encoding")]
pub(crate) enum SmsEncoding {
    /// In the GSM 7-bit alphabet: 160 characters in one, 153 in each of several.
    #[graphql(name = "GSM7")]
    Gsm7,
    /// In UCS-2, because a character is in no other: 70 in one, 67 in each of several.
    #[graphql(name = "UCS2")]
    Ucs2,
}

/// Somebody who would be told.
pub(crate) struct MessageProspect(Prospect);

impl Row for MessageProspect {}

impl Row for PreviewedText {}

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
        let counts = self.0.preview.first_channels().into_iter();
        let counted =
            |(channel, count): (Channel, usize)| ChannelCount { channel: channel.into(), count };
        counts.map(counted).collect()
    }

    /// How many would read each language.
    async fn languages(&self) -> Vec<LanguageCount> {
        let counts = self.0.preview.wordings().into_iter();
        let counted =
            |(n, count)| Some(LanguageCount { language: self.language(n)?.to_owned(), count });
        counts.filter_map(counted).collect()
    }

    /// What they would read or hear, by language and by the channel that is tried first.
    async fn texts(&self) -> Rows<PreviewedText> {
        let of = |(&(channel, wording), &count): (&(Channel, usize), &usize)| {
            let language = self.language(wording)?;
            Some(PreviewedText {
                channel,
                language: language.to_owned(),
                count,
                content: self.told(language, channel)?,
            })
        };
        Rows(self.0.preview.texts.iter().filter_map(of).collect())
    }

    /// How many seconds it takes at most until a provider was handed the first message to each of
    /// them, by the rates of the providers. 0 where no provider states a rate.
    async fn handed_over_within(&self, context: &Context<'_>) -> u64 {
        let Some(notify) = &Asked::from(context).notify else { return 0 };
        let counts = self.0.preview.first_channels().into_iter();
        let times = counts.map(|(channel, count)| notify.handing_time(channel, count));
        let most = times.max().unwrap_or_default();
        most.as_secs() + u64::from(most.subsec_nanos() > 0)
    }

    /// How many seconds it takes at most until everything was tried for everybody, when nobody
    /// answers and nothing is held back.
    async fn tried_within(&self) -> i64 {
        let plan = self.0.message.plan();
        plan.map_or(0, |plan| self.0.preview.longest(plan).as_secs())
    }

    /// The other organizations that would see how many were reached, and what they answer.
    async fn answers_seen_by(&self, context: &Context<'_>) -> Rows<Organization> {
        let asked = Asked::from(context);
        let (view, id) = (&asked.view, self.0.message.id());
        let own = view.viewer().organization();
        let others = view.organizations().filter(|other| Some(other.id()) != own);
        let sees = |other: &Seen<organization::Organization>| {
            let theirs = asked.hub.view_through(view, other.id());
            theirs.message(id).is_some_and(|message| message.shows_progress())
        };
        Rows(others.filter(sees).map(Organization).collect())
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

impl MessagePreview {
    fn language(&self, wording: usize) -> Option<&str> {
        Some(&self.0.message.content()?.wordings.get(wording)?.language)
    }

    fn told(&self, language: &str, channel: Channel) -> Option<Content> {
        let message = &self.0.message;
        let sender = message.organization();
        let telling = words::Telling {
            content: message.content()?,
            exercise: message.exercise(),
            follows: message.about().map(|(_, how)| how),
            sender: sender.as_ref().map_or("", |sender| sender.name()),
            language: Some(language),
            code: None,
            again: false,
            link: String::new(),
        };
        Some(words::tell(&telling, channel))
    }
}

#[Object]
impl PreviewedText {
    /// The channel.
    async fn channel(&self) -> MessageChannel {
        self.channel.into()
    }

    /// The language of the words around what was written.
    async fn language(&self) -> &str {
        &self.language
    }

    /// How many would get it.
    async fn count(&self) -> usize {
        self.count
    }

    /// The subject of an e-mail or notification.
    async fn subject(&self) -> &str {
        &self.content.subject
    }

    /// The text. An e-mail and a notification have a link to a page of answers beside it. Where
    /// somebody has other messages to answer, a letter stands before each digit.
    async fn text(&self) -> &str {
        &self.content.text
    }

    /// The short messages that it becomes, as it is written here; a provider that replaces
    /// typographic characters may need fewer. Null for other channels.
    async fn sms(&self) -> Option<SmsSize> {
        let segments = (self.channel == Channel::Sms)
            .then(|| text::segments(&self.content.text, LookAlikes::Keep))?;
        let (encoding, left) = (segments.encoding.into(), segments.units_left);
        Some(SmsSize { encoding, segments: segments.count, left })
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
