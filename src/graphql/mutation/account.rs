//! Accounts: making them, what they may do for whom, and how their owners get in.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use zeroize::Zeroizing;

use super::admission::{managed, of_not_let_in, reach_to};
use super::{Outcome, Refusal, carry_out};
use crate::domain::account::{
    Create, Disable, Enable, Grant, LinkIdentity, LinkPerson, ProviderIdentity, Rename, RevokeGrant,
};
use crate::domain::{Command, RecordRef};
use crate::graphql::asked::{Asked, parse_id, parse_id_option};
use crate::graphql::fault::fault;
use crate::graphql::scalars::Sequence;
use crate::graphql::types::admission::Account;
use crate::graphql::types::hub::Scope;

/// What came of a change to an account.
#[derive(SimpleObject)]
pub(crate) struct AccountPayload {
    /// The account as it is now; null when the command was refused, or when you may not see it.
    account: Option<Account>,
    /// Why nothing was changed; null when it was carried out.
    refusal: Option<Refusal>,
    /// The last log entry that was written for it, or that was known when it was refused.
    sequence: Sequence,
}

/// What came of asking for a set-up link.
#[derive(SimpleObject)]
pub(crate) struct CreateSetupLinkPayload {
    /// The address to hand to the owner of the account, shown once; null when it was refused, or
    /// when the request repeats an earlier one.
    link: Option<String>,
    /// Why there is none; null when there is.
    refusal: Option<Refusal>,
    /// The last log entry that was written for it, or that was known when it was refused.
    sequence: Sequence,
}

/// What came of a change of one's password.
#[derive(SimpleObject)]
pub(crate) struct SetPasswordPayload {
    /// Why it was not changed; null when it was.
    refusal: Option<Refusal>,
}

/// What a new account is like.
#[derive(InputObject)]
pub(crate) struct CreateAccountInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// What is typed to log in: letters, digits and . - _ @ +; unique, and never changed.
    login: String,
    /// What colleagues call its owner.
    name: String,
    /// The id of the person behind it.
    person: Option<ID>,
    /// For which organization it may act; null for those who run the hub.
    organization: Option<ID>,
    /// What it may do there.
    scopes: Vec<Scope>,
}

/// What an account may do for an organization from now on.
#[derive(InputObject)]
pub(crate) struct GrantOrganizationInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The account.
    account: ID,
    /// The organization; null for the hub as a whole.
    organization: Option<ID>,
    /// All that it may do there.
    scopes: Vec<Scope>,
}

/// For whom an account may no longer act.
#[derive(InputObject)]
pub(crate) struct RevokeGrantInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The account.
    account: ID,
    /// The organization; null for the hub as a whole.
    organization: Option<ID>,
}

/// Which account.
#[derive(InputObject)]
pub(crate) struct AccountInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The account.
    account: ID,
}

/// What the owner of an account is called from now on.
#[derive(InputObject)]
pub(crate) struct RenameAccountInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The account.
    account: ID,
    /// What colleagues call its owner.
    name: String,
}

/// Who the owner of an account is at the identity provider.
#[derive(InputObject)]
pub(crate) struct LinkIdentityInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The account.
    account: ID,
    /// The address of the provider, the claim `iss`; null takes the link away.
    issuer: Option<String>,
    /// The provider's name for the owner, the claim `sub`; null takes the link away.
    subject: Option<String>,
}

/// Which person is behind an account.
#[derive(InputObject)]
pub(crate) struct LinkPersonInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The account.
    account: ID,
    /// The person; null takes the link away.
    person: Option<ID>,
}

/// One's own password.
#[derive(InputObject)]
pub(crate) struct SetPasswordInput {
    /// The one that it is.
    present: String,
    /// The one that it is to be, of at least 12 characters.
    new: String,
}

#[derive(Default)]
pub(super) struct AccountMutations;

#[Object]
impl AccountMutations {
    /// Makes an account. Its owner gets in by a set-up link. Needs the scope `operate`, or
    /// `administer` for one's own organization.
    async fn create_account(
        &self,
        context: &Context<'_>,
        input: CreateAccountInput,
    ) -> Result<Option<AccountPayload>> {
        let command = Create {
            reach: managed(context),
            login: input.login,
            name: input.name,
            person: parse_id_option("person", input.person.as_ref())?,
            organization: parse_id_option("organization", input.organization.as_ref())?,
            scopes: input.scopes.into_iter().map(Into::into).collect(),
        };
        told(context, command, input.idempotency_key).await
    }

    /// Lets an account act for an organization, or changes what it may do there. Needs the scope
    /// `operate`, or `administer` for one's own organization.
    async fn grant_organization(
        &self,
        context: &Context<'_>,
        input: GrantOrganizationInput,
    ) -> Result<Option<AccountPayload>> {
        let command = Grant {
            reach: managed(context),
            account: parse_id("account", &input.account)?,
            organization: parse_id_option("organization", input.organization.as_ref())?,
            scopes: input.scopes.into_iter().map(Into::into).collect(),
        };
        told(context, command, input.idempotency_key).await
    }

    /// Takes from an account that it may act for an organization, at once. Needs the scope
    /// `operate`, or `administer` for one's own organization.
    async fn revoke_grant(
        &self,
        context: &Context<'_>,
        input: RevokeGrantInput,
    ) -> Result<Option<AccountPayload>> {
        let command = RevokeGrant {
            reach: managed(context),
            account: parse_id("account", &input.account)?,
            organization: parse_id_option("organization", input.organization.as_ref())?,
        };
        told(context, command, input.idempotency_key).await
    }

