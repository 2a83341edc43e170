//! What can be changed: one input and one payload for each mutation.
//!
//! A refusal is data: the payload's `refusal` says in a sentence why nothing was changed, and
//! `code` says it to programs. Only what the rules have no say in is an error: too much work, a
//! store that does not answer, a hub that is stopping. The extensions of such an error say in
//! `retryAfterMs` when to try again, with the same idempotency key.

mod account;
mod admission;
mod agreement;
mod calendar;
mod commitment;
mod group;
mod incident;
mod message;
mod mutual_aid;
mod organization;
mod period;
mod person;
mod plan;
mod post;
mod provider;
mod qualification;
mod resource;
mod resource_request;
mod schedule;
mod signal;
mod structure;

use async_graphql::{Context, MergedObject, Result, SimpleObject};

use super::asked::Asked;
use super::fault::of_submit;
use super::limits::REFUSAL_CHARS_MAX;
use super::scalars::Sequence;
use super::types;
use super::types::alert::NamedValue;
use crate::domain::limits::shortened;
use crate::domain::{self, Command, RecordRef};
use crate::hub::SubmitError;
use crate::sharing::View;

/// Everything that can be changed. Every input takes an `idempotencyKey`: a request that is
/// repeated with the same key within a day has the effect of one.
#[derive(MergedObject, Default)]
pub struct Mutation(
    incident::IncidentMutations,
    signal::SignalMutations,
    organization::OrganizationMutations,
    person::PersonMutations,
    account::AccountMutations,
    admission::AdmissionMutations,
    agreement::AgreementMutations,
    period::PeriodMutations,
    plan::PlanMutations,
    structure::StructureMutations,
    post::PostMutations,
    qualification::QualificationMutations,
    resource::ResourceMutations,
    commitment::CommitmentMutations,
    resource_request::RequestMutations,
    mutual_aid::AidMutations,
    group::GroupMutations,
    schedule::ScheduleMutations,
    calendar::CalendarMutations,
    message::MessageMutations,
    provider::ProviderMutations,
);

/// Why nothing was changed.
#[derive(SimpleObject)]
pub(crate) struct Refusal {
    /// The name of the reason for programs, stable over releases, such as `INCIDENT_CLOSED`.
    code: &'static str,
    /// The reason for people, with what to do about it.
    message: String,
    /// The values that stand in the message, by their names, for who tells it in another language.
    values: Vec<NamedValue<'static>>,
}

impl Refusal {
    pub(super) fn of(refusal: &domain::Refusal) -> Self {
        let said = |text: &str| shortened(text, REFUSAL_CHARS_MAX);
        let values = refusal.values().into_iter();
        let values = values
            .map(|(name, value)| NamedValue { name: name.into(), value: said(&value).into() });
        let message = said(&refusal.to_string());
        Self { code: refusal.code(), message, values: values.collect() }
    }

    /// One that has no values.
    fn plain(code: &'static str, message: String) -> Self {
        Self { code, message, values: Vec::new() }
    }
}

/// What came of a command.
enum Outcome {
    /// It was carried out.
    Done { view: View, subject: RecordRef, sequence: Sequence },
    /// The rules say no.
    Refused { refusal: Refusal, sequence: Sequence },
}

/// Asks the hub to carry out a command for whoever asks.
async fn carry_out(
    context: &Context<'_>,
    command: impl Into<Command>,
    key: Option<String>,
) -> Result<Outcome> {
    let asked = Asked::from(context);
    let cause = format!("request:{}", asked.request_id);
    let submitted = asked.hub.submit(&asked.principal, command, key, cause).await;
    (asked.outcomes)(submitted.as_ref().map_or_else(SubmitError::code, |_| "DONE"));
    match submitted {
        Ok(answer) => {
            let view = asked.hub.view_of(answer.world, asked.view.viewer());
            let sequence = Sequence(asked.hub.position(&view));
            Ok(Outcome::Done { subject: answer.subject, sequence, view })
        }
        Err(SubmitError::Refused(refusal)) => Ok(refused(context, &refusal)),
        Err(error) => Err(of_submit(&error)),
    }
}

/// The outcome of a command that the rules say no to.
fn refused(context: &Context<'_>, refusal: &domain::Refusal) -> Outcome {
    Outcome::Refused { refusal: Refusal::of(refusal), sequence: Asked::from(context).position() }
}

/// A type of the API that shows the record a command was about.
trait Shown: Sized {
    fn shown(view: &View, subject: RecordRef) -> Option<Self>;
}

/// Makes the [`Shown`] of each type from the variant of [`RecordRef`] and the lookup of the View.
macro_rules! shown {
    ($($variant:ident by $lookup:ident as $shown:path),+ $(,)?) => {
        $(impl Shown for $shown {
            fn shown(view: &View, subject: RecordRef) -> Option<Self> {
                let RecordRef::$variant(id) = subject else { return None };
                view.$lookup(id).map($shown)
            }
        })+
    };
}

shown! {
    Incident by incident as types::incident::Incident,
    Signal by signal as types::signal::Signal,
    Organization by organization as types::organization::Organization,
    Person by person as types::person::Person,
    Note by note as types::journal::Note,
    Agreement by agreement as types::agreement::Agreement,
    Resource by resource as types::resource::Resource,
    BreakGlass by break_glass as types::break_glass::BreakGlass,
    Period by period as types::period::Period,
    Post by post as types::post::Post,
    Qualification by qualification as types::qualification::Qualification,
    ResourceRequest by resource_request as types::resource_request::ResourceRequest,
    Offer by offer as types::mutual_aid::Offer,
    Group by group as types::group::Group,
    Schedule by schedule as types::schedule::Schedule,
    Message by message as types::message::Message,
}

impl Shown for types::structure::Structure {
    fn shown(view: &View, subject: RecordRef) -> Option<Self> {
        let structure = match subject {
            RecordRef::Structure(id) => view.structure(id),
            // Who joins or leaves command changes the post at the top.
            RecordRef::Post(id) => view.post(id).and_then(|post| post.structure()),
            _ => None,
        };
        structure.map(Self)
    }
}

/// Makes the payloads of mutations: the record, or the refusal, and where the picture stands.
macro_rules! payloads {
    ($($name:ident { $record:ident: $shown:ty }),+ $(,)?) => {
        $(
            /// What came of it.
            #[derive(async_graphql::SimpleObject)]
            pub(crate) struct $name {
                /// The record as it is now; null when the command was refused, or when you may not
                /// see the record.
                $record: Option<$shown>,
                /// Why nothing was changed; null when it was carried out.
                refusal: Option<$crate::graphql::mutation::Refusal>,
                /// Where your picture stands after it, or stood when it was refused.
                sequence: $crate::graphql::scalars::Sequence,
            }

            impl From<$crate::graphql::mutation::Outcome> for $name {
                fn from(outcome: $crate::graphql::mutation::Outcome) -> Self {
                    use $crate::graphql::mutation::{Outcome, Shown as _};
                    match outcome {
                        Outcome::Done { view, subject, sequence } => {
                            let $record = <$shown>::shown(&view, subject);
                            Self { $record, refusal: None, sequence }
                        }
                        Outcome::Refused { refusal, sequence } => {
                            Self { $record: None, refusal: Some(refusal), sequence }
                        }
                    }
                }
            }
        )+
    };
}
use payloads;
