//! What the provider's codes mean for what to do next.

use muster_contract::channel::FailureKind::{self, InDoubt, Permanent, Technical, Temporary};
use reqwest::StatusCode;

/// What one of the provider's numbered errors means; nothing for those that say less than the
/// status of the answer.
///
/// A country that the account may not call (21215) is technical: the account is not set up for it,
/// and another provider may be.
pub(crate) fn numbered(code: u32) -> Option<(FailureKind, &'static str)> {
    Some(match code {
        10001 | 20005 => (Technical, "the account is not active"),
        10004 => (Temporary, "the account makes as many calls as it may at a time"),
        12100 | 12200 | 13520 => (Permanent, "the provider cannot read the script of the call"),
        13223 | 13224 | 13226 | 21211 | 21217 => (Permanent, "the number is not a valid one"),
        13225 | 21216 => (Permanent, "the provider does not call this number"),
        13227 | 21215 => (Technical, "the account may not call this country"),
        20003 | 20008 => (Technical, "the provider refuses the account or its token"),
        20006 => (Technical, "the account may not do this"),
        20404 => (Technical, "the provider does not know the account"),
        20429 => (Temporary, "the provider takes no more calls for now"),
        21205 | 21609 => (Technical, "the provider does not accept `callback_url`"),
        21210 | 21212 | 21213 => (Technical, "the account may not call from the number in `from`"),
        21214 => (Permanent, "the number cannot be reached by telephone"),
        21219 => (Technical, "a trial account calls only numbers that it has verified"),
        _ => return None,
    })
}

/// What a status means that no number explains.
///
/// After 500, 502 and 504 the provider may have placed the call and failed to say so.
pub(crate) fn status(status: StatusCode) -> (FailureKind, &'static str) {
    match status.as_u16() {
        303 => (InDoubt, "the provider answered with a redirect, which is not followed"),
        300..=399 => (Technical, "the provider answered with a redirect, which is not followed"),
        401 | 403 => (Technical, "the provider refuses the account or its token"),
        404 | 405 | 406 | 410 | 411 | 415 | 421 | 426 => {
            (Technical, "this is not the API that it should be: check `base_url` and `account_sid`")
        }
        402 => (Technical, "the provider wants to be paid first"),
        407 => (Technical, "a proxy on the way refuses"),
        408 | 409 | 423 | 425 | 429 => (Temporary, "the provider takes no more calls for now"),
        400..=499 => (Permanent, "the provider does not accept this call"),
        501 | 505 => (Technical, "this is not the API that it should be: check `base_url`"),
        503 => (Temporary, "the provider is not available for now"),
        _ => (InDoubt, "the provider failed while it took the call"),
    }
}

/// What the answer of the telephone network to a call that failed means: RFC 3261, section 21.
pub(crate) fn network(sip: u16) -> FailureKind {
    match sip {
        404 | 410 | 416 | 484 | 604 => Permanent,
        _ => Temporary,
    }
}
