//! The published GraphQL clients, run by Node.

use std::path::PathBuf;
use std::process::Stdio;

use tokio::process::Command;

/// A script of `tests/api-clients`, ready to be started; killed when it is dropped.
pub(crate) fn script(name: &str) -> Command {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/api-clients");
    assert!(
        folder.join("node_modules").exists(),
        "the published GraphQL clients are not installed: run `ops/setup --test`"
    );
    let mut command = Command::new("node");
    command.arg(name).current_dir(folder).stdout(Stdio::piped()).kill_on_drop(true);
    command
}
