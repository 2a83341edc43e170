//! Access tokens and sessions, and how far one reaches with commands about them.

use async_graphql::{Context, Error, ID, InputObject, Object, Result, SimpleObject};
use jiff::Timestamp;

use super::{Outcome, Refusal, carry_out};
use crate::domain::access_token::{self, StoredQuery};
use crate::domain::account::Account;
use crate::domain::{Id, Reach, session};
use crate::graphql::asked::{Asked, parse_id, parse_id_option};
use crate::graphql::fault::{fault, fault_for_now, of_submit};
use crate::graphql::scalars::Sequence;
use crate::graphql::types::admission::AccessToken;
use crate::graphql::types::hub::Scope;
use crate::hub::SubmitError;
use crate::identity::{NewSecret, NotLetIn};

/// What came of a change to an access token.
#[derive(SimpleObject)]
pub(crate) struct TokenPayload {
    /// The token as it is now; null when the command was refused.
    token: Option<AccessToken>,
    /// The secret of a new token, shown this once; null when the request repeats an earlier one.
    secret: Option<String>,
    /// Why nothing was changed; null when it was carried out.
    refusal: Option<Refusal>,
    /// Where your picture stands after it, or stood when it was refused.
    sequence: Sequence,
}

/// What came of ending a session.
#[derive(SimpleObject)]
pub(crate) struct EndSessionPayload {
    /// Why it was not ended; null when it was.
    refusal: Option<Refusal>,
    /// Where your picture stands after it, or stood when it was refused.
    sequence: Sequence,
}

/// What a new token is for.
#[derive(InputObject)]
pub(crate) struct IssueTokenInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// What it is for, in a word or two; it stands in the log as part of the principal.
    label: String,
    /// The organization that it acts for; null for the hub as a whole.
    organization: Option<ID>,
    /// What it may do.
    scopes: Vec<Scope>,
    /// From when on it no longer works: at most 400 days from now.
    expires: Timestamp,
    /// The only documents that it may send; null when it may send any.
    stored_queries: Option<Vec<StoredQueryInput>>,
    /// Whether it belongs to one's own account, and may do no more than that.
    #[graphql(default)]
    own: bool,
}

/// A GraphQL document to be stored under a name.
#[derive(InputObject)]
pub(crate) struct StoredQueryInput {
    /// Its name.
    name: String,
    /// The document.
    document: String,
}

/// Which token is taken back.
#[derive(InputObject)]
pub(crate) struct RevokeTokenInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The token.
    token: ID,
}

/// Which session ends.
#[derive(InputObject)]
pub(crate) struct EndSessionInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The session.
    session: ID,
}

#[derive(Default)]
pub(super) struct AdmissionMutations;

#[Object]
impl AdmissionMutations {
    /// Issues an access token; its secret is shown this once. Needs the scope `operate`, or
    /// `administer` for one's own organization, or a log-in for a token of one's own.
    async fn issue_token(
        &self,
        context: &Context<'_>,
        input: IssueTokenInput,
    ) -> Result<Option<TokenPayload>> {
        let asked = Asked::from(context);
        let stored =
            |query: StoredQueryInput| StoredQuery { name: query.name, document: query.document };
        let NewSecret { secret, hash } =
            NewSecret::token().map_err(|_| fault("NO_RANDOMNESS", "no secret can be made"))?;
        let own = asked.principal.account().filter(|_| input.own);
        let command = access_token::Issue {
            reach: own.map_or_else(|| managed(context), Reach::Own),
            label: input.label,
            organization: parse_id_option("organization", input.organization.as_ref())?,
            scopes: input.scopes.into_iter().map(Into::into).collect(),
            stored_queries: input.stored_queries.map(|q| q.into_iter().map(stored).collect()),
            expires: input.expires,
            hash,
        };
        let outcome = carry_out(context, command, input.idempotency_key).await?;
        let is_new = |token: &access_token::AccessToken| token.hash == hash;
        Ok(Some(told(context, outcome, |token| is_new(token).then_some(secret))))
    }

