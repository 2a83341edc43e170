//! A World as bytes and back, so that a start need not fold the whole log.
//!
//! Only records are written; every index is built again from them. A snapshot can be deleted at
//! any time, because the log holds everything that is in it.
//!
//! A snapshot is lines of JSON: a [`Summary`], then [`Part`]s of some records each. The lines are
//! read on all cores, for a start of the hub waits for nothing else.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::cores::on_all_cores;
use super::{Remembered, TimelineItem, World};
use crate::domain::access_token::AccessToken;
use crate::domain::account::Account;
use crate::domain::agreement::Agreement;
use crate::domain::break_glass::BreakGlass;
use crate::domain::group::Group;
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::journal::Note;
use crate::domain::message::{Channel, Message, Notice};
use crate::domain::mutual_aid::Offer;
use crate::domain::organization::Organization;
use crate::domain::period::{MeetingTemplate, Period};
use crate::domain::person::Person;
use crate::domain::policies::Policies;
use crate::domain::qualification::Qualification;
use crate::domain::reading::Read;
use crate::domain::record::Seq;
use crate::domain::resource::{Definition, Par, Resource};
use crate::domain::resource_request::ResourceRequest;
use crate::domain::rules::{RuleProblems, RuleSet};
use crate::domain::schedule::Schedule;
use crate::domain::session::Session;
use crate::domain::setup_link::SetupLink;
use crate::domain::signal::Signal;
use crate::domain::structure::{Post, Structure};
use crate::domain::timer::Timer;
use crate::domain::watch::Watch;

/// Records in one part. Signals are some kilobytes each, so this is at most a few megabytes.
const PART_RECORDS: usize = 512;

/// A snapshot that cannot be used; the log has to be folded instead.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// The bytes are not a World of this release.
    #[error("the snapshot does not fit this release")]
    Unfit(#[from] serde_json::Error),
    /// The rules in it cannot be compiled.
    #[error("the rules in the snapshot cannot be used: {0}")]
    Rules(#[from] RuleProblems),
}

/// What there is one of.
#[derive(Serialize, Deserialize)]
struct Summary {
    seq: Seq,
    at: Timestamp,
    incident_counts: Vec<(Option<Id<Organization>>, i16, u32)>,
    personal: Vec<String>,
    policies_changed_at: Seq,
    rules: String,
    timers: Vec<Timer>,
    watches: Vec<(Id<Incident>, Watch)>,
    request_counts: Vec<(Id<Organization>, i16, u32)>,
    stopped_streams: Vec<(Id<Person>, Channel)>,
    #[serde(default)]
    drills: Vec<(String, Timestamp)>,
}

/// Some records of one kind, in their order.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Part {
    Organizations(Vec<Arc<Organization>>),
    Persons(Vec<Arc<Person>>),
    Signals(Vec<Arc<Signal>>),
    Incidents(Vec<Arc<Incident>>),
    Notes(Vec<Arc<Note>>),
    Timeline(Vec<Arc<TimelineItem>>),
    Agreements(Vec<Arc<Agreement>>),
    Policies(Vec<Arc<Policies>>),
    BreakGlasses(Vec<Arc<BreakGlass>>),
    Reads(Vec<Arc<Read>>),
    Requests(Vec<Remembered>),
    Accounts(Vec<Arc<Account>>),
    AccessTokens(Vec<Arc<AccessToken>>),
    Sessions(Vec<Arc<Session>>),
    SetupLinks(Vec<Arc<SetupLink>>),
    Periods(Vec<Arc<Period>>),
    MeetingTemplates(Vec<Arc<MeetingTemplate>>),
    Structures(Vec<Arc<Structure>>),
    Posts(Vec<Arc<Post>>),
    Qualifications(Vec<Arc<Qualification>>),
    Definitions(Vec<Arc<Definition>>),
    Resources(Vec<Arc<Resource>>),
    Pars(Vec<Arc<Par>>),
    ResourceRequests(Vec<Arc<ResourceRequest>>),
    Offers(Vec<Arc<Offer>>),
    Messages(Vec<Arc<Message>>),
    Notices(Vec<Arc<Notice>>),
    Groups(Vec<Arc<Group>>),
    Schedules(Vec<Arc<Schedule>>),
}

