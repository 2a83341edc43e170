//! The bounds of everything that people and partners may send, in one place.

use jiff::{SignedDuration, Timestamp};

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
/// Characters of a login.
pub const LOGIN_CHARS_MAX: usize = 64;
/// Organizations that one account may act for.
pub const GRANTS_MAX: usize = 64;
/// Characters of an issuer or subject of an identity provider. A subject has at most 255 (OpenID
/// Connect Core 1.0 section 2).
pub const IDENTITY_CHARS_MAX: usize = 500;
/// Characters of the label of a token, and of the name of a stored query.
pub const LABEL_CHARS_MAX: usize = 64;
/// Days that a token may work; a partner who needs it longer gets another.
pub const TOKEN_DAYS_MAX: i64 = 400;
/// Tokens of one organization or account that work at the same time.
pub const TOKENS_MAX: usize = 1_000;
/// Stored queries that a token may be bound to.
pub const STORED_QUERIES_MAX: usize = 100;
/// Bytes of all stored queries of a token together.
pub const STORED_QUERIES_BYTES_MAX: usize = 256 * 1024;
/// Hours that a session may last, however busy it is.
pub const SESSION_HOURS_MAX: i64 = 24;
/// Sessions of one account at the same time; the oldest ends when another begins.
pub const SESSIONS_PER_ACCOUNT_MAX: usize = 20;
/// Hours that a set-up link works.
pub const SETUP_LINK_HOURS_MAX: i64 = 72;
/// Bytes of a set of resource typing definitions.
pub const DEFINITIONS_BYTES_MAX: usize = 256 * 1024;
/// Resource typing definitions that a hub knows, all versions together.
pub const DEFINITIONS_MAX: usize = 5_000;
/// Metrics of one definition.
pub const METRICS_MAX: usize = 40;
/// The least capable NIMS type that a definition may know.
pub const RESOURCE_TYPES_MAX: u8 = 9;
/// Resources that one group has as members.
pub const MEMBERS_MAX: usize = 50;
/// Cost rates of one resource.
pub const RATES_MAX: usize = 20;
/// People of one resource.
pub const CREW_MAX: u32 = 10_000;
/// How much of a supply there may be.
pub const SUPPLY_MAX: u32 = 1_000_000_000;
/// Ended commitments that a resource shows; older ones stay in the log.
pub const COMMITMENTS_KEPT_MAX: usize = 20;
/// Live commitments of one supply.
pub const COMMITMENTS_LIVE_MAX: usize = 200;
/// Assignments of one commitment that are shown; older ones stay in the log.
pub const ASSIGNMENTS_KEPT_MAX: usize = 50;
/// Accountability checks of one incident that are shown; older ones stay in the log.
pub const PARS_KEPT_MAX: usize = 50;
/// Seconds between two positions of a resource that are kept.
pub const POSITION_EVERY_SECONDS: i64 = 60;
/// Idempotency keys that the World remembers; older ones go first.
pub const REQUESTS_REMEMBERED_MAX: usize = 1_000_000;
/// How long an idempotency key is remembered, in hours.
pub const REQUESTS_REMEMBERED_HOURS: i64 = 24;
/// The shortest operational period, in hours.
pub const PERIOD_HOURS_MIN: i64 = 1;
/// The longest operational period, in hours.
pub const PERIOD_HOURS_MAX: i64 = 72;
/// How far ahead an operational period may begin, in days.
pub const PERIOD_AHEAD_DAYS_MAX: i64 = 30;
/// Operational periods of one incident.
pub const PERIODS_MAX: usize = 1_000;
/// Objectives of one operational period, closed ones included.
pub const OBJECTIVES_MAX: usize = 50;
/// Work assignments of one operational period.
pub const ASSIGNMENTS_MAX: usize = 100;
/// Resources of one work assignment.
pub const ASSIGNMENT_RESOURCES_MAX: usize = 200;
/// Channels of one work assignment.
pub const ASSIGNMENT_CHANNELS_MAX: usize = 16;
/// Channels of one communications plan.
pub const CHANNELS_MAX: usize = 200;
/// Rows of each table of a medical plan.
pub const MEDICAL_ROWS_MAX: usize = 50;
/// How long after its moment people may still write when something is expected.
pub const TYPED_LATE_MAX: SignedDuration = SignedDuration::from_hours(1);
/// The lowest trauma level of a hospital (American College of Surgeons; 1 is the highest).
pub const TRAUMA_LEVEL_MAX: u32 = 5;
/// Hazards of one safety analysis.
pub const HAZARDS_MAX: usize = 200;
/// Rows of one planning worksheet.
pub const NEEDS_MAX: usize = 500;
/// Critical needs of one status summary.
pub const CRITICAL_NEEDS_MAX: usize = 50;
/// Revisions of one plan.
pub const REVISIONS_MAX: usize = 50;

