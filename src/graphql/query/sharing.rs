//! Agreements, policies, and who is shown what.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Result};

use super::records::AsOfInput;
use crate::domain::organization;
use crate::domain::policies;
use crate::domain::reading::{Read, Way};
use crate::domain::{Id, RecordRef};
use crate::graphql::asked::{Asked, parse_id, parse_id_option};
use crate::graphql::fault::{fault, of_submit};
use crate::graphql::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::graphql::mutation::Refusal;
use crate::graphql::page::{Cursor, Page, Paging};
use crate::graphql::types::agreement::Agreement;
use crate::graphql::types::break_glass::BreakGlass;
use crate::graphql::types::codes::AgreementStanding;
use crate::graphql::types::cop::{Cop, CopFilterInput};
use crate::graphql::types::place::BoundingBox;
use crate::graphql::types::proposal::AgreementInput;
use crate::graphql::types::record::RecordInput;
use crate::graphql::types::sharing::{Explanation, Policies, Reading, Simulation};
use crate::hub::SubmitError;
use crate::sharing::Change;

/// Which agreements are asked for. What is null does not narrow the list.
#[derive(InputObject, Default)]
pub(crate) struct AgreementFilterInput {
    /// Only those that stand so now.
    standing: Option<AgreementStanding>,
    /// Only those that this organization is a party to.
    party: Option<ID>,
}

#[derive(Default)]
pub(super) struct SharingQueries;

#[Object]
impl SharingQueries {
    /// One data-sharing agreement; null when there is none with this id.
    async fn agreement(&self, context: &Context<'_>, id: ID) -> Option<Agreement> {
        Asked::from(context).view.agreement(id.parse().ok()?).map(Agreement)
    }

    /// The data-sharing agreements that the acting organization is a party to, ended ones
    /// included, oldest first.
    async fn agreements(
        &self,
        context: &Context<'_>,
        filter: Option<AgreementFilterInput>,
        #[graphql(desc = "How many at most: 1 to 200, 50 when null.")] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<Agreement>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let AgreementFilterInput { standing, party } = filter.unwrap_or_default();
        let party: Option<Id<organization::Organization>> =
            parse_id_option("party", party.as_ref())?;
        let asked = Asked::from(context);
        let now = asked.hub.clock().now();
        let list = asked.view.agreements().filter(|agreement| {
            standing.is_none_or(|wanted| wanted == agreement.standing(now).into())
                && party.is_none_or(|wanted| agreement.text().parties.contains(&wanted))
        });
        Ok(paging.page(list, |agreement| Cursor::of_id(agreement.id().uuid()), Agreement))
    }

    /// The policies that decide beside agreements.
    async fn policies(&self, context: &Context<'_>) -> Policies {
        let view = &Asked::from(context).view;
        let own = view.viewer().organization().and_then(|own| view.policies_of(own));
        Policies {
            own: own.unwrap_or_default().to_owned(),
            default: policies::DEFAULT,
            schema: policies::SCHEMA,
        }
    }

    /// Every time that the glass was broken before the acting organization's records, or by its
    /// people, newest first.
    async fn break_glasses(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many at most: 1 to 200, 50 when null.")] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<BreakGlass>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let list = Asked::from(context).view.break_glasses().rev();
        Ok(paging.page(list, |broken| Cursor::of_newest_id(broken.id().uuid()), BreakGlass))
    }

    /// Why each group of fields of a record is shown to you or is not; to somebody of another
    /// organization where that is given, which the owner of the record may ask, and auditors. Null
    /// when there is no such record for you, or you may not ask.
    async fn explain(
        &self,
        context: &Context<'_>,
        record: RecordInput,
        #[graphql(desc = "To whom; to you when null.")] organization: Option<ID>,
    ) -> Result<Option<Vec<Explanation>>> {
        let record = record.reference()?;
        let asked = Asked::from(context);
        let view = &asked.view;
        let organization = parse_id_option("organization", organization.as_ref())?;
        let other = organization.filter(|other| view.viewer().organization() != Some(*other));
        let explained = match other {
            None => view.sees(record).then(|| view.explain(record)),
            Some(other) if view.organization(other).is_none() => None,
            Some(other) => view.explain_to(&asked.hub.view_through(view, other), record),
        };
        if other.is_some() && explained.is_some() {
            asked.note_looking(record, Way::Explained);
        }
        Ok(explained.map(|explained| explained.into_iter().map(Into::into).collect()))
    }

