//! From a reference to the record that it names, of whichever kind.

/// A question about whichever record a reference names.
macro_rules! of_record {
    ($world:expr, $record:expr, |$it:ident| $question:expr, otherwise $otherwise:expr) => {
        match $record {
            RecordRef::Organization(id) => {
                $world.organization(id).map_or($otherwise, |$it| $question)
            }
            RecordRef::Person(id) => $world.person(id).map_or($otherwise, |$it| $question),
            RecordRef::Signal(id) => $world.signal(id).map_or($otherwise, |$it| $question),
            RecordRef::Incident(id) => $world.incident(id).map_or($otherwise, |$it| $question),
            RecordRef::Note(id) => $world.note(id).map_or($otherwise, |$it| $question),
            RecordRef::Agreement(id) => $world.agreement(id).map_or($otherwise, |$it| $question),
            RecordRef::BreakGlass(id) => $world.break_glass(id).map_or($otherwise, |$it| $question),
            RecordRef::Period(id) => $world.period(id).map_or($otherwise, |$it| $question),
            RecordRef::Policies(id) => $world.policies_of(id).map_or($otherwise, |$it| $question),
            RecordRef::ResourceRequest(id) => {
                $world.resource_request(id).map_or($otherwise, |$it| $question)
            }
            RecordRef::Offer(id) => $world.offer(id).map_or($otherwise, |$it| $question),
            RecordRef::Message(id) => $world.message(id).map_or($otherwise, |$it| $question),
            RecordRef::Group(id) => $world.group(id).map_or($otherwise, |$it| $question),
            RecordRef::Schedule(id) => $world.schedule(id).map_or($otherwise, |$it| $question),
            RecordRef::Rules => Some(&$world.rules()).map_or($otherwise, |$it| $question),
            RecordRef::Structure(id) => $world.structure(id).map_or($otherwise, |$it| $question),
            RecordRef::Post(id) => $world.post(id).map_or($otherwise, |$it| $question),
            RecordRef::Qualification(id) => {
                $world.qualification(id).map_or($otherwise, |$it| $question)
            }
            RecordRef::Resource(id) => $world.resource(id).map_or($otherwise, |$it| $question),
            // They are known to all who share the hub, like the rules.
            RecordRef::ResourceDefinitions => {
                Some(&$world.rules()).map_or($otherwise, |$it| $question)
            }
            // No agreement shares who gets in, and who may change it is decided with the command.
            RecordRef::Account(_)
            | RecordRef::AccessToken(_)
            | RecordRef::Session(_)
            | RecordRef::SetupLink(_) => $otherwise,
        }
    };
}
pub(super) use of_record;
