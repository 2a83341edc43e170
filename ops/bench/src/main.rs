//! Benchmarks of the hub. Each figure stands beside what the same machine does without the hub,
//! measured in the same run, so that it means something on any machine.

mod agreements;
mod alerts;
mod commands;
mod cop;
mod dashboard;
mod fanout;
mod force;
mod hand;
mod http;
mod measure;
mod nims;
mod places;
mod raw;
mod report;
mod rules;
mod scribe;
mod server;
mod sharing;
mod starting;
mod telling;
mod traffic;
mod world;

use clap::{Parser, Subcommand, ValueEnum};

use measure::Effort;
use report::Row;

/// Measures the hub and prints a table of figures with their references and goals.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Print JSON instead of a table.
    #[arg(long)]
    json: bool,
    /// Measure a little of everything, to see that it works; no figure to quote.
    #[arg(long)]
    quick: bool,
    /// Watch the memory of the dashboard for so long, instead of ten minutes: 60 to quote it.
    #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u64).range(1..))]
    watch: Option<u64>,
    /// Measure only this; may be given several times.
    #[arg(long, value_name = "NAME")]
    only: Vec<Bench>,
    #[command(subcommand)]
    part: Option<Part>,
}

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Bench {
    /// Commands through the whole loop on SQLite.
    CommandsSqlite,
    /// Commands through the whole loop on PostgreSQL.
    CommandsPostgres,
    /// Refold, start from a snapshot, memory.
    Start,
    /// CAP alerts read, checked and matched.
    Alerts,
    /// The picture over HTTP.
    Cop,
    /// One change to thousands of watchers.
    Fanout,
    /// Rules decide what a signal means.
    Rules,
    /// What it costs that each organization sees a picture of its own.
    Sharing,
    /// Command and resources: many commands while many watch, and the nearest resources that fit.
    Nims,
    /// From a launch to the last message that a provider took.
    Telling,
    /// The dashboard in a real browser.
    Dashboard,
}

/// What this program does as a child of itself.
#[derive(Subcommand)]
enum Part {
    /// Makes the World of a log and says what that took.
    #[command(hide = true)]
    Start {
        /// Address of the store.
        url: String,
        /// From where.
        from: starting::From,
    },
    /// Serves a hub until the input ends.
    #[command(hide = true)]
    Serve {
        /// Address of the store.
        url: String,
        /// Whether records change by themselves.
        pace: server::Pace,
    },
    /// Tells a crowd and says what that took.
    #[command(hide = true)]
    Crowd {
        /// Address of the store.
        url: String,
        /// Where the mail sink listens.
        port: u16,
        /// How many people.
        people: usize,
    },
}

/// The allocator that the hub ships with.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    match arguments.part {
        Some(Part::Start { url, from }) => {
            print(&starting::start(&url, from).await?);
            return Ok(());
        }
        Some(Part::Crowd { url, port, people }) => {
            print(&telling::crowd::tell(&url, port, people).await?);
            return Ok(());
        }
        Some(Part::Serve { url, pace }) => return server::run(&url, pace).await,
        None => {}
    }
    let mut effort = if arguments.quick { Effort::QUICK } else { Effort::FULL };
    effort.watch_minutes = arguments.watch.unwrap_or(effort.watch_minutes);
    let mut rows = Vec::new();
    for bench in Bench::value_variants() {
        if arguments.only.is_empty() || arguments.only.contains(bench) {
            rows.extend(run(*bench, effort).await?);
        }
    }
    print(&if arguments.json { report::json(&rows)? } else { report::table(&rows) });
    Ok(())
}

async fn run(bench: Bench, effort: Effort) -> anyhow::Result<Vec<Row>> {
    match bench {
        Bench::CommandsSqlite => commands::measure(places::Kind::Sqlite, effort).await,
        Bench::CommandsPostgres => commands::measure(places::Kind::Postgres, effort).await,
        Bench::Start => starting::measure(effort).await,
        Bench::Alerts => alerts::measure(effort),
        Bench::Cop => cop::measure(effort).await,
        Bench::Fanout => fanout::measure(effort).await,
        Bench::Rules => rules::measure(effort),
        Bench::Sharing => sharing::measure(effort).await,
        Bench::Nims => nims::measure(effort).await,
        Bench::Telling => telling::measure(effort).await,
        Bench::Dashboard => dashboard::measure(effort).await,
    }
}

fn print(text: &str) {
    use std::io::Write as _;
    // A reader that went away needs no error.
    let _ = writeln!(std::io::stdout(), "{}", text.trim_end());
}
