//! `muster schema`.

use std::process::ExitCode;

/// Prints the GraphQL schema, as it is published in schema/hub.graphql.
pub(crate) fn run() -> ExitCode {
    print!("{}", muster::graphql::sdl());
    ExitCode::SUCCESS
}
