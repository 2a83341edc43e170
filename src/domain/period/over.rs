//! That a part of the plan is written over what its writer has read.
//!
//! Parts are written as a whole. Dana and Lee both open the radio plan; Dana adds a channel for
//! Division B and saves; Lee, who has not seen it, saves another. Without more, Dana's channel
//! would be gone and nobody told. So whoever writes may name the digest of what they read, and is
//! refused where the part says something else by now.

use aws_lc_rs::digest::{SHA256, digest};
use serde::Serialize;

use super::{Period, Refused, Section};

/// What each part of a plan says now, each as SHA-256 over its JSON, hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digests {
    /// Of the situation (ICS 202).
    pub situation: String,
    /// Of the radio communications plan (ICS 205).
    pub communications: String,
    /// Of the medical plan (ICS 206).
    pub medical: String,
    /// Of the safety message and hazards (ICS 208, 215A).
    pub safety: String,
    /// Of the worksheet of needs (ICS 215).
    pub needs: String,
    /// Of the status summary (ICS 209).
    pub summary: String,
}

impl Digests {
    /// Those of a period.
    #[must_use]
    pub fn of(period: &Period) -> Self {
        Self {
            situation: digest_of(&period.situation),
            communications: digest_of(&period.communications),
            medical: digest_of(&period.medical),
            safety: digest_of(&period.safety),
            needs: digest_of(&period.needs),
            summary: digest_of(&period.summary),
        }
    }
}

impl Section {
    /// Checks that the part of the period which this would take the place of is the one that was
    /// read, if its digest is given.
    pub(super) fn check_over(&self, period: &Period, over: Option<&str>) -> Result<(), Refused> {
        match self {
            Self::Situation(_) => check_over("the situation (ICS 202)", &period.situation, over),
            Self::Communications(_) => {
                check_over("the communications plan (ICS 205)", &period.communications, over)
            }
            Self::Medical(_) => check_over("the medical plan (ICS 206)", &period.medical, over),
            Self::Safety(_) => check_over("the safety plan (ICS 208, 215A)", &period.safety, over),
            Self::Needs(_) => check_over("the worksheet of needs (ICS 215)", &period.needs, over),
            Self::Summary(_) => check_over("the status summary (ICS 209)", &period.summary, over),
        }
    }
}

/// Checks that something is what was read, if the digest of that is given.
pub(super) fn check_over(
    part: &'static str,
    now: &impl Serialize,
    over: Option<&str>,
) -> Result<(), Refused> {
    match over {
        Some(read) if read != digest_of(now) => Err(Refused::Overtaken { part }),
        _ => Ok(()),
    }
}

/// SHA-256 over the JSON of something, hexadecimal.
#[must_use]
pub fn digest_of(part: &impl Serialize) -> String {
    // Texts, numbers and lists always have a JSON form.
    let json = serde_json::to_vec(part).unwrap_or_default();
    hex::encode(digest(&SHA256, &json))
}