    /// Takes a token back, at once. Needs the scope `operate`, or `administer` for one's own
    /// organization, or that the token is one's own.
    async fn revoke_token(
        &self,
        context: &Context<'_>,
        input: RevokeTokenInput,
    ) -> Result<Option<TokenPayload>> {
        let asked = Asked::from(context);
        let token = parse_id("token", &input.token)?;
        let directory = asked.identity.directory(&asked.principal);
        let owner = directory.tokens().find(|known| known.id == token).and_then(|t| t.account);
        let own = owner.filter(|owner| asked.principal.account() == Some(*owner));
        let reach = own.map_or_else(|| managed(context), Reach::Own);
        let command = access_token::Revoke { reach, token };
        let outcome = carry_out(context, command, input.idempotency_key).await?;
        Ok(Some(told(context, outcome, |_| None)))
    }

    /// Ends a session, at once: one's own, or as an administrator.
    async fn end_session(
        &self,
        context: &Context<'_>,
        input: EndSessionInput,
    ) -> Result<Option<EndSessionPayload>> {
        let asked = Asked::from(context);
        let session = parse_id("session", &input.session)?;
        let directory = asked.identity.directory(&asked.principal);
        let owner = directory.sessions().find(|known| known.id == session).map(|s| s.account);
        let reach = owner.map_or_else(|| managed(context), |owner| reach_to(context, owner));
        let command = session::End { reach, session };
        let payload = match carry_out(context, command, input.idempotency_key).await? {
            Outcome::Refused { refusal, sequence } => {
                EndSessionPayload { refusal: Some(refusal), sequence }
            }
            Outcome::Done { sequence, .. } => EndSessionPayload { refusal: None, sequence },
        };
        Ok(Some(payload))
    }
}

/// How far whoever asks reaches as an administrator; the hub refuses it to those who are none.
pub(super) fn managed(context: &Context<'_>) -> Reach {
    let asked = Asked::from(context);
    asked.identity.directory(&asked.principal).administrators_reach()
}

/// How whoever asks reaches an account: as its owner, or as an administrator.
pub(super) fn reach_to(context: &Context<'_>, account: Id<Account>) -> Reach {
    match Asked::from(context).principal.account() {
        Some(own) if own == account => Reach::Own(own),
        _ => managed(context),
    }
}

/// What is a refusal that a person can act on, and what is an error.
pub(super) fn of_not_let_in(error: NotLetIn) -> Result<Error, Refusal> {
    let message = error.to_string();
    match error {
        NotLetIn::Wrong => Err(Refusal::plain("WRONG", message)),
        NotLetIn::TooEarly(_) => Err(Refusal::plain("TOO_EARLY", message)),
        NotLetIn::Unusable(_) => Err(Refusal::plain("PASSWORD_UNUSABLE", message)),
        NotLetIn::Submit(SubmitError::Refused(refusal)) => Err(Refusal::of(&refusal)),
        NotLetIn::Submit(error) => Ok(of_submit(&error)),
        NotLetIn::Busy(_) => Ok(fault_for_now("BUSY", message, 1_000)),
        NotLetIn::Store(_) => Ok(fault_for_now("STORE_UNAVAILABLE", message, 2_000)),
        NotLetIn::NoRandomness => Ok(fault("NO_RANDOMNESS", message)),
    }
}

/// What came of a command about a token.
fn told(
    context: &Context<'_>,
    outcome: Outcome,
    secret: impl FnOnce(&access_token::AccessToken) -> Option<String>,
) -> TokenPayload {
    let asked = Asked::from(context);
    match outcome {
        Outcome::Refused { refusal, sequence } => {
            TokenPayload { token: None, secret: None, refusal: Some(refusal), sequence }
        }
        Outcome::Done { subject, sequence, .. } => {
            let directory = asked.identity.directory(&asked.principal);
            let known = directory.token(subject);
            let token = known.map(|token| AccessToken::of(asked, &directory, token));
            let secret = known.and_then(|token| secret(token));
            TokenPayload { token, secret, refusal: None, sequence }
        }
    }
}
