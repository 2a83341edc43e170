//! Areas for messages that only name codes of places.

use muster_contract::{Alert, MultiPolygon};

/// Tables from codes to areas.
#[derive(Debug, Default)]
pub struct Geocodes;

impl Geocodes {
    /// The areas that the geocodes of an alert name, where it draws none itself.
    #[must_use]
    pub fn resolve(&self, _alert: &Alert) -> Option<MultiPolygon> {
        None
    }
}