impl World {
    /// The shape of snapshots that this release writes and reads.
    pub const SNAPSHOT_FORMAT: u32 = 14;

    /// The World as bytes.
    ///
    /// # Errors
    /// [`SnapshotError::Unfit`] if a record has no JSON form.
    pub fn to_snapshot(&self) -> Result<Vec<u8>, SnapshotError> {
        let summary = Summary {
            seq: self.seq,
            at: self.at,
            incident_counts: self
                .incident_counts
                .iter()
                .map(|((of, y), n)| (*of, *y, *n))
                .collect(),
            personal: self.personal.iter().cloned().collect(),
            policies_changed_at: self.policies_changed_at,
            rules: self.rules.source().to_owned(),
            timers: self.timers.iter().copied().collect(),
            watches: self.watches.iter().map(|(of, watch)| (*of, watch.clone())).collect(),
            request_counts: self.request_counts.iter().map(|((of, y), n)| (*of, *y, *n)).collect(),
            stopped_streams: self.stopped_streams.iter().copied().collect(),
            drills: self.drills.iter().map(|(name, until)| (name.clone(), *until)).collect(),
        };
        let mut bytes = serde_json::to_vec(&summary)?;
        // On one core: the hub goes on working while this is written.
        for part in self.to_parts() {
            bytes.push(b'\n');
            serde_json::to_writer(&mut bytes, &part)?;
        }
        Ok(bytes)
    }

    /// The World from such bytes.
    ///
    /// # Errors
    /// [`SnapshotError`] when another release wrote them; fold the log instead.
    pub fn from_snapshot(bytes: &[u8]) -> Result<Self, SnapshotError> {
        // JSON as we write it has no line feeds inside.
        let mut lines = bytes.split(|byte| *byte == b'\n');
        let summary: Summary = serde_json::from_slice(lines.next().unwrap_or_default())?;
        let lines: Vec<&[u8]> = lines.collect();
        let parts: Vec<Part> = on_all_cores(&lines, |line| serde_json::from_slice(line))
            .into_iter()
            .collect::<Result<_, _>>()?;
        let mut world = Self {
            seq: summary.seq,
            at: summary.at,
            rules: Arc::new(RuleSet::parse(&summary.rules)?),
            timers: summary.timers.into_iter().collect(),
            watches: summary.watches.into_iter().collect(),
            incident_counts: summary
                .incident_counts
                .into_iter()
                .map(|(of, y, n)| ((of, y), n))
                .collect(),
            personal: summary.personal.into_iter().collect(),
            policies_changed_at: summary.policies_changed_at,
            request_counts: summary
                .request_counts
                .into_iter()
                .map(|(of, y, n)| ((of, y), n))
                .collect(),
            stopped_streams: summary.stopped_streams.into_iter().collect(),
            drills: summary.drills.into_iter().collect(),
            ..Self::default()
        };
        parts.into_iter().for_each(|part| world.insert_part(part));
        let open = world.incidents().filter(|incident| incident.is_live());
        let open: Vec<_> = open.map(|incident| (incident.id, incident.glance(&world))).collect();
        world.open_incidents.extend(open);
        Ok(world)
    }

