//! The canonical types that every adapter of Muster translates to and from.
//!
//! An adapter is a pure codec: bytes in, canonical types out, and back. It opens no socket, reads
//! no clock and keeps no state, so it can be tested with nothing but files and replaced without
//! touching the hub. Example: the CAP adapter reads a flood warning of the weather service into an
//! [`Alert`]; the hub records it as a signal, and never learns that XML was involved.
//!
//! - [`alert`]: what a sender said, in the vocabulary of CAP 1.2, the richest of the alert formats.
//! - [`geometry`]: positions, polygons and circles on WGS 84, and the areas they make.
//! - [`antimeridian`]: rings that cross the line where longitude jumps from 180 to −180.
//! - [`matching`]: which positions lie in the area of an alert.
//! - [`codec`]: the trait of a decoder, and how a rejected message says where and why.
//!
//! The other kind of adapter is a channel: a client that hands messages to a provider. It has
//! sockets, and still no state that matters: who is told what, and what came of it, is the hub's.
//!
//! - [`channel`]: the trait of a channel, what it is handed and what it answers.
//! - [`reach`]: which addresses a stranger may send the hub to.
//! - [`secret`]: the passwords and keys that it is given.

pub mod alert;
pub mod antimeridian;
pub mod channel;
pub mod codec;
pub mod geometry;
pub mod matching;
pub mod reach;
pub mod secret;

pub use alert::{Alert, AlertKey, Area, Info, Resource};
pub use codec::{Decoded, Decoder, Rejection, Warning};
pub use geometry::{BoundingBox, Circle, MultiPolygon, Polygon, Position};
pub use matching::{AreaMatcher, PointSet};
pub use secret::Secret;
