//! Every field that a View gives of a record, by name, as a viewer would read it.

use std::fmt::Debug;

use crate::domain::RecordRef;
use crate::domain::agreement::Group;
use crate::domain::incident::Incident;
use crate::domain::journal::Note;
use crate::domain::period::Period;
use crate::domain::person::Person;
use crate::domain::resource::Resource;
use crate::domain::resource_request::ResourceRequest;
use crate::domain::signal::Signal;
use crate::sharing::{Decision, Seen, View};

/// A field with the group that it belongs to; nothing where it is withheld.
pub(crate) type Field = (&'static str, Group, Option<String>);

/// The fields of a record; none when it does not exist for the viewer.
pub(crate) fn fields(view: &View, record: RecordRef) -> Option<Vec<Field>> {
    match record {
        RecordRef::Incident(id) => view.incident(id).map(|seen| of_incident(&seen)),
        RecordRef::Signal(id) => view.signal(id).map(|seen| of_signal(&seen)),
        RecordRef::Note(id) => view.note(id).map(|seen| of_note(&seen)),
        RecordRef::Person(id) => view.person(id).map(|seen| of_person(&seen)),
        RecordRef::Period(id) => view.period(id).map(|seen| of_period(&seen)),
        RecordRef::Resource(id) => view.resource(id).map(|seen| of_resource(&seen)),
        RecordRef::ResourceRequest(id) => view.resource_request(id).map(|seen| of_request(&seen)),
        record => view.sees(record).then(|| vec![("id", Group::Identity, text(record))]),
    }
}

/// What a viewer is told of what is withheld.
pub(super) fn decision(view: &View, record: RecordRef) -> Decision {
    match record {
        RecordRef::Incident(id) => view.incident(id).map(|seen| seen.decision()),
        RecordRef::Signal(id) => view.signal(id).map(|seen| seen.decision()),
        RecordRef::Note(id) => view.note(id).map(|seen| seen.decision()),
        RecordRef::Person(id) => view.person(id).map(|seen| seen.decision()),
        RecordRef::Organization(id) => view.organization(id).map(|seen| seen.decision()),
        RecordRef::Agreement(id) => view.agreement(id).map(|seen| seen.decision()),
        RecordRef::BreakGlass(id) => view.break_glass(id).map(|seen| seen.decision()),
        RecordRef::Period(id) => view.period(id).map(|seen| seen.decision()),
        RecordRef::Structure(id) => view.structure(id).map(|seen| seen.decision()),
        RecordRef::Post(id) => view.post(id).map(|seen| seen.decision()),
        RecordRef::Qualification(id) => view.qualification(id).map(|seen| seen.decision()),
        RecordRef::Resource(id) => view.resource(id).map(|seen| seen.decision()),
        RecordRef::Policies(_)
        | RecordRef::Rules
        | RecordRef::ResourceDefinitions
        | RecordRef::Account(_)
        | RecordRef::AccessToken(_)
        | RecordRef::Session(_)
        | RecordRef::SetupLink(_) => None,
        RecordRef::ResourceRequest(id) => view.resource_request(id).map(|seen| seen.decision()),
        RecordRef::Offer(id) => view.offer(id).map(|seen| seen.decision()),
        RecordRef::Group(id) => view.group(id).map(|seen| seen.decision()),
        RecordRef::Schedule(id) => view.schedule(id).map(|seen| seen.decision()),
        RecordRef::Message(id) => view.message(id).map(|seen| seen.decision()),
    }
    .unwrap_or(Decision::NOTHING)
}

fn text(value: impl Debug) -> Option<String> {
    Some(format!("{value:?}"))
}

fn maybe(value: Option<impl Debug>) -> Option<String> {
    value.map(|value| format!("{value:?}"))
}

/// A list, which is the same for nothing and for withheld.
fn list<T: Debug>(values: impl Iterator<Item = T>) -> Option<String> {
    let values: Vec<_> = values.collect();
    (!values.is_empty()).then(|| format!("{values:?}"))
}

fn of_incident(seen: &Seen<Incident>) -> Vec<Field> {
    use Group::{Assessment, Command, History, Identity, Links, Place, Source, Status};
    // A number counts what its organization opened in a year, which is what it is for.
    let series = seen.number().rsplit_once('-').map(|(series, _)| series.to_owned());
    let line = |item: Seen<crate::sharing::TimelineItem>| {
        let said = (item.what(), item.code(), item.values());
        format!("{:?} {:?} {said:?}", item.at(), item.principal())
    };
    let notes = seen.view().notes_of(seen.id());
    vec![
        ("number", Identity, series),
        ("name", Identity, text(seen.name())),
        ("kind", Identity, text(seen.kind())),
        ("exercise", Identity, text(seen.exercise())),
        ("live", Identity, text(seen.is_live())),
        ("marking", Identity, maybe(seen.marking())),
        ("status", Status, maybe(seen.status())),
        ("complexity", Assessment, maybe(seen.complexity())),
        ("location", Place, maybe(seen.location())),
        ("boundingBox", Place, maybe(seen.bounding_box())),
        ("owner", Command, maybe(seen.owner().map(|o| o.id()))),
        ("lead", Command, maybe(seen.lead().map(|o| o.id()))),
        ("parent", Links, maybe(seen.parent().map(|i| i.id()))),
        ("parts", Links, list(seen.parts().map(|i| i.id()))),
        ("mergedInto", Links, maybe(seen.merged_into().map(|i| i.id()))),
        ("duplicates", Links, list(seen.duplicates().map(|i| i.id()))),
        ("openedByRule", Source, maybe(seen.opened_by_rule())),
        ("signals", Links, list(seen.signals().map(|(s, a)| format!("{} {a:?}", s.id())))),
        ("changedAt", History, maybe(seen.changed_at())),
        ("timeline", History, list(seen.timeline().map(line))),
        ("journal", Identity, list(notes.map(|note| of_note(&note)))),
    ]
}

fn of_signal(seen: &Seen<Signal>) -> Vec<Field> {
    use Group::{Content, History, Identity, Links, Place, Source, Status};
    let suggestion = seen.suggestion().map(|(incident, what)| {
        format!("{:?} {} {}", incident.map(|i| i.id()), what.rule, what.reason)
    });
    vec![
        ("headline", Identity, text(seen.headline())),
        ("exercise", Identity, text(seen.exercise())),
        ("live", Identity, text(seen.is_live())),
        ("marking", Identity, maybe(seen.marking())),
        ("owner", Source, maybe(seen.owner().map(|o| o.id()))),
        ("alert", Content, maybe(seen.alert())),
        ("key", Content, maybe(seen.key())),
        ("severity", Status, maybe(seen.severity())),
        ("urgency", Status, maybe(seen.urgency())),
        ("certainty", Status, maybe(seen.certainty())),
        ("expires", History, maybe(seen.expires())),
        ("state", Status, maybe(seen.state())),
        ("via", Source, maybe(seen.via())),
        ("digest", Content, maybe(seen.digest())),
        ("warnings", Content, list(seen.warnings().iter())),
        ("boundingBox", Place, maybe(seen.bounding_box())),
        ("point", Place, maybe(seen.point())),
        ("attachments", Links, list(seen.attachments().map(|(i, a)| format!("{} {a:?}", i.id())))),
        ("suggestion", Links, suggestion),
        ("changedAt", History, maybe(seen.changed_at())),
    ]
}

fn of_note(seen: &Seen<Note>) -> Vec<Field> {
    use Group::{Content, History, Identity, Links, Source};
    vec![
        ("id", Identity, text(seen.id())),
        ("incident", Identity, maybe(seen.incident().map(|i| i.id()))),
        ("marking", Identity, maybe(seen.marking())),
        ("text", Content, maybe(seen.text())),
        ("author", Source, maybe(seen.author())),
        ("organization", Source, maybe(seen.organization().map(|o| o.id()))),
        ("corrects", Links, maybe(seen.corrects().map(|n| n.id()))),
        ("writtenAt", History, maybe(seen.written_at())),
    ]
}

fn of_resource(seen: &Seen<Resource>) -> Vec<Field> {
    use Group::{Assessment, Command, Content, History, Identity, Links, Place, Source, Status};
    vec![
        ("name", Identity, text(seen.name())),
        ("kind", Identity, text(seen.kind())),
        ("type", Identity, maybe(seen.level())),
        ("grouping", Identity, text(seen.grouping())),
        ("exercise", Identity, text(seen.exercise())),
        ("retired", Identity, text(seen.is_retired())),
        ("owner", Identity, maybe(seen.owner().map(|o| o.id()))),
        ("status", Status, maybe(seen.status())),
        ("statusReason", Status, maybe(seen.standing().map(|s| s.reason.clone()))),
        ("free", Status, maybe(seen.is_free())),
        ("statusPlace", Place, maybe(seen.status_place())),
        ("supply", Assessment, maybe(seen.supply())),
        ("home", Place, maybe(seen.home())),
        ("position", Place, maybe(seen.position())),
        ("positionSource", Source, maybe(seen.position_source())),
        ("people", Content, maybe(seen.people())),
        ("capabilities", Content, maybe(seen.capabilities())),
        ("crewLeader", Command, maybe(seen.crew_leader())),
        ("leader", Command, maybe(seen.leader().map(|r| r.id()))),
        ("rates", Source, maybe(seen.rates())),
        ("members", Links, list(seen.members().map(|r| r.id()))),
        ("memberOf", Links, maybe(seen.member_of().map(|r| r.id()))),
        ("commitments", Links, list(seen.commitments().map(|c| c.told()))),
        ("positionAt", History, maybe(seen.position_at())),
        ("statusSince", History, maybe(seen.status_since())),
        ("changedAt", History, maybe(seen.changed_at())),
    ]
}

fn of_person(seen: &Seen<Person>) -> Vec<Field> {
    use Group::{History, Identity, Links, Status};
    let memberships = seen.memberships().map(|(o, m)| format!("{} {}", o.id(), m.title));
    vec![
        ("name", Identity, text(seen.name())),
        ("memberships", Links, list(memberships)),
        ("reachable", Status, maybe(seen.is_reachable())),
        ("forgotten", Status, maybe(seen.is_forgotten())),
        ("changedAt", History, maybe(seen.changed_at())),
    ]
}

fn of_period(seen: &Seen<Period>) -> Vec<Field> {
    use Group::{Assessment, Command, Content, History, Identity, Status};
    let incident = seen.incident().map(|incident| incident.id());
    vec![
        ("number", Identity, text(seen.number())),
        ("incident", Identity, maybe(incident)),
        ("state", Status, maybe(seen.state())),
        ("start", History, maybe(seen.start())),
        ("end", History, maybe(seen.end())),
        ("objectives", Assessment, list(seen.objectives().iter())),
        ("situation", Content, maybe(seen.situation())),
        ("meetings", Content, list(seen.meetings().iter())),
        ("assignments", Content, list(seen.assignments().iter())),
        ("communications", Content, maybe(seen.communications())),
        ("medical", Content, maybe(seen.medical())),
        ("safety", Content, maybe(seen.safety())),
        ("needs", Content, list(seen.needs().iter())),
        ("summary", Content, maybe(seen.summary())),
        ("plan", Command, list(seen.plan().iter())),
        ("changedAt", History, maybe(seen.changed_at())),
    ]
}

fn of_request(seen: &Seen<ResourceRequest>) -> Vec<Field> {
    use Group::{Command, Content, History, Identity, Links, Place, Source, Status};
    let receivers = seen.receivers().map(|(o, r)| format!("{} {r:?}", o.id()));
    vec![
        ("number", Identity, text(seen.number())),
        ("need", Identity, text(seen.need())),
        ("substitutes", Identity, text(seen.substitutes())),
        ("priority", Identity, text(seen.priority())),
        ("exercise", Identity, text(seen.exercise())),
        ("question", Identity, maybe(seen.question())),
        ("offers", Identity, list(seen.offers().map(|o| format!("{} {}", o.id(), o.changed_at())))),
        ("askedBy", Command, maybe(seen.asked_by().map(|o| o.id()))),
        ("incident", Links, maybe(seen.incident().map(|i| i.id()))),
        ("receivers", Links, list(receivers)),
        ("words", Content, maybe(seen.words())),
        ("deliverTo", Place, maybe(seen.deliver_to())),
        ("boundingBox", Place, maybe(seen.bounding_box())),
        ("status", Status, maybe(seen.status())),
        ("filled", Status, maybe(seen.filled())),
        ("outstanding", Status, maybe(seen.outstanding())),
        ("ending", Status, maybe(seen.ending())),
        ("fundingCode", Source, maybe(seen.funding_code())),
        ("submission", Source, maybe(seen.submission())),
        ("approvals", Source, list(seen.approvals().iter())),
        ("returned", Source, maybe(seen.returned())),
        ("wantedBy", History, maybe(seen.wanted_by())),
        ("changedAt", History, maybe(seen.changed_at())),
    ]
}
