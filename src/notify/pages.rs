//! The page on which one person answers one message: what it shows, and what is answered there.
//!
//! Whoever opens it is the person who was told, and is shown the message as it was told to them.

use std::sync::Arc;

use jiff::SignedDuration;
use muster_contract::channel::Content;

use super::Notify;
use super::links::Answering;
use super::words;
use crate::domain::message::content::Meaning;
use crate::domain::message::delivery::Answer;
use crate::domain::message::{Channel, Message, RecordAnswer};
use crate::domain::person::Person;
use crate::domain::{Id, World};
use crate::hub::SubmitError;

/// Minutes until arrival that an answer may have.
const MINUTES_MAX: u32 = 24 * 60;

/// What the page shows.
#[derive(Debug)]
pub struct Page {
    /// The message in the person's language, with its answers.
    pub content: Content,
    /// Whether one of them says that they are coming.
    pub accepts: bool,
    /// The answer that stands, in the words of its button.
    pub answered: Option<String>,
    /// Whether the message is over.
    pub over: bool,
}

impl Notify {
    /// What the page of a recipient shows now; none when there is no such recipient.
    #[must_use]
    pub fn page(&self, answering: Answering) -> Option<Page> {
        let world = Arc::clone(&self.hub.picture().world);
        let (message, person, _) = find(&world, answering)?;
        let reach = world.person(person).and_then(|known| known.reachability.as_ref());
        let sender = world.organization(message.organization);
        let telling = words::Telling {
            content: &message.content,
            exercise: message.exercise,
            follows: message.about.map(|about| about.how),
            sender: sender.map_or("", |organization| organization.profile.name.as_str()),
            language: reach.and_then(|reach| reach.language.as_deref()),
            code: None,
            again: false,
            link: String::new(),
        };
        let content = words::tell(&telling, Channel::Email);
        let delivery = message.run.as_ref()?.deliveries.get(&answering.recipient)?;
        let answered = delivery.answer.as_ref().map(|answer| in_words(answer, &content));
        let accepts = message.content.responses.iter().any(|r| r.meaning == Meaning::Accept);
        Some(Page { content, accepts, answered, over: !message.is_running() })
    }

    /// Records an answer by its number; 0 says only that the message was seen.
    ///
    /// # Errors
    /// [`SubmitError`] when it is none of the answers, or cannot be recorded now.
    pub async fn answer(
        &self,
        answering: Answering,
        choice: u8,
        minutes: Option<u32>,
    ) -> Result<(), SubmitError> {
        let world = Arc::clone(&self.hub.picture().world);
        // Who has the address and is no recipient any more is answered like one who never was.
        let Some((message, person, channel)) = find(&world, answering) else { return Ok(()) };
        let now = self.hub.clock().now();
        let minutes = minutes.filter(|minutes| *minutes <= MINUTES_MAX);
        let arrival = minutes.map(|minutes| now + SignedDuration::from_mins(i64::from(minutes)));
        let response = (choice > 0).then_some(choice);
        let (message, meaning) = (message.id, Meaning::Acknowledge);
        let answer = RecordAnswer { message, person, meaning, response, arrival, channel };
        let cause = "answer page".to_owned();
        self.hub.submit(&self.principal, answer, None, cause).await.map(drop)
    }
}

fn in_words(answer: &Answer, content: &Content) -> String {
    let number = answer.response.and_then(|n| usize::from(n).checked_sub(1));
    let choice = number.and_then(|index| content.choices.get(index));
    let label = match choice {
        Some(choice) => choice.label.clone(),
        None => words::meaning(&content.language, answer.meaning).to_owned(),
    };
    let arrival = answer.arrival.map(|at| at.strftime(" (%H:%M UTC)").to_string());
    label + arrival.as_deref().unwrap_or_default()
}

/// The message, its recipient, and the channel by which they were told last.
fn find(world: &World, answering: Answering) -> Option<(&Message, Id<Person>, Option<Channel>)> {
    let message = world.message(answering.message)?;
    let delivery = message.run.as_ref()?.deliveries.get(&answering.recipient)?;
    let channel = delivery.attempts.last().map(|attempt| attempt.channel);
    Some((message, delivery.person, channel))
}