    /// Changes what the owner of an account is called: one's own, or as an administrator.
    async fn rename_account(
        &self,
        context: &Context<'_>,
        input: RenameAccountInput,
    ) -> Result<Option<AccountPayload>> {
        let account = parse_id("account", &input.account)?;
        let command = Rename { reach: reach_to(context, account), account, name: input.name };
        told(context, command, input.idempotency_key).await
    }

    /// Lets nobody in by an account any more and ends its sessions, at once. Needs the scope
    /// `operate`, or `administer` when it acts for no other organization.
    async fn disable_account(
        &self,
        context: &Context<'_>,
        input: AccountInput,
    ) -> Result<Option<AccountPayload>> {
        let account = parse_id("account", &input.account)?;
        let command = Disable { reach: managed(context), account };
        told(context, command, input.idempotency_key).await
    }

    /// Lets the owner of a disabled account in again. Needs the scope `operate`, or `administer`
    /// when it acts for no other organization.
    async fn enable_account(
        &self,
        context: &Context<'_>,
        input: AccountInput,
    ) -> Result<Option<AccountPayload>> {
        let account = parse_id("account", &input.account)?;
        let command = Enable { reach: managed(context), account };
        told(context, command, input.idempotency_key).await
    }

    /// Links an account to who its owner is at the identity provider. Needs the scope `operate`,
    /// or `administer` when it acts for no other organization.
    async fn link_identity(
        &self,
        context: &Context<'_>,
        input: LinkIdentityInput,
    ) -> Result<Option<AccountPayload>> {
        let identity = input.issuer.zip(input.subject);
        let command = LinkIdentity {
            reach: managed(context),
            account: parse_id("account", &input.account)?,
            identity: identity.map(|(issuer, subject)| ProviderIdentity { issuer, subject }),
        };
        told(context, command, input.idempotency_key).await
    }

    /// Notes which person is behind an account: the posts that the person holds let it see and work
    /// on their incidents. Needs the scope `operate`, or `administer` for members of one's own.
    async fn link_person(
        &self,
        context: &Context<'_>,
        input: LinkPersonInput,
    ) -> Result<Option<AccountPayload>> {
        let command = LinkPerson {
            reach: managed(context),
            account: parse_id("account", &input.account)?,
            person: parse_id_option("person", input.person.as_ref())?,
        };
        told(context, command, input.idempotency_key).await
    }

    /// Makes a link by which the owner of an account sets a password, once and within a day.
    /// Needs the scope `operate`, or `administer` when the account acts for no other organization.
    async fn create_setup_link(
        &self,
        context: &Context<'_>,
        input: AccountInput,
    ) -> Result<Option<CreateSetupLinkPayload>> {
        let asked = Asked::from(context);
        let account = parse_id("account", &input.account)?;
        let made = asked.identity.new_link(managed(context), Some(account));
        let (secret, command) = match made {
            Ok(made) => made,
            Err(error) => {
                return Err(of_not_let_in(error)
                    .unwrap_or_else(|refusal| fault(refusal.code, refusal.message)));
            }
        };
        let payload = match carry_out(context, command, input.idempotency_key).await? {
            Outcome::Refused { refusal, sequence } => {
                CreateSetupLinkPayload { link: None, refusal: Some(refusal), sequence }
            }
            Outcome::Done { sequence, .. } => {
                let works = asked.identity.link_is_for(&secret).is_ok();
                let link = works.then(|| asked.identity.link_address(&secret));
                CreateSetupLinkPayload { link, refusal: None, sequence }
            }
        };
        Ok(Some(payload))
    }

    /// Changes one's own password, and ends one's other sessions.
    async fn set_password(
        &self,
        context: &Context<'_>,
        input: SetPasswordInput,
    ) -> Result<Option<SetPasswordPayload>> {
        let asked = Asked::from(context);
        let (present, new) = (Zeroizing::new(input.present), Zeroizing::new(input.new));
        let cause = format!("request:{}", asked.request_id);
        let changed = asked.identity.change_password(&asked.principal, present, new, cause).await;
        let refusal = match changed {
            Ok(()) => None,
            Err(error) => match of_not_let_in(error) {
                Ok(fault) => return Err(fault),
                Err(refusal) => Some(refusal),
            },
        };
        Ok(Some(SetPasswordPayload { refusal }))
    }
}

/// Carries a command about an account out, and tells what came of it.
async fn told(
    context: &Context<'_>,
    command: impl Into<Command>,
    key: Option<String>,
) -> Result<Option<AccountPayload>> {
    let payload = match carry_out(context, command, key).await? {
        Outcome::Refused { refusal, sequence } => {
            AccountPayload { account: None, refusal: Some(refusal), sequence }
        }
        Outcome::Done { subject, sequence, .. } => {
            let account = shown(context, subject);
            AccountPayload { account, refusal: None, sequence }
        }
    };
    Ok(Some(payload))
}

fn shown(context: &Context<'_>, subject: RecordRef) -> Option<Account> {
    let asked = Asked::from(context);
    let directory = asked.identity.directory(&asked.principal);
    directory.account(subject).map(|account| Account::of(asked, &directory, account))
}
