//! A hub that tells people, in this process.

use std::sync::Arc;
use std::time::Instant;

use anyhow::Context as _;
use futures_util::{TryStreamExt as _, stream};
use muster::domain::contact::{self, Contact, Way};
use muster::domain::message::audience::{Audience as Persons, Located, Selector};
use muster::domain::message::content::{Content, Priority, Wording};
use muster::domain::message::delivery::Standing;
use muster::domain::message::plan::{Expects, Plan, Wave};
use muster::domain::message::preview::Preview;
use muster::domain::message::{Channel, Draft, Launch, Message, Release};
use muster::domain::organization::{self, Organization, Profile};
use muster::domain::{Command, Id, Principal, RecordRef, Scope, person};
use muster::hub::{Clock, Hub, Running};
use muster::identity::Site;
use muster::notify::Notify;
use muster::notify::clients::{Clients, Entry};
use muster::notify::links::Links;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Commands under way while people are hired.
const AT_ONCE: usize = 256;

/// A hub with its providers.
pub(super) struct Scene {
    running: Running,
    stop: CancellationToken,
    telling: JoinHandle<()>,
}

/// The members of an organization, whom it tells.
pub(super) struct Audience {
    organization: Id<Organization>,
    code: &'static str,
    count: usize,
}

/// What telling them took.
pub(super) struct Told {
    /// Until the launch was answered.
    pub(super) answered_millis: f64,
    /// From the launch until it was on record that a provider has the last one.
    pub(super) seconds: f64,
}

impl Scene {
    /// Starts one on an empty store.
    pub(super) async fn start(url: &str, providers: &[Entry]) -> anyhow::Result<Self> {
        let clock = Clock::system();
        let running = Hub::start(muster::log::open(url).await?, clock.clone()).await?;
        let site = Site::new("http://127.0.0.1/".parse()?)?;
        let clients = Clients::build(providers, &site, &clock);
        let clients = clients.map_err(|wrong| anyhow::anyhow!(wrong.join("; ")))?;
        let links = Links::new(site.page(""), &running.hub.derived_key("answer pages"));
        let notify = Notify::new(running.hub.clone(), links, clients);
        let stop = CancellationToken::new();
        let telling = tokio::spawn(notify.run(stop.clone()));
        Ok(Self { running, stop, telling })
    }

    /// Ends it.
    pub(super) async fn stop(self) -> anyhow::Result<()> {
        self.stop.cancel();
        self.telling.await?;
        self.running.stop().await;
        Ok(())
    }

    /// An organization with so many members, each with a mailbox and a telephone.
    pub(super) async fn hire(&self, code: &'static str, count: usize) -> anyhow::Result<Audience> {
        let profile = Profile {
            code: code.to_owned(),
            name: format!("Organization {code}"),
            kind: organization::Kind::Fire,
            jurisdiction: None,
            parents: Vec::new(),
        };
        let registered = self.submit(code, "chief", organization::Register { profile }).await?;
        let RecordRef::Organization(organization) = registered else {
            anyhow::bail!("no organization was made");
        };
        stream::iter((0..count).map(anyhow::Ok))
            .try_for_each_concurrent(AT_ONCE, |number| self.hire_one(code, organization, number))
            .await?;
        Ok(Audience { organization, code, count })
    }

    async fn hire_one(
        &self,
        code: &str,
        organization: Id<Organization>,
        number: usize,
    ) -> anyhow::Result<()> {
        let register = person::Register { name: format!("Person {number}") };
        let RecordRef::Person(person) = self.submit(code, "chief", register).await? else {
            anyhow::bail!("nobody was registered");
        };
        let title = "member".to_owned();
        self.submit(code, "chief", person::Join { person, organization, title }).await?;
        let way = |channel, address| Way { channel, address, quiet: None };
        let contact = Contact {
            channels: vec![
                way(contact::Channel::Email, format!("p{number}@harbor.example")),
                way(contact::Channel::Sms, format!("+1202{number:07}")),
            ],
            ..Contact::default()
        };
        let sealed = self.running.hub.seal_contact(person, &contact).await?;
        self.submit(code, "chief", sealed.context("nobody was forgotten")?).await?;
        Ok(())
    }

    /// Tells everybody of an audience by a channel.
    pub(super) async fn tell(&self, to: &Audience, channel: Channel) -> anyhow::Result<Told> {
        let drafted = self.submit(to.code, "author", draft(to.organization, channel)).await?;
        let RecordRef::Message(message) = drafted else { anyhow::bail!("nothing was drafted") };
        let world = Arc::clone(&self.running.hub.picture().world);
        let drafted = world.message(message).context("the draft")?;
        let located = Located::default();
        let now = Clock::system().now();
        let digest = Preview::of(&world, drafted, &located, now)?.digest;
        let release = Release { message, digest, located: located.clone() };
        self.submit(to.code, "chief", release).await?;
        let mut steps = self.running.hub.steps();
        let launched = Instant::now();
        self.submit(to.code, "author", Launch { message, digest, located }).await?;
        let answered_millis = launched.elapsed().as_secs_f64() * 1e3;
        while !self.has_told(message, to.count) {
            if matches!(steps.recv().await, Err(RecvError::Closed)) {
                anyhow::bail!("the hub ended");
            }
        }
        Ok(Told { answered_millis, seconds: launched.elapsed().as_secs_f64() })
    }

    fn has_told(&self, message: Id<Message>, count: usize) -> bool {
        let world = Arc::clone(&self.running.hub.picture().world);
        let run = world.message(message).and_then(|message| message.run.as_ref());
        run.is_some_and(|run| run.count(Standing::Sent) == count)
    }

    async fn submit(
        &self,
        code: &str,
        who: &str,
        command: impl Into<Command>,
    ) -> anyhow::Result<RecordRef> {
        let scopes = vec![Scope::Read, Scope::Write, Scope::Operate, Scope::Administer];
        let by = Principal::new(format!("person:{who}"), Some(code.to_owned()), scopes);
        let by = Arc::new(by);
        let answer = self.running.hub.submit(&by, command, None, "bench".to_owned()).await?;
        Ok(answer.subject)
    }
}

fn draft(organization: Id<Organization>, channel: Channel) -> Draft {
    let wording = Wording {
        language: "en".to_owned(),
        what: "Evacuation of the harbor".to_owned(),
        who: Some("Everybody south of Mill Street".to_owned()),
        place: Some("Harbor district".to_owned()),
        when: Some("now".to_owned()),
        to_do: Some("Leave by the bridge".to_owned()),
        until: None,
    };
    let content = Content {
        wordings: vec![wording],
        responses: Vec::new(),
        priority: Priority::LifeSafety,
        public: false,
    };
    let audience = Persons { any_of: vec![Selector::Members { organization }], except: Vec::new() };
    let plan = Plan {
        expects: Expects::Nothing,
        channels: vec![channel],
        interval_seconds: 3600,
        cycles: 1,
        waves: vec![Wave { audience, after_minutes: 0 }],
        enough: Vec::new(),
        ask_again_minutes: None,
        until: None,
    };
    Draft { incident: None, exercise: false, content, plan }
}
