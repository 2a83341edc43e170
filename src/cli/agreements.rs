//! `muster agreements`.

use std::process::ExitCode;

use clap::Args;
use muster::config::Flags;
use muster::domain::agreement::{Agreement, Standing};
use muster::domain::{Principal, Scope};
use muster::hub::{Clock, refold};
use muster::sharing::{Seen, Sharing, Viewer};

/// Lists the data-sharing agreements of a store, offline, in plain language.
///
/// Each comes with where it stands now, who has signed, and a sentence for each of its terms.
///
/// Example: muster agreements --store sqlite:muster.db
#[derive(Args)]
pub(crate) struct Agreements {
    /// Print the terms in Cedar too, which is what decides.
    #[arg(long)]
    cedar: bool,
    /// Only those that this organization, by its code, is a party to.
    #[arg(long, value_name = "CODE")]
    party: Option<String>,
}

impl Agreements {
    pub(crate) async fn run(self, flags: &Flags) -> anyhow::Result<ExitCode> {
        let store = super::open_existing_store(flags).await?;
        let world = refold::newest(store.as_ref()).await?.world;
        let now = Clock::system().now();
        let party = match &self.party {
            None => None,
            Some(code) => Some(super::explain::organization(&world, code)?),
        };
        // Whoever has the store has all of it; this is how the hub would show it to them.
        let scopes = vec![Scope::Read, Scope::Audit];
        let operator = Principal::new("offline", None, scopes);
        let viewer = Viewer::of(&operator, &world).into();
        let view = Sharing::default().view(world, &viewer, now);
        let wanted =
            |seen: &Seen<Agreement>| party.is_none_or(|party| seen.text().parties.contains(&party));
        let mut count = 0;
        for agreement in view.agreements().filter(wanted) {
            count += 1;
            println!("{}  {}", agreement.id(), agreement.text().title);
            println!("    {}", standing_in_words(&agreement, now));
            println!("    for: {}", agreement.text().purpose);
            agreement.in_words().iter().for_each(|sentence| println!("    - {sentence}"));
            if self.cedar {
                agreement.cedar().lines().for_each(|line| println!("      {line}"));
            }
        }
        if count == 0 {
            println!("no agreements; nobody sees anything of another organization by one");
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn standing_in_words(agreement: &Seen<Agreement>, now: jiff::Timestamp) -> String {
    let text = agreement.text();
    let unsigned = || {
        let signed = |party| agreement.signatures().iter().any(|s| s.organization == party);
        let missing = text.parties.iter().filter(|party| !signed(**party));
        let names = missing.filter_map(|party| agreement.view().organization(*party));
        names.map(|organization| organization.name().to_owned()).collect::<Vec<_>>().join(", ")
    };
    match agreement.standing(now) {
        Standing::Proposed => format!("proposed; not signed by {}", unsigned()),
        Standing::Signed => {
            format!("signed; begins {}", text.starts.map_or_else(String::new, |at| at.to_string()))
        }
        Standing::InForce => text.ends.map_or_else(
            || "in force until it is ended".to_owned(),
            |ends| format!("in force until {ends}"),
        ),
        Standing::Expired => {
            format!("over since {}", text.ends.map_or_else(String::new, |at| at.to_string()))
        }
        Standing::Ended => agreement.ended().map_or_else(
            || "ended".to_owned(),
            |ending| format!("ended {} by {}: {}", ending.at, ending.by, ending.reason),
        ),
    }
}
