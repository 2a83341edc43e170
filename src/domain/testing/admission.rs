//! Accounts, tokens, sessions and set-up links, told as stories.

use jiff::SignedDuration;

use super::{START, Story, assert_lawful, given, id, nth, refusals};
use crate::domain::access_token::{self, StoredQuery};
use crate::domain::account::{
    Create, Disable, Enable, Grant, LinkIdentity, ProviderIdentity, Rename, RevokeGrant,
};
use crate::domain::command::Command;
use crate::domain::limits::{SESSIONS_PER_ACCOUNT_MAX, TOKEN_DAYS_MAX};
use crate::domain::organization::{Kind, Profile, Register};
use crate::domain::principal::Scope;
use crate::domain::reach::Reach;
use crate::domain::secret::SecretHash;
use crate::domain::session::{self, Way};
use crate::domain::setup_link;

const READ_WRITE: [Scope; 2] = [Scope::Read, Scope::Write];

fn organization(code: &str) -> Command {
    Register {
        profile: Profile {
            code: code.to_owned(),
            name: code.to_owned(),
            kind: Kind::Fire,
            jurisdiction: None,
            parents: Vec::new(),
        },
    }
    .into()
}

fn create(reach: Reach, login: &str, organization: Option<u64>) -> Command {
    let (login, name) = (login.to_owned(), "Somebody".to_owned());
    let (organization, scopes) = (organization.map(id), READ_WRITE.to_vec());
    Create { reach, login, name, person: None, organization, scopes }.into()
}

fn grant(reach: Reach, account: u64, organization: Option<u64>, scopes: &[Scope]) -> Command {
    let organization = organization.map(id);
    Grant { reach, account: id(account), organization, scopes: scopes.to_vec() }.into()
}

fn start(account: u64, secret: u8) -> Command {
    let expires = START.parse::<jiff::Timestamp>().unwrap() + SignedDuration::from_hours(8);
    let hash = SecretHash([secret; 32]);
    session::Start { account: id(account), hash, way: Way::Password, expires }.into()
}

fn token(reach: Reach, organization: Option<u64>, scopes: &[Scope], days: i64) -> Command {
    let expires = START.parse::<jiff::Timestamp>().unwrap() + SignedDuration::from_hours(24 * days);
    access_token::Issue {
        reach,
        label: "bed board".to_owned(),
        organization: organization.map(id),
        scopes: scopes.to_vec(),
        stored_queries: None,
        expires,
        hash: SecretHash([77; 32]),
    }
    .into()
}

/// Harbor Fire (1), Memorial Hospital (2), and Dana (3) of Harbor Fire.
fn harbor() -> Story {
    given([organization("HFD"), organization("MEM"), create(Reach::Hub, "Dana", Some(1))])
}

/// The same, where whoever asks is Lee, who administers Harbor Fire.
fn lee_of_harbor_fire() -> Story {
    let mut story = harbor();
    story.by.principal = "lee".to_owned();
    story.by.organization = Some(id(1));
    story
}

#[test]
fn one_human_being_acts_for_several_organizations_and_may_do_other_things_for_each() {
    let mut story = harbor();
    story.must(grant(Reach::Hub, 3, Some(2), &[Scope::Read]));
    story.must(grant(Reach::Hub, 3, Some(2), &[Scope::Write, Scope::Read, Scope::Read]));
    let dana = story.world.account_by_login("DANA").unwrap();
    assert_eq!(dana.grant(Some(id(2))).unwrap().scopes, READ_WRITE);
    let mut story = story.when(grant(Reach::Hub, 3, Some(2), &READ_WRITE)).unchanged();
    let revoke = RevokeGrant { reach: Reach::Hub, account: id(3), organization: Some(id(1)) };
    story.must(revoke.clone());
    let dana = story.world.account(id(3)).unwrap();
    assert_eq!(dana.grants.len(), 1);
    assert_lawful(&story.when(revoke).unchanged());
}

