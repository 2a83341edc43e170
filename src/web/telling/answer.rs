//! The page on which a message is answered.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::SignedDuration;
use minijinja::value::Serde;
use minijinja::{Value, context};
use serde::Deserialize;

use super::{Told, page};
use crate::domain::World;
use crate::domain::message::content::Meaning;
use crate::domain::message::{Channel, Message, RecordAnswer};
use crate::notify::links::Answering;
use crate::notify::words;

/// Minutes until arrival that the form takes.
const MINUTES_MAX: u32 = 24 * 60;

/// What the form sends.
#[derive(Deserialize)]
pub(super) struct Answer {
    /// The number of the answer; `0` to say only that it was seen.
    choice: u8,
    /// Minutes until arrival.
    #[serde(default)]
    minutes: String,
}

pub(super) async fn show(State(told): State<Told>, Path(token): Path<String>) -> Response {
    match told.notify.links().read(&token) {
        Some(answering) => filled(&told, answering, None, StatusCode::OK),
        None => unknown(),
    }
}

pub(super) async fn take(
    State(told): State<Told>,
    Path(token): Path<String>,
    Form(answer): Form<Answer>,
) -> Response {
    let Some(answering) = told.notify.links().read(&token) else { return unknown() };
    let hub = told.notify.hub();
    let world = std::sync::Arc::clone(&hub.picture().world);
    let Some((_, person, channel)) = find(&world, answering) else { return unknown() };
    let minutes = answer.minutes.trim().parse().ok().filter(|m: &u32| *m <= MINUTES_MAX);
    let arrival = minutes.map(|m| hub.clock().now() + SignedDuration::from_mins(i64::from(m)));
    let response = (answer.choice > 0).then_some(answer.choice);
    let command = RecordAnswer {
        message: answering.message,
        person,
        meaning: Meaning::Acknowledge,
        response,
        arrival,
        channel,
    };
    let principal = told.notify.principal();
    match hub.submit(principal, command, None, "answer page".to_owned()).await {
        Ok(_) => filled(&told, answering, None, StatusCode::OK),
        Err(error) => {
            let status = match error.retry_after_ms() {
                Some(_) => StatusCode::SERVICE_UNAVAILABLE,
                None => StatusCode::UNPROCESSABLE_ENTITY,
            };
            filled(&told, answering, Some(error.to_string()), status)
        }
    }
}

fn filled(
    told: &Told,
    answering: Answering,
    problem: Option<String>,
    status: StatusCode,
) -> Response {
    let world = std::sync::Arc::clone(&told.notify.hub().picture().world);
    let Some((message, person, _)) = find(&world, answering) else { return unknown() };
    let language = world.person(person).and_then(|p| p.reachability.as_ref());
    let language = language.and_then(|reach| reach.language.as_deref());
    let telling = words::Telling {
        message,
        sender: world.organization(message.organization).map_or("", |o| o.profile.name.as_str()),
        language,
        code: None,
        again: false,
        link: String::new(),
    };
    let content = words::tell(&telling, Channel::Email);
    let run = message.run.as_ref();
    let answer = run
        .and_then(|run| run.deliveries.get(&answering.recipient))
        .and_then(|delivery| delivery.answer.as_ref());
    let accepts = message.content.responses.iter().any(|r| r.meaning == Meaning::Accept);
    let values = context! {
        language => content.language.as_str(),
        subject => content.subject.as_str(),
        text => content.text.as_str(),
        choices => Value::from(Serde(&content.choices)),
        page => words::page(&content.language),
        accepts,
        answered => answer.map(|answer| answered(answer, &content)),
        over => !message.is_running(),
        problem,
        token => told.notify.links().token(answering),
    };
    page(status, "answer", values)
}

/// The answer that stands, in the words of its button.
fn answered(
    answer: &crate::domain::message::delivery::Answer,
    content: &muster_contract::channel::Content,
) -> String {
    let by_number =
        answer.response.and_then(|n| content.choices.get(usize::from(n).checked_sub(1)?));
    let label = by_number.map_or_else(
        || words::meaning(&content.language, answer.meaning).to_owned(),
        |choice| choice.label.clone(),
    );
    let arrival = answer.arrival.map(|at| at.strftime(" (%H:%M UTC)").to_string());
    label + arrival.as_deref().unwrap_or_default()
}

/// The message, its recipient, and the channel by which they were told last.
fn find(
    world: &World,
    answering: Answering,
) -> Option<(&Message, crate::domain::Id<crate::domain::person::Person>, Option<Channel>)> {
    let message = world.message(answering.message)?;
    let delivery = message.run.as_ref()?.deliveries.get(&answering.recipient)?;
    let channel = delivery.attempts.last().map(|attempt| attempt.channel);
    Some((message, delivery.person, channel))
}

fn unknown() -> Response {
    let values = context! {
        language => "en", subject => "This link does not work", problem => (),
        text => "Nothing can be answered here. Use the link as it was sent to you, in whole.",
        choices => Vec::<()>::new(), page => words::page("en"), accepts => false,
        answered => (), over => false, token => "",
    };
    page(StatusCode::NOT_FOUND, "answer", values)
}
