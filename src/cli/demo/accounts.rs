//! Who may log in to the dashboard of a demo: two people of each agency, with one password that is
//! made anew at each start.

use muster::domain::account::Create;
use muster::domain::{Principal, Reach, RecordRef, Scope};
use muster::hub::Hub;
use muster::identity::{Identity, NewSecret};
use zeroize::Zeroizing;

use super::Login;

/// Characters of the password: enough that nobody guesses it, few enough to type.
const PASSWORD_CHARS: usize = 12;
const CAUSE: &str = "scenario";

/// Makes an account for each log-in of an agency and gives the password of all.
pub(super) async fn open(
    hub: &Hub,
    identity: &Identity,
    logins: &[Login],
) -> anyhow::Result<String> {
    let by = std::sync::Arc::new(Principal::hub());
    let mut accounts = Vec::new();
    for login in logins {
        let Some(code) = &login.principal.organization else { continue };
        let world = &hub.picture().world;
        let create = Create {
            reach: Reach::Hub,
            login: login.principal.name.clone(),
            name: called(&login.principal.name),
            person: None,
            organization: world.organization_by_code(code).map(|of| of.id),
            // One log-in shows all that an agency can do; the other is the second person, where two
            // have to agree.
            scopes: vec![Scope::Read, Scope::Write, Scope::Administer],
        };
        let answer = hub.submit(&by, create, None, CAUSE.to_owned()).await?;
        if let RecordRef::Account(account) = answer.subject {
            accounts.push(account);
        }
    }
    let secret = NewSecret::bare()?.secret;
    let password: String = secret.chars().take(PASSWORD_CHARS).collect();
    identity.give_password(&accounts, Zeroizing::new(password.clone())).await?;
    Ok(password)
}

/// `maria.solis` is called Maria Solis.
fn called(login: &str) -> String {
    let words = login.split('.').map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_uppercase().collect::<String>());
        first.unwrap_or_default() + letters.as_str()
    });
    words.collect::<Vec<_>>().join(" ")
}
