//! Writes the reference world straight into a log, in the hub's stead: a million entries in
//! seconds, the same to the last byte for the same seed.

use std::borrow::Cow;
use std::sync::Arc;

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use muster::domain::world::Request;
use muster::domain::{Attribution, Context, Decide as _, Ids, RecordRef, Refusal, Stamp, World};
use muster::log::{Actor, Draft, RequestKey, Store};
use uuid::Uuid;

use super::world::{Asked, Chance, Generator};

/// Entries in one append.
const APPEND: usize = 4_096;
/// Between one command and the next, in milliseconds: a million of them take a month.
const PACE_MS: i64 = 2_600;

/// Until when it writes.
#[derive(Clone, Copy)]
pub(crate) enum Until {
    /// The reference world stands.
    Founded,
    /// There are at least so many entries, of which those of the reference world are the first.
    Entries(usize),
}

/// Writes entries, and gives the World at the end.
pub(crate) async fn write(store: &dyn Store, seed: u64, until: Until) -> anyhow::Result<World> {
    let mut scribe = Scribe::new(seed)?;
    let mut head = store.head().await?;
    while !scribe.is_done(until) {
        scribe.take(until)?;
        head = store.append(head, &scribe.drafts).await?;
        scribe.drafts.clear();
    }
    Ok(scribe.world)
}

struct Scribe {
    generator: Generator,
    chance: Chance,
    now: Timestamp,
    world: World,
    drafts: Vec<Draft>,
}

impl Scribe {
    fn new(seed: u64) -> anyhow::Result<Self> {
        Ok(Self {
            generator: Generator::new(seed),
            chance: Chance(!seed),
            now: "2026-03-01T00:00:00Z".parse()?,
            world: World::default(),
            drafts: Vec::with_capacity(APPEND),
        })
    }

    fn is_done(&self, until: Until) -> bool {
        match until {
            Until::Founded => self.generator.is_founded(),
            Until::Entries(entries) => self.world.seq() >= entries as u64,
        }
    }

    /// Decides commands until there is enough for an append, or for the whole log.
    fn take(&mut self, until: Until) -> anyhow::Result<()> {
        while self.drafts.len() < APPEND && !self.is_done(until) {
            let asked = self.generator.next();
            let founding = !self.generator.is_founded();
            match self.carry_out(&asked)? {
                Ok(subject) => self.generator.learn(subject),
                // Work may meet a record that it cannot be done on; founding may not.
                Err(refusal) => anyhow::ensure!(!founding, "the reference world: {refusal}"),
            }
            self.now = self.now.checked_add(SignedDuration::from_millis(PACE_MS))?;
        }
        Ok(())
    }

    /// Adds the events of a command, unless it is refused.
    fn carry_out(&mut self, asked: &Asked) -> anyhow::Result<Result<RecordRef, Refusal>> {
        let code = asked.organization.as_deref();
        let organization = code.and_then(|code| self.world.organization_by_code(code));
        let organization = organization.map(|organization| organization.id);
        let principal =
            code.map_or("hub".to_owned(), |code| format!("person:{}", code.to_lowercase()));
        let by = Attribution { principal, organization, on_behalf_of: None };
        let ids = Ids::from_seed(self.id());
        let context = Context { now: self.now, ids, by: &by };
        let decision = match asked.command.decide(&self.world, &context) {
            Ok(decision) => decision,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let actor = Arc::new(Actor {
            principal: by.principal.clone(),
            organization: organization.map(|id| id.to_string()),
            on_behalf_of: None,
        });
        // Every second request comes with an idempotency key.
        let digest = [7; 16];
        let key = (self.chance.below(2) == 0).then(|| self.id().to_string());
        let request = key.as_ref().map(|key| Request::new(&by.principal, key, digest));
        let key = key.map(|key| Arc::new(RequestKey { key, digest }));
        for event in decision.events {
            let stamp = Stamp { seq: self.world.seq() + 1, at: self.now, by: &by };
            self.world.apply(&event, &stamp, request.as_ref());
            let id = self.id();
            self.drafts.push(Draft {
                id,
                recorded_at: self.now,
                actor: Arc::clone(&actor),
                cause: format!("request:{id}"),
                request: key.clone(),
                kind: Cow::Borrowed(event.kind()),
                version: event.version(),
                body: event.body().context("an event has no JSON form")?,
            });
        }
        Ok(Ok(decision.subject))
    }

    /// A UUIDv7 of the scribe's own time and chance.
    fn id(&mut self) -> Uuid {
        let random =
            (u128::from(self.chance.next()) << 64 | u128::from(self.chance.next())).to_be_bytes();
        let [a, b, c, d, e, f, g, h, i, j, ..] = random;
        let millis = self.now.as_millisecond().unsigned_abs();
        uuid::Builder::from_unix_timestamp_millis(millis, &[a, b, c, d, e, f, g, h, i, j])
            .into_uuid()
    }
}
