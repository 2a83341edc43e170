//! What can be asked about accounts, access tokens and sessions.

use async_graphql::{Context, Object, Result};

use super::asked::Asked;
use super::limits::{PAGE_DEFAULT, PAGE_MAX};
use super::page::{Cursor, Page, Paging};
use super::types::admission::{AccessToken, Account, Session};

#[derive(Default)]
pub(super) struct AdmissionQueries;

#[Object]
impl AdmissionQueries {
    /// Accounts, oldest first: all of them for the scope `operate`, those that may act for one's
    /// own organization for `administer`, and everybody's own.
    async fn accounts(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many at most: 1 to 200, 50 when null.")] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<Account>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let asked = Asked::from(context);
        let directory = asked.identity.directory(&asked.principal);
        let accounts = directory.accounts();
        let page = paging.page(
            accounts,
            |account| Cursor::of_id(account.id.uuid()),
            |account| Account::of(asked, &directory, account),
        );
        Ok(page)
    }

    /// Access tokens, those that no longer work included, oldest first: all of them for the scope
    /// `operate`, those of one's own organization for `administer`, and everybody's own.
    async fn tokens(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many at most: 1 to 200, 50 when null.")] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<AccessToken>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let asked = Asked::from(context);
        let directory = asked.identity.directory(&asked.principal);
        let tokens = directory.tokens();
        let page = paging.page(
            tokens,
            |token| Cursor::of_id(token.id.uuid()),
            |token| AccessToken::of(asked, &directory, token),
        );
        Ok(page)
    }

    /// Sessions that go on, oldest first: those that one may end.
    async fn sessions(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many at most: 1 to 200, 50 when null.")] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<Session>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let asked = Asked::from(context);
        let directory = asked.identity.directory(&asked.principal);
        let sessions = directory.sessions();
        let page = paging.page(
            sessions,
            |session| Cursor::of_id(session.id.uuid()),
            |session| Session::of(asked, &directory, session),
        );
        Ok(page)
    }
}
