//! The page on which a message is answered.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use minijinja::value::Serde;
use minijinja::{Value, context};
use serde::Deserialize;

use super::{Told, page};
use crate::notify::links::Answering;
use crate::notify::words;

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
    let minutes = answer.minutes.trim().parse().ok();
    match told.notify.answer(answering, answer.choice, minutes).await {
        Ok(()) => filled(&told, answering, None, StatusCode::OK),
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
    let Some(shown) = told.notify.page(answering) else { return unknown() };
    let values = context! {
        language => shown.content.language.as_str(),
        subject => shown.content.subject.as_str(),
        text => shown.content.text.as_str(),
        choices => Value::from(Serde(&shown.content.choices)),
        page => words::page(&shown.content.language),
        accepts => shown.accepts,
        answered => shown.answered,
        over => shown.over,
        problem,
        token => told.notify.links().token(answering),
    };
    page(status, "answer", values)
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
