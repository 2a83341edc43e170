//! A hub on a store of its own, and documents to hand in.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use muster::domain::Principal;
use muster::hub::{Clock, Hub, Running};
use muster::intake::{Document, Geocodes, Intake, Outcome};
use tempfile::TempDir;

/// A hub on SQLite in a folder that goes with it.
pub(super) struct Place {
    pub(super) intake: Intake,
    pub(super) principal: Arc<Principal>,
    running: Running,
    folder: TempDir,
}

impl Place {
    pub(super) async fn new() -> Self {
        Self::with(Geocodes::default()).await
    }

    pub(super) async fn with(geocodes: Geocodes) -> Self {
        // Every test may be the first.
        drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("muster.db").display());
        let store = muster::log::open(&url).await.unwrap();
        let running = Hub::start(store, Clock::system()).await.unwrap();
        let intake = Intake::new(running.hub.clone(), geocodes);
        Self { intake, principal: Arc::new(Principal::hub()), running, folder }
    }

    /// Stops the hub, and leaves everything else to see how that is taken.
    pub(super) async fn stop_hub(self) -> (Intake, TempDir) {
        self.running.stop().await;
        (self.intake, self.folder)
    }

    /// A path beside the store.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(super) async fn take(&self, bytes: impl AsRef<[u8]>) -> Vec<Outcome> {
        let bytes = bytes.as_ref().to_vec();
        let document = Document { bytes, name: "test.xml".into(), source: "test".into() };
        self.intake.take(&self.principal, document).await
    }

    pub(super) fn signals(&self) -> usize {
        self.intake.hub().picture().world.signals().count()
    }

    pub(super) async fn quarantined(&self) -> Vec<String> {
        let items = self.intake.quarantined(None, 200).await.unwrap();
        items.into_iter().map(|item| item.error).collect()
    }

    /// Waits until the picture shows so many signals.
    pub(super) async fn until_signals(&self, count: usize) {
        let mut steps = self.intake.hub().steps();
        let wait = async {
            while self.signals() < count {
                drop(steps.recv().await);
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(20), wait).await;
        assert!(waited.is_ok(), "{} signals after 20 s, not {count}", self.signals());
    }
}

/// Waits until something holds.
pub(super) async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let wait = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let waited = tokio::time::timeout(Duration::from_secs(20), wait).await;
    assert!(waited.is_ok(), "{what}: not within 20 s");
}

/// An alert that is live for years.
pub(super) fn alert(identifier: &str) -> String {
    alert_in(identifier, "<polygon>38,-90 38,-89 39,-89 38,-90</polygon>")
}

/// An alert with this inside its area.
pub(super) fn alert_in(identifier: &str, area: &str) -> String {
    format!(
        r#"<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>{identifier}</identifier><sender>eoc@harbor.example</sender>
  <sent>2026-03-01T12:00:00-00:00</sent><status>Actual</status>
  <msgType>Alert</msgType><scope>Public</scope>
  <info><category>Met</category><event>Flood</event><urgency>Immediate</urgency>
    <severity>Severe</severity><certainty>Observed</certainty>
    <expires>2036-03-01T12:00:00-00:00</expires>
    <area><areaDesc>Harbor</areaDesc>{area}</area></info>
</alert>"#
    )
}

/// The same without the severity.
pub(super) fn malformed(identifier: &str) -> String {
    alert(identifier).replace("<severity>Severe</severity>", "")
}

pub(super) fn write(path: &Path, text: impl AsRef<[u8]>) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}