    fn to_parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        split(&mut parts, self.organizations.values(), Part::Organizations);
        split(&mut parts, self.persons.values(), Part::Persons);
        split(&mut parts, self.signals.values(), Part::Signals);
        split(&mut parts, self.incidents.values(), Part::Incidents);
        split(&mut parts, self.notes.values(), Part::Notes);
        split(&mut parts, self.timeline.values(), Part::Timeline);
        split(&mut parts, self.agreements.values(), Part::Agreements);
        split(&mut parts, self.policies.values(), Part::Policies);
        split(&mut parts, self.break_glasses.values(), Part::BreakGlasses);
        split(&mut parts, self.reads.values().flatten(), Part::Reads);
        split(&mut parts, self.requests.iter(), Part::Requests);
        split(&mut parts, self.accounts.values(), Part::Accounts);
        split(&mut parts, self.access_tokens.values(), Part::AccessTokens);
        split(&mut parts, self.sessions.values(), Part::Sessions);
        split(&mut parts, self.setup_links.values(), Part::SetupLinks);
        split(&mut parts, self.periods.values(), Part::Periods);
        split(&mut parts, self.meeting_templates.values(), Part::MeetingTemplates);
        split(&mut parts, self.structures.values(), Part::Structures);
        split(&mut parts, self.posts.values(), Part::Posts);
        split(&mut parts, self.qualifications.values(), Part::Qualifications);
        split(&mut parts, self.definitions.values(), Part::Definitions);
        split(&mut parts, self.resources.values(), Part::Resources);
        split(&mut parts, self.pars.values(), Part::Pars);
        split(&mut parts, self.resource_requests.values(), Part::ResourceRequests);
        split(&mut parts, self.offers.values(), Part::Offers);
        split(&mut parts, self.messages.values(), Part::Messages);
        split(&mut parts, self.notices.values(), Part::Notices);
        split(&mut parts, self.groups.values(), Part::Groups);
        split(&mut parts, self.schedules.values(), Part::Schedules);
        parts
    }

    fn insert_part(&mut self, part: Part) {
        match part {
            Part::Organizations(all) => all.into_iter().for_each(|o| self.insert_organization(o)),
            Part::Persons(all) => self.persons.extend(all.into_iter().map(|p| (p.id, p))),
            Part::Signals(all) => all.into_iter().for_each(|s| self.insert_signal(s)),
            Part::Incidents(all) => all.into_iter().for_each(|i| self.insert_incident(i)),
            Part::Notes(all) => all.into_iter().for_each(|n| self.insert_note(n)),
            Part::Timeline(all) => {
                all.into_iter().for_each(|line| self.insert_line(line));
            }
            Part::Agreements(all) => self.agreements.extend(all.into_iter().map(|a| (a.id, a))),
            Part::Policies(all) => {
                self.policies.extend(all.into_iter().map(|p| (p.organization, p)));
            }
            Part::BreakGlasses(all) => {
                self.break_glasses.extend(all.into_iter().map(|b| (b.id, b)));
            }
            Part::Reads(all) => all.into_iter().for_each(|r| self.insert_read(r)),
            Part::Requests(all) => {
                for remembered in all {
                    self.requests.insert(remembered);
                }
            }
            Part::Accounts(all) => all.into_iter().for_each(|a| self.insert_account(a)),
            Part::AccessTokens(all) => all.into_iter().for_each(|t| self.insert_token(t)),
            Part::Sessions(all) => all.into_iter().for_each(|s| self.insert_session(s)),
            Part::SetupLinks(all) => all.into_iter().for_each(|l| self.insert_setup_link(l)),
            Part::Periods(all) => all.into_iter().for_each(|p| self.insert_period(p)),
            Part::MeetingTemplates(all) => {
                let own = all.into_iter().filter_map(|t| Some((t.organization?, t)));
                self.meeting_templates.extend(own);
            }
            Part::Structures(all) => all.into_iter().for_each(|s| self.insert_structure(s)),
            Part::Posts(all) => all.into_iter().for_each(|p| self.insert_post(p)),
            Part::Qualifications(all) => {
                all.into_iter().for_each(|q| self.insert_qualification(q));
            }
            Part::Definitions(all) => {
                self.definitions.extend(all.into_iter().map(|d| (d.reference(), d)));
            }
            Part::Resources(all) => all.into_iter().for_each(|r| self.insert_resource(r)),
            Part::Pars(all) => self.pars.extend(all.into_iter().map(|p| ((p.incident, p.id), p))),
            Part::ResourceRequests(all) => all.into_iter().for_each(|r| self.insert_request(r)),
            Part::Offers(all) => all.into_iter().for_each(|o| self.insert_offer(o)),
            Part::Messages(all) => all.into_iter().for_each(|m| self.insert_message(m)),
            Part::Notices(all) => all.into_iter().for_each(|n| self.insert_notice(n)),
            Part::Groups(all) => all.into_iter().for_each(|g| self.insert_group(g)),
            Part::Schedules(all) => all.into_iter().for_each(|s| self.insert_schedule(s)),
        }
    }
}

fn split<'a, T: Clone + 'a>(
    parts: &mut Vec<Part>,
    records: impl Iterator<Item = &'a T>,
    part: fn(Vec<T>) -> Part,
) {
    let mut records = records.cloned().peekable();
    while records.peek().is_some() {
        parts.push(part(records.by_ref().take(PART_RECORDS).collect()));
    }
}
