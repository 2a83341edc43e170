//! The bounds of everything that people and partners may send, in one place.

use super::refusal::Refusal;

/// Characters in the name of a record.
pub const NAME_CHARS_MAX: usize = 200;
/// Characters in a reason.
pub const REASON_CHARS_MAX: usize = 2_000;
/// Characters in a journal note.
pub const NOTE_CHARS_MAX: usize = 20_000;
/// Positions in a perimeter or jurisdiction, all rings together.
pub const POSITIONS_MAX: usize = 20_000;
/// Parents of one organization.
pub const PARENTS_MAX: usize = 8;
/// Memberships of one person.
pub const MEMBERSHIPS_MAX: usize = 32;
/// How deep incident complexes may nest.
pub const COMPLEX_DEPTH_MAX: usize = 8;
/// Bytes of a set of rules.
pub const RULES_BYTES_MAX: usize = 256 * 1024;
/// Agreements that the hub keeps, ended ones included.
pub const AGREEMENTS_MAX: usize = 100_000;
/// Parties of one agreement.
pub const PARTIES_MAX: usize = 200;
/// Terms of one agreement.
pub const TERMS_MAX: usize = 50;
/// Incidents that one term names.
pub const INCIDENTS_OF_TERM_MAX: usize = 500;
/// Bytes of the policies that one organization writes.
pub const POLICIES_BYTES_MAX: usize = 64 * 1024;
/// Policies that one organization writes.
pub const POLICIES_MAX: usize = 200;
/// For how long the glass can be broken, in minutes.
pub const BREAK_GLASS_MINUTES_MAX: u32 = 480;
/// Readings that are recorded together.
pub const READINGS_MAX: usize = 100;
/// Readings that each owner is shown; older ones stay in the log.
pub const READINGS_KEPT_MAX: usize = 1_000;
/// Rules in a set.
pub const RULES_MAX: usize = 500;
/// Bytes of a person's sealed contact data.
pub const CONTACT_BYTES_MAX: usize = 8 * 1024;
/// Idempotency keys that the World remembers; older ones go first.
pub const REQUESTS_REMEMBERED_MAX: usize = 1_000_000;
/// How long an idempotency key is remembered, in hours.
pub const REQUESTS_REMEMBERED_HOURS: i64 = 24;

/// The text without blanks around it, if it says something and is not too long.
///
/// # Errors
/// [`Refusal::TextEmpty`] or [`Refusal::TextTooLong`], naming the field.
pub fn text(field: &'static str, value: &str, chars_max: usize) -> Result<String, Refusal> {
    let value = value.trim();
    if value.is_empty() {
        return Err(Refusal::TextEmpty { field });
    }
    let chars = value.chars().count();
    if chars > chars_max {
        return Err(Refusal::TextTooLong { field, chars, chars_max });
    }
    Ok(value.to_owned())
}
