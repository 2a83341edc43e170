//! Proofs that nobody is shown what they should not see.

mod revocation;
mod scene;