/// Posts of one structure, dissolved ones included.
pub const POSTS_MAX: usize = 1_000;
/// Assignments to one post, ended ones included.
pub const ASSIGNMENTS_OF_POST_MAX: usize = 500;
/// Agencies in one Unified Command.
pub const COMMANDERS_MAX: usize = 20;
/// Transfers of command in one structure.
pub const TRANSFERS_MAX: usize = 200;
/// How far ahead command can be handed over, in hours.
pub const TRANSFER_HOURS_MAX: i64 = 24;
/// Posts that a briefing names.
pub const BRIEFED_POSTS_MAX: usize = 200;
/// Open requests that a briefing names.
pub const BRIEFED_REQUESTS_MAX: usize = 200;
/// Resources that a briefing names.
pub const BRIEFED_RESOURCES_MAX: usize = 1_000;
/// Deadlines that a briefing names, the next ones.
pub const BRIEFED_DEADLINES_MAX: usize = 50;
/// Delegations in one structure, ended ones included.
pub const DELEGATIONS_MAX: usize = 100;
/// Joint decisions of one structure.
pub const JOINT_DECISIONS_MAX: usize = 200;
/// Incidents that one emergency operations center supports.
pub const SUPPORTED_INCIDENTS_MAX: usize = 200;
/// Positions that one organization adds to those of NIMS.
pub const OWN_POSITIONS_MAX: usize = 200;
/// Characters of the code of a position.
pub const POSITION_CODE_CHARS_MAX: usize = 8;
/// Characters of the title of a position.
pub const POSITION_TITLE_CHARS_MAX: usize = 80;
/// Positions that one position may report to.
pub const SUPERVISORS_MAX: usize = 8;
/// Qualifications of one person.
pub const QUALIFICATIONS_OF_PERSON_MAX: usize = 200;
/// What may stand out on one incident; the least pressing are left out.
pub const WATCH_ITEMS_MAX: usize = 100;

/// Resource requests of one incident, closed ones included.
pub const REQUESTS_OF_INCIDENT_MAX: usize = 10_000;
/// How many of something can be asked for or offered at once.
pub const QUANTITY_MAX: u32 = 1_000_000;
/// Organizations that one request goes to.
pub const RECEIVERS_MAX: usize = 1_000;
/// Offers that one organization makes to one request.
pub const OFFERS_OF_REQUEST_MAX: usize = 20;
/// Resources in one offer.
pub const OFFER_ITEMS_MAX: usize = 100;
/// How often terms go back and forth.
pub const OFFER_VERSIONS_MAX: u32 = 50;
/// One item of a cost, in the smallest unit of its currency.
pub const COST_MAX: u64 = 1_000_000_000_000;

