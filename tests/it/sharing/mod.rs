//! Proofs that nobody is shown what they should not see.

mod coverage;
mod operations;
mod positions;
mod revocation;
mod scene;
