//! The API as its clients see it: over HTTP and WebSockets, from the real server.

mod mutations;
mod queries;
mod schema;
