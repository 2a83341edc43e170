//! Persons: their memberships, and the data by which they are reached.

use async_graphql::{Context, ID, InputObject, Object, Result};

use super::{carry_out, payloads, refused};
use crate::domain::{Id, person};
use crate::graphql::asked::{Asked, parse_id};
use crate::graphql::contact;
use crate::graphql::types::person::Person;

payloads! {
    RegisterPersonPayload { person: Person },
    JoinOrganizationPayload { person: Person },
    LeaveOrganizationPayload { person: Person },
    SetContactPayload { person: Person },
    ForgetPersonPayload { person: Person },
}

/// What a new person is called.
#[derive(InputObject)]
pub(crate) struct RegisterPersonInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// What colleagues call them.
    name: String,
}

/// Who becomes a member of what.
#[derive(InputObject)]
pub(crate) struct JoinOrganizationInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The person.
    person: ID,
    /// The organization.
    organization: ID,
    /// What they are there, in the organization's words.
    title: String,
}

/// Whose membership ends.
#[derive(InputObject)]
pub(crate) struct LeaveOrganizationInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The person.
    person: ID,
    /// The organization.
    organization: ID,
}

/// How a person is reached.
#[derive(InputObject)]
pub(crate) struct SetContactInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The person.
    person: ID,
    /// All of their contact data as it should be.
    contact: contact::ContactInput,
}

/// Who is to be forgotten.
#[derive(InputObject)]
pub(crate) struct ForgetPersonInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The person.
    person: ID,
}

#[derive(Default)]
pub(super) struct PersonMutations;

#[Object]
impl PersonMutations {
    /// Adds a person.
    async fn register_person(
        &self,
        context: &Context<'_>,
        input: RegisterPersonInput,
    ) -> Result<Option<RegisterPersonPayload>> {
        let command = person::Register { name: input.name };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Makes a person a member of an organization.
    async fn join_organization(
        &self,
        context: &Context<'_>,
        input: JoinOrganizationInput,
    ) -> Result<Option<JoinOrganizationPayload>> {
        let command = person::Join {
            person: parse_id("person", &input.person)?,
            organization: parse_id("organization", &input.organization)?,
            title: input.title,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Ends a membership.
    async fn leave_organization(
        &self,
        context: &Context<'_>,
        input: LeaveOrganizationInput,
    ) -> Result<Option<LeaveOrganizationPayload>> {
        let command = person::Leave {
            person: parse_id("person", &input.person)?,
            organization: parse_id("organization", &input.organization)?,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Sets how a person is reached. The data is sealed with the person's own key before it
    /// becomes part of the log, and cannot be asked for.
    async fn set_contact(
        &self,
        context: &Context<'_>,
        input: SetContactInput,
    ) -> Result<Option<SetContactPayload>> {
        let person: Id<person::Person> = parse_id("person", &input.person)?;
        match contact::seal(Asked::from(context), person, &input.contact).await? {
            Ok(command) => {
                Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
            }
            Err(refusal) => Ok(Some(refused(context, &refusal).into())),
        }
    }

    /// Destroys the key of a person's contact data, so that nobody can read it any more, in no
    /// copy of the log. This cannot be undone. Needs the scope `operate`.
    async fn forget_person(
        &self,
        context: &Context<'_>,
        input: ForgetPersonInput,
    ) -> Result<Option<ForgetPersonPayload>> {
        let person: Id<person::Person> = parse_id("person", &input.person)?;
        match contact::destroy_key(Asked::from(context), person).await? {
            Ok(command) => {
                Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
            }
            Err(refusal) => Ok(Some(refused(context, &refusal).into())),
        }
    }
}
