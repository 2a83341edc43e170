//! Proofs that nobody is shown what they should not see.

mod coverage;
mod operations;
mod revocation;
mod scene;
