//! Who may ask what. Until policies decide it, a token's scopes do.

use crate::domain::{Command, Refusal};
use crate::domain::{Principal, Scope};

/// Checks that the principal may ask for this command.
///
/// # Errors
/// [`Refusal::NotPermitted`], naming the scope that is missing.
pub fn authorise(principal: &Principal, command: &Command) -> Result<(), Refusal> {
    let name = || principal.name.clone();
    let Some(scope) = scope_for(command) else {
        // How far the asker reaches is decided with the command.
        return match command.admission_scope() {
            Some(scope) if !principal.may(scope) => {
                Err(Refusal::OutOfReach { principal: name(), scope: scope.as_str() })
            }
            _ => Ok(()),
        };
    };
    if principal.may(scope) {
        return Ok(());
    }
    Err(Refusal::NotPermitted { principal: name(), scope: scope.as_str() })
}

/// What a command needs; none for those about who gets in. A new command does not compile before it
/// stands here.
const fn scope_for(command: &Command) -> Option<Scope> {
    Some(match command {
        Command::RegisterOrganization(_)
        | Command::AmendOrganization(_)
        | Command::ForgetPerson(_)
        | Command::ExpireSignal(_)
        | Command::AdoptRules(_) => Scope::Operate,
        Command::ReceiveSignal(_) => Scope::Ingest,
        Command::RegisterPerson(_)
        | Command::JoinOrganization(_)
        | Command::LeaveOrganization(_)
        | Command::SealContact(_)
        | Command::AttachSignal(_)
        | Command::DetachSignal(_)
        | Command::OpenIncident(_)
        | Command::AmendIncident(_)
        | Command::ChangeStatus(_)
        | Command::ReopenIncident(_)
        | Command::AssessComplexity(_)
        | Command::LocateIncident(_)
        | Command::ChangeLead(_)
        | Command::SetParent(_)
        | Command::MergeIncident(_)
        | Command::UnmergeIncident(_)
        | Command::WriteNote(_) => Scope::Write,
        Command::CreateAccount(_)
        | Command::GrantOrganization(_)
        | Command::RevokeGrant(_)
        | Command::RenameAccount(_)
        | Command::DisableAccount(_)
        | Command::EnableAccount(_)
        | Command::LinkIdentity(_)
        | Command::IssueToken(_)
        | Command::RevokeToken(_)
        | Command::StartSession(_)
        | Command::EndSession(_)
        | Command::EndSessions(_)
        | Command::IssueSetupLink(_)
        | Command::UseSetupLink(_) => return None,
    })
}
