//! Posts and who holds them; emergency operations centers.

use async_graphql::{Context, ID, InputObject, Object, Result};

use super::{carry_out, payloads};
use crate::domain::structure;
use crate::graphql::asked::{parse_id, parse_id_option, parse_own};
use crate::graphql::types::post::{Capacity, Post};
use crate::graphql::types::structure::{Structure, StructureModel};

payloads! {
    OpenPostPayload { post: Post },
    MovePostPayload { post: Post },
    DissolvePostPayload { post: Post },
    PlacePartPayload { post: Post },
    AssignPostPayload { post: Post },
    RelievePostPayload { post: Post },
    ActivateEocPayload { structure: Structure },
    ChangeEocPayload { structure: Structure },
    DeactivateEocPayload { structure: Structure },
}

/// What a new post is like.
#[derive(InputObject)]
pub(crate) struct OpenPostInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The structure.
    structure: ID,
    /// The code of its position, such as `DIVS`.
    position: String,
    /// What it is called, such as “Division A”; the title of its position when null.
    name: Option<String>,
    /// The post that it reports to; the nearest up the line when null.
    reports_to: Option<ID>,
}

/// Where a post is to stand.
#[derive(InputObject)]
pub(crate) struct MovePostInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The post.
    post: ID,
    /// The post that it reports to from now on.
    reports_to: ID,
    /// Why.
    reason: Option<String>,
}

/// Which post is not needed any more.
#[derive(InputObject)]
pub(crate) struct DissolvePostInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The post; nobody holds it and none reports to it.
    post: ID,
    /// Why.
    reason: Option<String>,
}

/// Which part of a complex goes under which branch.
#[derive(InputObject)]
pub(crate) struct PlacePartInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The branch, or the command itself.
    post: ID,
    /// The part.
    incident: ID,
}

/// Who is to hold a post.
#[derive(InputObject)]
pub(crate) struct AssignPostInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The post.
    post: ID,
    /// Who.
    person: ID,
    /// The organization that they come for; your own when null.
    organization: Option<ID>,
    /// In which capacity.
    capacity: Capacity,
    /// Why.
    reason: Option<String>,
    /// Why they may although something speaks against it.
    waiver: Option<String>,
}

/// Who holds a post no longer.
#[derive(InputObject)]
pub(crate) struct RelievePostInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The post.
    post: ID,
    /// The assignment that ends.
    assignment: ID,
    /// Why.
    reason: Option<String>,
}

/// What a center is like.
#[derive(InputObject)]
pub(crate) struct ActivateEocInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The organization that runs it; your own when null.
    organization: Option<ID>,
    /// What it is called.
    name: String,
    /// How it is organized.
    model: StructureModel,
    /// How far it is activated: 3 normal operations, 1 full activation.
    level: u8,
    /// The person who directs it.
    director: ID,
    /// The incidents that it supports.
    #[graphql(default)]
    supports: Vec<ID>,
    /// Whether it belongs to an exercise.
    #[graphql(default = false)]
    exercise: bool,
    /// Why the director may be it although something speaks against it.
    waiver: Option<String>,
}

/// What is to change about a center; what is null stays.
#[derive(InputObject)]
pub(crate) struct ChangeEocInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The structure of the center.
    structure: ID,
    /// How far it is activated: 3 normal operations, 1 full activation.
    level: Option<u8>,
    /// All incidents that it supports.
    supports: Option<Vec<ID>>,
    /// Why.
    reason: String,
}

/// Which center is closed.
#[derive(InputObject)]
pub(crate) struct DeactivateEocInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The structure of the center.
    structure: ID,
    /// Why.
    reason: String,
}

#[derive(Default)]
pub(super) struct PostMutations;

#[Object]
impl PostMutations {
    /// Opens a post.
    async fn open_post(
        &self,
        context: &Context<'_>,
        input: OpenPostInput,
    ) -> Result<Option<OpenPostPayload>> {
        let command = structure::OpenPost {
            structure: parse_id("structure", &input.structure)?,
            position: input.position,
            name: input.name,
            reports_to: parse_id_option("reportsTo", input.reports_to.as_ref())?,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Puts a post under another supervisor.
    async fn move_post(
        &self,
        context: &Context<'_>,
        input: MovePostInput,
    ) -> Result<Option<MovePostPayload>> {
        let command = structure::MovePost {
            post: parse_id("post", &input.post)?,
            reports_to: parse_id("reportsTo", &input.reports_to)?,
            reason: input.reason,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Takes a post out of its structure. Who held it stays on record.
    async fn dissolve_post(
        &self,
        context: &Context<'_>,
        input: DissolvePostInput,
    ) -> Result<Option<DissolvePostPayload>> {
        let post = parse_id("post", &input.post)?;
        let command = structure::DissolvePost { post, reason: input.reason };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Puts a part of a complex under a branch of its structure.
    async fn place_part(
        &self,
        context: &Context<'_>,
        input: PlacePartInput,
    ) -> Result<Option<PlacePartPayload>> {
        let incident = parse_id("incident", &input.incident)?;
        let command = structure::PlacePart { post: parse_id("post", &input.post)?, incident };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Assigns somebody to a post. The answer says whether they are fit for it.
    async fn assign_post(
        &self,
        context: &Context<'_>,
        input: AssignPostInput,
    ) -> Result<Option<AssignPostPayload>> {
        let command = structure::AssignPost {
            post: parse_id("post", &input.post)?,
            person: parse_id("person", &input.person)?,
            organization: parse_own(context, "organization", input.organization.as_ref())?,
            capacity: input.capacity.into(),
            reason: input.reason,
            waiver: input.waiver,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Relieves somebody of a post. Command is not relieved but transferred.
    async fn relieve_post(
        &self,
        context: &Context<'_>,
        input: RelievePostInput,
    ) -> Result<Option<RelievePostPayload>> {
        let command = structure::RelievePost {
            post: parse_id("post", &input.post)?,
            assignment: parse_id("assignment", &input.assignment)?,
            reason: input.reason,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Activates an emergency operations center, with its director.
    async fn activate_eoc(
        &self,
        context: &Context<'_>,
        input: ActivateEocInput,
    ) -> Result<Option<ActivateEocPayload>> {
        let supports = input.supports.iter().map(|incident| parse_id("supports", incident));
        let command = structure::ActivateEoc {
            organization: parse_own(context, "organization", input.organization.as_ref())?,
            name: input.name,
            model: input.model.into(),
            level: input.level,
            director: parse_id("director", &input.director)?,
            supports: supports.collect::<Result<_>>()?,
            exercise: input.exercise,
            waiver: input.waiver,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Changes how far a center is activated and what it supports.
    async fn change_eoc(
        &self,
        context: &Context<'_>,
        input: ChangeEocInput,
    ) -> Result<Option<ChangeEocPayload>> {
        let supports = input.supports.map(|incidents| {
            incidents.iter().map(|id| parse_id("supports", id)).collect::<Result<_>>()
        });
        let command = structure::ChangeEoc {
            structure: parse_id("structure", &input.structure)?,
            level: input.level,
            supports: supports.transpose()?,
            reason: input.reason,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Closes a center.
    async fn deactivate_eoc(
        &self,
        context: &Context<'_>,
        input: DeactivateEocInput,
    ) -> Result<Option<DeactivateEocPayload>> {
        let structure = parse_id("structure", &input.structure)?;
        let command = structure::DeactivateEoc { structure, reason: input.reason };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }
}
