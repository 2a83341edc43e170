//! Proofs that nobody is shown what they should not see.

mod coverage;
mod operations;
mod planted;
mod positions;
mod revocation;
mod scene;