#[test]
fn an_account_is_refused_with_what_to_do_about_it() {
    let story = harbor();
    let said = refusals(
        &story,
        [
            create(Reach::Hub, "dana", None),
            create(Reach::Hub, "muster", None),
            create(Reach::Hub, "HFD/dana", None),
            create(Reach::Hub, "", None),
            create(Reach::Hub, "kim", Some(9)),
            grant(Reach::Hub, 3, Some(1), &[]),
            grant(Reach::Hub, 3, Some(1), &[Scope::Operate]),
            grant(Reach::Hub, 9, Some(1), &READ_WRITE),
            Rename { reach: Reach::Hub, account: id(3), name: " ".to_owned() }.into(),
        ],
    );
    insta::assert_snapshot!(said, @"
    LOGIN_TAKEN: the login `dana` belongs to another account; choose another
    LOGIN_UNUSABLE: `muster` cannot be a login; use letters, digits and . - _ @ + only
    LOGIN_UNUSABLE: `HFD/dana` cannot be a login; use letters, digits and . - _ @ + only
    TEXT_EMPTY: `login` is empty; write at least one word
    ORGANIZATION_UNKNOWN: there is no organization `01968f00-0009-7000-8000-000000090000`; choose one from the list of organizations
    SCOPES_EMPTY: `scopes` is empty; name at least one thing that may be done
    SCOPE_OF_HUB_ONLY: the scope `operate` is for the hub as a whole; give it without an organization
    ACCOUNT_UNKNOWN: there is no account `01968f00-0009-7000-8000-000000090000`; choose one from the list of accounts
    TEXT_EMPTY: `name` is empty; write at least one word
    ");
}

#[test]
fn an_administrator_reaches_what_is_wholly_of_their_organization_and_nothing_else() {
    let mut story = lee_of_harbor_fire();
    let (own, other) = (Reach::Organization(id(1)), Reach::Organization(id(2)));
    story.must(create(own, "kim", Some(1)));
    story.must(create(Reach::Hub, "mo", Some(2)));
    let disable = |reach, n| Command::from(Disable { reach, account: id(n) });
    let mut both = story.clone();
    both.must(grant(Reach::Hub, 4, Some(2), &READ_WRITE));
    let said = refusals(
        &story,
        [
            create(own, "max", Some(2)),
            create(own, "max", None),
            create(other, "max", Some(2)),
            grant(own, 4, None, &[Scope::Operate]),
            disable(own, 5),
            disable(other, 5),
            token(own, Some(2), &READ_WRITE, 1),
            token(own, None, &[Scope::Operate], 1),
            Rename { reach: Reach::Own(id(3)), account: id(3), name: "x".to_owned() }.into(),
        ],
    );
    insta::assert_snapshot!(said, @"
    OUT_OF_REACH: `lee` may not do this: it needs the scope `operate`
    OUT_OF_REACH: `lee` may not do this: it needs the scope `operate`
    OUT_OF_REACH: `lee` may not do this: it needs the scope `operate`
    OUT_OF_REACH: `lee` may not do this: it needs the scope `operate`
    ACCOUNT_UNKNOWN: there is no account `01968f00-0005-7000-8000-000000050000`; choose one from the list of accounts
    OUT_OF_REACH: `lee` may not do this: it needs the scope `operate`
    OUT_OF_REACH: `lee` may not do this: it needs the scope `operate`
    OUT_OF_REACH: `lee` may not do this: it needs the scope `operate`
    OUT_OF_REACH: `lee` may not do this: it needs the scope `operate`
    ");
    // Kim acts for the hospital as well, which has a say in what becomes of her.
    insta::assert_snapshot!(refusals(&both, [disable(own, 4)]), @"OUT_OF_REACH: `lee` may not do this: it needs the scope `operate`");
    story.must(disable(own, 4));
    story.must(Enable { reach: own, account: id(4) });
    assert_lawful(&story);
}

#[test]
fn only_who_runs_the_hub_lets_somebody_break_the_glass_for_an_organization() {
    let mut story = lee_of_harbor_fire();
    let own = Reach::Organization(id(1));
    let glass = [Scope::Read, Scope::BreakGlass];
    let said = refusals(&story, [grant(own, 3, Some(1), &glass), token(own, Some(1), &glass, 1)]);
    insta::assert_snapshot!(said, @"
    OUT_OF_REACH: `lee` may not do this: it needs the scope `operate`
    OUT_OF_REACH: `lee` may not do this: it needs the scope `operate`
    ");
    story.must(grant(Reach::Hub, 3, Some(1), &glass));
    // Who could give her a new password could break it in her name.
    let disable = Command::from(Disable { reach: own, account: id(3) });
    insta::assert_snapshot!(refusals(&story, [disable]), @"OUT_OF_REACH: `lee` may not do this: it needs the scope `operate`");
    assert_lawful(&story);
}

#[test]
fn disabling_an_account_ends_its_sessions_and_enabling_it_brings_none_back() {
    let mut story = harbor();
    story.must(start(3, 1));
    story.must(start(3, 2));
    let disable = Disable { reach: Reach::Hub, account: id(3) };
    let mut story = story.when(disable).then(|_, events| {
        let kinds: Vec<_> = events.iter().map(super::Event::kind).collect();
        assert_eq!(kinds, ["account.disabled", "session.ended"]);
    });
    insta::assert_snapshot!(refusals(&story, [start(3, 3)]), @"ACCOUNT_DISABLED: the account `Dana` is disabled; an administrator can enable it");
    story.must(Enable { reach: Reach::Hub, account: id(3) });
    assert_eq!(story.world.sessions().count(), 0);
    assert!(story.world.session_by_hash(&SecretHash([1; 32])).is_none());
    assert_lawful(&story);
}

#[test]
fn sessions_of_one_account_are_bounded_and_the_expired_go_with_the_next_log_in() {
    let mut story = harbor();
    for secret in 0..=u8::try_from(SESSIONS_PER_ACCOUNT_MAX).unwrap() {
        story.must(start(3, secret));
    }
    assert_eq!(story.world.sessions_of(id(3)).count(), SESSIONS_PER_ACCOUNT_MAX);
    assert!(story.world.session_by_hash(&SecretHash([0; 32])).is_none());
    let mut story = story.after(9 * 60);
    let later = story.now + SignedDuration::from_hours(99);
    let hash = SecretHash([200; 32]);
    story.must(session::Start { account: id(3), hash, way: Way::Oidc, expires: later });
    let sessions: Vec<_> = story.world.sessions_of(id(3)).collect();
    assert_eq!(sessions.len(), 1);
    assert_eq!(sessions[0].expires, story.now + SignedDuration::from_hours(24));
    assert_lawful(&story);
}

#[test]
fn everybody_ends_their_own_sessions_and_no_others() {
    let mut story = harbor();
    story.must(create(Reach::Hub, "kim", Some(1)));
    story.must(start(3, 1));
    story.must(start(4, 2));
    story.by.principal = "Dana".to_owned();
    let end = |n| session::End { reach: Reach::Own(id(3)), session: id(n) };
    insta::assert_snapshot!(refusals(&story, [end(6).into(), end(9).into()]), @"
    SESSION_UNKNOWN: there is no session 01968f00-0006-7000-8000-000000060000; it may have ended already
    SESSION_UNKNOWN: there is no session 01968f00-0009-7000-8000-000000090000; it may have ended already
    ");
    story.must(end(5));
    assert_lawful(&story);
}

#[test]
fn a_token_works_until_it_expires_or_is_revoked_and_stays_on_record() {
    let mut story = harbor();
    story.must(token(Reach::Hub, Some(1), &[Scope::Read], 2));
    let known = story.world.token_by_hash(&SecretHash([77; 32])).unwrap();
    assert!(known.works(story.now) && !known.works(known.expires));
    let revoke = access_token::Revoke { reach: Reach::Hub, token: id(4) };
    story.must(revoke.clone());
    assert!(!story.world.token(id(4)).unwrap().works(story.now));
    assert_lawful(&story.when(revoke).unchanged());
}

#[test]
fn a_token_of_ones_own_may_do_no_more_than_oneself() {
    let mut story = harbor();
    story.by.principal = "Dana".to_owned();
    let own = Reach::Own(id(3));
    let stored = |name: &str| StoredQuery { name: name.to_owned(), document: "{ x }".to_owned() };
    let Command::IssueToken(issue) = token(own, Some(1), &[Scope::Read], 2) else { panic!() };
    let twice = vec![stored("beds"), stored("beds")];
    let twice = access_token::Issue { stored_queries: Some(twice), ..issue.clone() };
    let said = refusals(
        &story,
        [
            token(own, Some(1), &[Scope::Ingest], 2),
            token(own, Some(2), &[Scope::Read], 2),
            token(own, None, &[Scope::Operate], 2),
            token(Reach::Own(id(9)), Some(1), &[Scope::Read], 2),
            token(own, Some(1), &[Scope::Read], 0),
            token(own, Some(1), &[Scope::Read], TOKEN_DAYS_MAX + 1),
            twice.into(),
            access_token::Issue { label: "a/b".to_owned(), ..issue.clone() }.into(),
        ],
    );
    insta::assert_snapshot!(said, @"
    OUT_OF_REACH: `Dana` may not do this: it needs the scope `ingest`
    OUT_OF_REACH: `Dana` may not do this: it needs the scope `read`
    OUT_OF_REACH: `Dana` may not do this: it needs the scope `operate`
    OUT_OF_REACH: `Dana` may not do this: it needs the scope `operate`
    TOKEN_EXPIRY_UNUSABLE: `expires` must be in the future and at most 400 days from now
    TOKEN_EXPIRY_UNUSABLE: `expires` must be in the future and at most 400 days from now
    STORED_QUERY_TWICE: two stored queries are called `beds`; give each its own name
    LABEL_UNUSABLE: `a/b` cannot be a label; leave out / and :
    ");
    story.must(issue);
    assert_eq!(story.world.token(id(4)).unwrap().account, Some(id(3)));
    assert_lawful(&story);
}

#[test]
fn a_set_up_link_works_once_and_not_after_another_was_made() {
    let issue = |account: Option<u64>, secret| setup_link::Issue {
        reach: Reach::Hub,
        account: account.map(id),
        hash: SecretHash([secret; 32]),
        expires: START.parse::<jiff::Timestamp>().unwrap() + SignedDuration::from_hours(1),
    };
    let using = |secret, login: &str| {
        let new_account = Some((login.to_owned(), "Somebody".to_owned()));
        Command::from(setup_link::Use { hash: SecretHash([secret; 32]), new_account })
    };
    let mut story = given([issue(None, 1), issue(None, 2)]);
    insta::assert_snapshot!(refusals(&story, [using(1, "dana"), using(2, "d d")]), @"
    SETUP_LINK_UNUSABLE: this link does not work: it was used, replaced or is too old; ask for a new one
    LOGIN_UNUSABLE: `d d` cannot be a login; use letters, digits and . - _ @ + only
    ");
    insta::assert_snapshot!(refusals(&story.clone().after(60), [using(2, "dana")]), @"SETUP_LINK_UNUSABLE: this link does not work: it was used, replaced or is too old; ask for a new one");
    story.must(using(2, "dana"));
    let dana = story.world.account_by_login("dana").unwrap().clone();
    assert_eq!(dana.id, nth(3, 0));
    assert!(dana.grant(None).unwrap().scopes.contains(&Scope::Operate));
    story.clone().when(using(2, "eve")).refused(|_| {});
    // For an account that is there, the link lets its owner set a password, and others out.
    story.must(start(3, 8));
    story.must(issue(Some(3), 3));
    story.must(using(3, "ignored"));
    assert_eq!((story.world.accounts().count(), story.world.sessions().count()), (1, 0));
    assert_lawful(&story);
}

#[test]
fn an_identity_at_a_provider_belongs_to_one_account() {
    let mut story = harbor();
    story.must(create(Reach::Hub, "kim", Some(1)));
    let identity = ProviderIdentity { issuer: "https://id".to_owned(), subject: "7".to_owned() };
    let link = |n, identity: &ProviderIdentity| {
        let identity = Some(identity.clone());
        Command::from(LinkIdentity { reach: Reach::Hub, account: id(n), identity })
    };
    story.must(link(3, &identity));
    let mut story = story.when(link(3, &identity)).unchanged();
    insta::assert_snapshot!(refusals(&story, [link(4, &identity)]), @"IDENTITY_TAKEN: this identity is linked to another account; unlink it there first");
    story.must(LinkIdentity { reach: Reach::Hub, account: id(3), identity: None });
    story.must(link(4, &identity));
    assert_eq!(story.world.account_by_identity(&identity).unwrap().login, "kim");
    assert_lawful(&story);
}
