//! Commands about accounts, tokens, sessions and set-up links.

use jiff::{SignedDuration, Timestamp};

use super::dice::Dice;
use crate::domain::access_token::{self, StoredQuery};
use crate::domain::account::{
    self, Create, Disable, Enable, Grant, LinkIdentity, LinkPerson, ProviderIdentity, Rename,
    RevokeGrant,
};
use crate::domain::command::Command;
use crate::domain::ids::Id;
use crate::domain::principal::Scope;
use crate::domain::reach::Reach;
use crate::domain::secret::SecretHash;
use crate::domain::session::{self, Way};
use crate::domain::setup_link;
use crate::domain::world::World;

pub(super) fn accounts(dice: &mut Dice<'_>, world: &World, _: Timestamp) -> Command {
    let account = account(dice, world);
    let reach = reach(dice, world, account);
    let organization = dice.maybe(|dice| dice.organization(world));
    let scopes = scopes(dice);
    match dice.roll(10) {
        0..3 => {
            let login = dice.pick(&["dana", "lee", "Dana", "sam@county.example", "no way"]);
            let (login, name) = (login.to_owned(), dice.text());
            let person = dice.maybe(|dice| dice.one_of(world.persons().map(|person| person.id)));
            Create { reach, login, name, person, organization, scopes }.into()
        }
        3 => Grant { reach, account, organization, scopes }.into(),
        4 => RevokeGrant { reach, account, organization }.into(),
        5 => Rename { reach, account, name: dice.text() }.into(),
        6 => Disable { reach, account }.into(),
        7 => Enable { reach, account }.into(),
        8 => {
            let person = dice.maybe(|dice| dice.one_of(world.persons().map(|person| person.id)));
            LinkPerson { reach, account, person }.into()
        }
        _ => {
            let identity = dice.maybe(|dice| ProviderIdentity {
                issuer: "https://id.county.example".to_owned(),
                subject: dice.pick(&["1", "2"]).to_owned(),
            });
            LinkIdentity { reach, account, identity }.into()
        }
    }
}

pub(super) fn ways_in(dice: &mut Dice<'_>, world: &World, now: Timestamp) -> Command {
    let account = account(dice, world);
    let reach = reach(dice, world, account);
    // No two secrets have the same: the second of them would take the first one's place.
    let drawn = world.tokens().count() + world.sessions().count() + world.setup_links.len();
    let mut hash = [u8::try_from(dice.roll(256)).unwrap(); 32];
    hash[..8].copy_from_slice(&now.as_microsecond().to_be_bytes());
    hash[8..16].copy_from_slice(&drawn.to_be_bytes());
    let hash = SecretHash(hash);
    let expires = now + SignedDuration::from_mins(dice.pick(&[30, 600, -1]));
    match dice.roll(9) {
        0 | 1 => {
            let document = "{ me { principal } }".to_owned();
            let stored = StoredQuery { name: dice.pick(&["a", "b"]).to_owned(), document };
            access_token::Issue {
                reach,
                label: dice.text(),
                organization: dice.maybe(|dice| dice.organization(world)),
                scopes: scopes(dice),
                stored_queries: dice.maybe(|dice| vec![stored; 1 + dice.roll(2)]),
                expires,
                hash,
            }
            .into()
        }
        2 => {
            let token = dice.one_of(world.tokens().map(|token| token.id));
            access_token::Revoke { reach, token }.into()
        }
        3 | 4 => session::Start { account, hash, way: Way::Password, expires }.into(),
        5 => {
            let session = dice.one_of(world.sessions().map(|session| session.id));
            session::End { reach, session }.into()
        }
        6 => {
            let except = world.sessions_of(account).next().map(|session| session.id);
            session::EndAll { reach, account, except }.into()
        }
        7 => {
            let account = dice.maybe(|_| account);
            setup_link::Issue { reach, account, hash, expires }.into()
        }
        _ => {
            let link = world.setup_links.values().next_back();
            let hash = link.map_or(hash, |link| link.hash);
            let login = dice.pick(&["kim", "dana"]).to_owned();
            setup_link::Use { hash, new_account: Some((login, dice.text())) }.into()
        }
    }
}

fn account(dice: &mut Dice<'_>, world: &World) -> Id<account::Account> {
    dice.one_of(world.accounts().map(|account| account.id))
}

/// Mostly the whole hub, so that most of it is carried out.
fn reach(dice: &mut Dice<'_>, world: &World, account: Id<account::Account>) -> Reach {
    match dice.roll(6) {
        0..4 => Reach::Hub,
        4 => Reach::Organization(dice.organization(world)),
        _ => Reach::Own(account),
    }
}

fn scopes(dice: &mut Dice<'_>) -> Vec<Scope> {
    let each = [Scope::Read, Scope::Write, Scope::Operate, Scope::Administer];
    (0..dice.roll(3)).map(|_| dice.pick(&each)).collect()
}
