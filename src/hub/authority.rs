//! Who may ask what. Until policies decide it, a token's scopes do.

use crate::domain::{Command, Refusal};
use crate::domain::{Principal, Scope};

/// Checks that the principal may ask for this command.
///
/// # Errors
/// [`Refusal::NotPermitted`], naming the scope that is missing.
pub fn authorise(principal: &Principal, command: &Command) -> Result<(), Refusal> {
    let scope = scope_for(command);
    if principal.may(scope) {
        return Ok(());
    }
    Err(Refusal::NotPermitted { principal: principal.name.clone(), scope: scope.as_str() })
}

/// What a command needs. A new command does not compile before it stands here.
const fn scope_for(command: &Command) -> Scope {
    match command {
        Command::RegisterOrganization(_)
        | Command::AmendOrganization(_)
        | Command::ForgetPerson(_)
        | Command::ExpireSignal(_)
        | Command::AdoptRules(_)
        | Command::StartSession(_)
        | Command::UseSetupLink(_) => Scope::Operate,
        Command::CreateAccount(c) => c.reach.scope(),
        Command::GrantOrganization(c) => c.reach.scope(),
        Command::RevokeGrant(c) => c.reach.scope(),
        Command::RenameAccount(c) => c.reach.scope(),
        Command::DisableAccount(c) => c.reach.scope(),
        Command::EnableAccount(c) => c.reach.scope(),
        Command::LinkIdentity(c) => c.reach.scope(),
        Command::IssueToken(c) => c.reach.scope(),
        Command::RevokeToken(c) => c.reach.scope(),
        Command::EndSession(c) => c.reach.scope(),
        Command::EndSessions(c) => c.reach.scope(),
        Command::IssueSetupLink(c) => c.reach.scope(),
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
    }
}
