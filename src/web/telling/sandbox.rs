//! The sandbox's telephone: what would have gone out, and replies to it.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use minijinja::value::Serde;
use minijinja::{Value, context};
use muster_contract::channel::Reply;
use serde::Deserialize;

use super::{Told, page};
use crate::notify::sandbox::Letter;

/// The name of the provider in the log.
const PROVIDER: &str = "sandbox";

#[derive(Deserialize)]
pub(super) struct Written {
    text: String,
}

pub(super) async fn list(State(told): State<Told>) -> Response {
    let letters = told.shelf.map_or_else(Vec::new, |shelf| shelf.letters());
    let letters: Vec<_> = letters.iter().map(|letter| shown(letter)).collect();
    page(StatusCode::OK, "sandbox", context! { letters })
}

pub(super) async fn show(State(told): State<Told>, Path(number): Path<u64>) -> Response {
    match told.shelf.and_then(|shelf| shelf.letter(number)) {
        Some(letter) => page(StatusCode::OK, "letter", context! { letter => shown(&letter) }),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

pub(super) async fn reply(
    State(told): State<Told>,
    Path(number): Path<u64>,
    Form(written): Form<Written>,
) -> Response {
    let Some(letter) = told.shelf.as_ref().and_then(|shelf| shelf.letter(number)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let reference = told.notify.hub().clock().new_id().to_string();
    let (from, text) = (letter.to.clone(), written.text);
    let reply = Reply { from, text, reference: Some(reference), answers: None };
    match Arc::clone(&told.notify).take_reply(PROVIDER, letter.channel, reply).await {
        Ok(()) => Redirect::to("../sandbox").into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

fn shown(letter: &Letter) -> Value {
    context! {
        number => letter.number,
        channel => letter.channel.as_str(),
        to => letter.to.reveal(),
        subject => letter.content.subject.as_str(),
        text => letter.content.text.as_str(),
        link => letter.content.link.as_deref(),
        choices => Value::from(Serde(&letter.content.choices)),
        at => letter.at.strftime("%H:%M:%S UTC").to_string(),
        repeated => letter.repeated,
    }
}