/// Templates of messages of one organization.
pub const TEMPLATES_MAX: usize = 200;
/// Languages of one message.
pub const WORDINGS_MAX: usize = 12;
/// Characters of one field of a message.
pub const MESSAGE_CHARS_MAX: usize = 2_000;
/// Characters of a language tag.
pub const LANGUAGE_CHARS_MAX: usize = 35;
/// Answers that one message offers: as many as a telephone has digits.
pub const RESPONSES_MAX: usize = 9;
/// Characters of the label of an answer.
pub const RESPONSE_CHARS_MAX: usize = 60;
/// People that one message goes to.
pub const RECIPIENTS_MAX: usize = 200_000;
/// From how many people on somebody else has to release a message.
pub const RELEASE_FROM: usize = 50;
/// Parts of one audience.
pub const SELECTORS_MAX: usize = 50;
/// How far away “near” may be, in meters.
pub const NEAR_METERS_MAX: u32 = 200_000;
/// Waves of one message.
pub const WAVES_MAX: usize = 10;
/// Minutes that a wave or a repeated question may wait.
pub const WAVE_MINUTES_MAX: u32 = 1_440;
/// How often all channels are gone through.
pub const CYCLES_MAX: u8 = 10;
/// The shortest time between two tries to reach somebody, in seconds.
pub const INTERVAL_SECONDS_MIN: u32 = 10;
/// The longest, in seconds.
pub const INTERVAL_SECONDS_MAX: u32 = 86_400;
/// Conditions under which it is enough.
pub const QUORUMS_MAX: usize = 10;
/// How far ahead an arrival may be, in hours.
pub const ARRIVAL_HOURS_MAX: i64 = 72;
/// Attempts to tell one person that are shown; older ones stay in the log.
pub const ATTEMPTS_KEPT_MAX: usize = 24;
/// How often an attempt that failed for now is made again before another channel is tried.
pub const RETRIES_MAX: u8 = 4;
/// People that one turn of a message takes.
pub const TURN_MAX: usize = 500;
/// Attempts of one message that may wait to be handed over.
pub const OUTSTANDING_MAX: usize = 2_000;
/// Outcomes that are recorded together.
pub const OUTCOMES_MAX: usize = 2_000;
/// Characters of a provider's name for a message, and of its code.
pub const REFERENCE_CHARS_MAX: usize = 200;
/// Messages that one person is told by one channel in [`CHANNEL_LIMIT_MINUTES`].
pub const CHANNEL_LIMIT_PER_PERSON: usize = 12;
/// The time in which they are counted, in minutes.
pub const CHANNEL_LIMIT_MINUTES: i64 = 60;
/// Notices that are shown; older ones stay in the log.
pub const NOTICES_KEPT_MAX: usize = 10_000;
/// Languages that one person reads.
pub const TONGUES_MAX: usize = 8;
/// Ways to reach one person.
pub const WAYS_MAX: usize = 16;
/// Places where one person is found.
pub const PLACES_MAX: usize = 8;
/// Characters of what else helps to reach a person.
pub const NOTE_OF_CONTACT_CHARS_MAX: usize = 500;
/// Groups of one organization, dissolved ones left out.
pub const GROUPS_MAX: usize = 2_000;
/// Persons in one group.
pub const GROUP_MEMBERS_MAX: usize = 10_000;
/// On-call schedules of one organization, ended ones left out.
pub const SCHEDULES_MAX: usize = 500;
/// Rotations of one schedule.
pub const ROTATIONS_MAX: usize = 20;
/// Members of one rotation, and who is on call on one holiday.
pub const ROTATION_MEMBERS_MAX: usize = 200;
/// Days that one turn may take.
pub const TURN_DAYS_MAX: u16 = 366;
/// Hours of the week of one rotation.
pub const HOURS_MAX: usize = 7;
/// Holidays of one schedule.
pub const HOLIDAYS_MAX: usize = 400;
/// Overrides of one schedule that are kept.
pub const OVERRIDES_MAX: usize = 500;
/// Days that one override may take.
pub const OVERRIDE_DAYS_MAX: i64 = 93;
/// Days for which an override that is over is kept.
pub const OVERRIDES_KEPT_DAYS: i64 = 93;
/// Calendars imported into one schedule.
pub const CALENDARS_MAX: usize = 10;
/// Shifts of one imported calendar.
pub const CALENDAR_SHIFTS_MAX: usize = 2_000;