    /// The picture as another organization sees it, as far as it is made of records of your own;
    /// to an auditor, all of it. Null when there is no such organization. That you looked is
    /// recorded.
    async fn picture_as(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Through whose eyes.")] organization: ID,
        #[graphql(name = "box", desc = "Only what lies in or reaches into this box.")]
        bounding_box: Option<BoundingBox>,
        #[graphql(desc = "Which part of the picture.")] filter: Option<CopFilterInput>,
        #[graphql(desc = "The picture of a past moment; of now when null.")] as_of: Option<
            AsOfInput,
        >,
    ) -> Result<Option<Cop>> {
        let filter = CopFilterInput::filter(filter, bounding_box)?;
        let organization = parse_id("organization", &organization)?;
        let asked = Asked::from(context);
        if asked.view.organization(organization).is_none() {
            return Ok(None);
        }
        let (view, moment) = AsOfInput::view(as_of, asked).await?;
        asked.note_looking(RecordRef::Organization(organization), Way::SeenAs);
        Ok(Some(Cop::new(&asked.hub.view_through(&view, organization), moment, &filter)))
    }

    /// A dry run: who would gain or lose sight of which records of yours, if an agreement were
    /// signed by all its parties, or ended, or policies were adopted. Nothing is changed, and
    /// nobody else is told; that you tried is recorded. Needs the scope `administer` or `audit`.
    async fn simulate(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "An agreement to be proposed, and signed by all.")] propose: Option<
            AgreementInput,
        >,
        #[graphql(desc = "The id of an agreement to be ended.")] end: Option<ID>,
        #[graphql(desc = "Policies to be adopted, in Cedar.")] adopt: Option<String>,
    ) -> Result<Simulation> {
        let change = Change {
            propose: propose.map(AgreementInput::text).transpose()?,
            end: parse_id_option("end", end.as_ref())?,
            adopt,
        };
        if change.is_nothing() {
            let message = "`simulate` wants at least one of `propose`, `end` and `adopt`";
            return Err(fault("NOTHING_TO_SIMULATE", message));
        }
        let asked = Asked::from(context);
        match asked.hub.simulate(&asked.view, &asked.principal, change).await {
            Ok(simulation) => {
                let own = asked.view.viewer().organization();
                let record = own.map_or(RecordRef::Rules, RecordRef::Organization);
                asked.note_looking(record, Way::Simulated);
                Ok(Simulation::of(&asked.view, &simulation))
            }
            Err(SubmitError::Refused(refusal)) => Ok(Simulation::refused(Refusal::of(&refusal))),
            Err(error) => Err(of_submit(&error)),
        }
    }

    /// Who of others looked at records of the acting organization, the newest first: the last
    /// 1000. The same look by the same account is told once in 15 minutes.
    async fn reads(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many at most: 1 to 200, 50 when null.")] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<Reading>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let view = &Asked::from(context).view;
        let list = in_order(view.reads());
        let reading = |(_, read): (Cursor, Arc<Read>)| Reading::of(view, &read.reading);
        Ok(paging.page(list.into_iter(), |(cursor, _)| *cursor, reading))
    }
}

/// Readings with their cursors, the newest first. A cursor is the time, which everybody who may ask
/// is shown, and not the number, which counts the hub's log entries.
fn in_order(mut reads: Vec<Arc<Read>>) -> Vec<(Cursor, Arc<Read>)> {
    reads.sort_by_key(|read| (read.reading.at, read.number));
    let mut list: Vec<(Cursor, Arc<Read>)> = Vec::with_capacity(reads.len());
    let (mut before, mut alike) = (None, 0);
    for read in reads {
        let at = read.reading.at;
        alike = if before == Some(at) { alike + 1 } else { 0 };
        before = Some(at);
        list.push((Cursor::of_newest_first(at, alike), read));
    }
    list.reverse();
    list
}
