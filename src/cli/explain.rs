//! `muster explain`.

use std::process::ExitCode;
use std::str::FromStr;

use anyhow::Context as _;
use clap::Args;
use muster::config::Flags;
use muster::domain::organization::Organization;
use muster::domain::{Id, RecordRef, World};
use muster::hub::{Clock, refold};
use muster::sharing::{Sharing, Viewer};

/// Tells why an organization is shown each group of fields of a record, or is not, offline.
///
/// The record is named by kind and id: incident, signal, note, person, organization or agreement.
/// A sentence for each group names the term of the agreement or the policy that decides.
///
/// Example: muster explain --record incident:019a2b3c-… --as MEMORIAL
#[derive(Args)]
pub(crate) struct Explain {
    /// The record, as KIND:ID.
    #[arg(long, value_name = "KIND:ID")]
    record: Record,
    /// The organization that looks, by its code or id.
    #[arg(long = "as", value_name = "ORG")]
    organization: String,
}

#[derive(Clone, Copy)]
struct Record(RecordRef);

impl Explain {
    pub(crate) async fn run(self, flags: &Flags) -> anyhow::Result<ExitCode> {
        let store = super::open_existing_store(flags).await?;
        let world = refold::newest(store.as_ref()).await?.world;
        let viewer = Viewer::of_organization(organization(&world, &self.organization)?).into();
        let view = Sharing::default().view(world, &viewer, Clock::system().now());
        let explained = view.explain_in_full(self.record.0);
        anyhow::ensure!(!explained.is_empty(), "there is no such record in the store");
        for explanation in explained {
            let group = format!("{:?}", explanation.group).to_lowercase();
            println!("{group:<11} {}", explanation.sentence());
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The organization with this code or id.
pub(super) fn organization(world: &World, named: &str) -> anyhow::Result<Id<Organization>> {
    let by_id = || named.parse().ok().and_then(|id| world.organization(id));
    let found = world.organization_by_code(named).or_else(by_id);
    found.map(|organization| organization.id).with_context(|| {
        let codes = world.organizations().map(|o| o.profile.code.as_str()).collect::<Vec<_>>();
        format!("there is no organization `{named}`; there are {}", codes.join(", "))
    })
}

impl FromStr for Record {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        fn id<T>(id: &str) -> Result<Id<T>, String> {
            id.parse().map_err(|_| format!("`{id}` is not an id"))
        }
        let (kind, of) =
            text.split_once(':').ok_or("write KIND:ID, such as incident:019a2b3c-…")?;
        Ok(Self(match kind {
            "incident" => RecordRef::Incident(id(of)?),
            "signal" => RecordRef::Signal(id(of)?),
            "note" => RecordRef::Note(id(of)?),
            "person" => RecordRef::Person(id(of)?),
            "organization" => RecordRef::Organization(id(of)?),
            "agreement" => RecordRef::Agreement(id(of)?),
            "period" => RecordRef::Period(id(of)?),
            "resource" => RecordRef::Resource(id(of)?),
            _ => {
                return Err(format!(
                    "`{kind}` is not a kind of record; write incident, signal, note, person, \
                     organization, agreement, period or resource"
                ));
            }
        }))
    }
}
