//! Groups: made, named, filled and dissolved.

use async_graphql::{Context, ID, InputObject, Object, Result};

use super::{carry_out, payloads};
use crate::domain::group;
use crate::graphql::asked::parse_id;
use crate::graphql::types::group::Group;
use crate::graphql::types::schedule::parse_ids;

payloads! {
    MakeGroupPayload { group: Group },
    RenameGroupPayload { group: Group },
    ChangeGroupMembersPayload { group: Group },
    DissolveGroupPayload { group: Group },
}

/// Which group is made.
#[derive(InputObject)]
pub(crate) struct MakeGroupInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// What it is called, once among your organization's groups.
    name: String,
    /// Who is in it.
    #[graphql(default)]
    members: Vec<ID>,
}

/// What a group is to be called.
#[derive(InputObject)]
pub(crate) struct RenameGroupInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The group.
    group: ID,
    /// What it is to be called.
    name: String,
}

/// Who comes into a group and who goes out.
#[derive(InputObject)]
pub(crate) struct ChangeGroupMembersInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The group.
    group: ID,
    /// Who comes in; those who are in it already stay.
    #[graphql(default)]
    add: Vec<ID>,
    /// Who goes out; those who are not in it are passed over.
    #[graphql(default)]
    remove: Vec<ID>,
}

/// Which group is dissolved.
#[derive(InputObject)]
pub(crate) struct DissolveGroupInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The group.
    group: ID,
}

#[derive(Default)]
pub(super) struct GroupMutations;

#[Object]
impl GroupMutations {
    /// Makes a group of your organization, of persons whom you may see.
    async fn make_group(
        &self,
        context: &Context<'_>,
        input: MakeGroupInput,
    ) -> Result<Option<MakeGroupPayload>> {
        let members = parse_ids("members", &input.members)?;
        let command = group::Make { name: input.name, members };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Gives a group another name.
    async fn rename_group(
        &self,
        context: &Context<'_>,
        input: RenameGroupInput,
    ) -> Result<Option<RenameGroupPayload>> {
        let command = group::Rename { group: parse_id("group", &input.group)?, name: input.name };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Puts persons into a group and takes others out.
    async fn change_group_members(
        &self,
        context: &Context<'_>,
        input: ChangeGroupMembersInput,
    ) -> Result<Option<ChangeGroupMembersPayload>> {
        let command = group::ChangeMembers {
            group: parse_id("group", &input.group)?,
            add: parse_ids("add", &input.add)?,
            remove: parse_ids("remove", &input.remove)?,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Dissolves a group, for good.
    async fn dissolve_group(
        &self,
        context: &Context<'_>,
        input: DissolveGroupInput,
    ) -> Result<Option<DissolveGroupPayload>> {
        let command = group::Dissolve { group: parse_id("group", &input.group)? };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }
}
