mod circles;
mod correlation;
mod defaults;
mod heritage;
mod reading;

use super::{Adopt, DEFAULT};
use crate::domain::event::Event;
use crate::domain::testing::{Story, given};

/// A story in which these rules are the first thing to be adopted.
fn with_rules(source: &str) -> Story {
    given([Adopt { source: source.to_owned() }])
}

fn with_defaults() -> Story {
    with_rules(DEFAULT)
}

/// The events beside the message itself, one line each.
fn told(events: &[Event]) -> String {
    let lines = events.iter().filter_map(|event| match event {
        Event::SignalReceived(_) => None,
        Event::IncidentOpened(e) => {
            let rule = e.rule.as_deref().unwrap_or("nobody");
            Some(format!(
                "opened {} “{}” {} {} by {rule}",
                e.number,
                e.name,
                e.kind.code(),
                e.status
            ))
        }
        Event::SignalAttached(e) => Some(format!("attached: {}", e.reason)),
        Event::SignalSuggested(e) => {
            let to = if e.incident.is_some() { "an incident" } else { "a new incident" };
            Some(format!("suggested {to} by {}: {}", e.rule, e.reason))
        }
        Event::SignalEnded(e) => Some(format!("ended: {}", e.end.as_str())),
        Event::StatusChanged(e) => Some(format!("{} → {}: {}", e.from, e.to, e.reason.as_deref()?)),
        Event::IncidentLocated(e) => Some(format!("located: {}", e.reason.as_deref()?)),
        other => Some(other.kind().to_owned()),
    });
    let lines: Vec<_> = lines.collect();
    if lines.is_empty() { "nothing".to_owned() } else { lines.join("\n") }
}