/// The text, cut with an ellipsis where it is too long.
#[must_use]
pub fn shortened(text: &str, chars_max: usize) -> String {
    if text.chars().nth(chars_max).is_none() {
        return text.to_owned();
    }
    let kept: String = text.chars().take(chars_max.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// Whether a character shows nothing and may change how the others look: a control character other
/// than the end of a line and the tabulator, a mark without width, or one that turns the direction
/// of what follows. It comes with what people copy and is left out.
fn is_unseen(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text without blanks around it and without what nobody sees, if it says something and is not
/// too long.
///
/// # Errors
/// [`Refusal::TextEmpty`] or [`Refusal::TextTooLong`], naming the field.
pub fn text(field: &'static str, value: &str, chars_max: usize) -> Result<String, Refusal> {
    let seen: String = value.chars().filter(|c| !is_unseen(*c)).collect();
    let value = seen.trim();
    if value.is_empty() {
        return Err(Refusal::TextEmpty { field });
    }
    let chars = value.chars().count();
    if chars > chars_max {
        return Err(Refusal::TextTooLong { field, chars, chars_max });
    }
    Ok(value.to_owned())
}

/// The same for a text that may be absent.
///
/// # Errors
/// As for [`text`].
pub fn text_option(
    field: &'static str,
    value: Option<&str>,
    chars_max: usize,
) -> Result<Option<String>, Refusal> {
    value.map(|value| text(field, value, chars_max)).transpose()
}

/// The same for a text that is absent when it says nothing.
///
/// # Errors
/// [`Refusal::TextTooLong`], naming the field.
pub fn said(
    field: &'static str,
    value: Option<&str>,
    chars_max: usize,
) -> Result<Option<String>, Refusal> {
    text_option(field, value.filter(|value| !value.trim().is_empty()), chars_max)
}

/// The number, if it is within its bounds.
///
/// # Errors
/// [`Refusal::NumberOutOfRange`], naming the field.
pub const fn number(
    field: &'static str,
    value: u32,
    least: u32,
    most: u32,
) -> Result<u32, Refusal> {
    if value < least || value > most {
        return Err(Refusal::NumberOutOfRange { field, value, least, most });
    }
    Ok(value)
}

/// The number of a type of resource, if there can be such a type.
///
/// # Errors
/// [`Refusal::NumberOutOfRange`].
pub fn resource_type(value: u8) -> Result<u8, Refusal> {
    let (most, wide) = (RESOURCE_TYPES_MAX.into(), value.into());
    number("type", wide, 1, most).map(|_| value)
}

/// Checks that a moment by which something is expected is not long over. What was said on the radio
/// is often typed when its moment has just passed; a wrong day or year is a slip of the finger.
///
/// # Errors
/// [`Refusal::TimeInPast`], naming the field.
pub fn to_come(field: &'static str, at: Option<Timestamp>, now: Timestamp) -> Result<(), Refusal> {
    match at.is_some_and(|at| now.duration_since(at) > TYPED_LATE_MAX) {
        true => Err(Refusal::TimeInPast { field }),
        false => Ok(()),
    }
}

/// Checks that a list is not too long.
///
/// # Errors
/// [`Refusal::CountOutOfRange`], naming the field.
pub const fn count(field: &'static str, count: usize, count_max: usize) -> Result<(), Refusal> {
    count_from(0, field, count, count_max)
}

/// Checks that a list is neither too short nor too long.
///
/// # Errors
/// As for [`count`].
pub const fn count_from(
    count_min: usize,
    field: &'static str,
    count: usize,
    count_max: usize,
) -> Result<(), Refusal> {
    if count < count_min || count > count_max {
        return Err(Refusal::CountOutOfRange { field, count, count_min, count_max });
    }
    Ok(())
}

/// Checks that a list with so many entries takes one more.
///
/// # Errors
/// As for [`count`], with the entries that it has.
pub const fn room(field: &'static str, count: usize, count_max: usize) -> Result<(), Refusal> {
    if count >= count_max {
        return Err(Refusal::CountOutOfRange { field, count, count_min: 0, count_max });
    }
    Ok(())
}
