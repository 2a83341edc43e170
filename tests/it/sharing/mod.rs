//! Proofs that nobody is shown what they should not see.

mod operations;
mod revocation;
mod scene;
