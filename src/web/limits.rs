//! The bounds of the server, in one place. Those of GraphQL documents are in
//! [`crate::graphql::limits`].

use std::time::Duration;

/// Connections at once, without those that became WebSockets; more wait in the system's queue.
pub const CONNECTIONS_MAX: usize = 20_000;
/// Connections that may wait in the system's queue until they are taken; above that clients are
/// reset. The system may allow less (`net.core.somaxconn`).
pub const CONNECTIONS_WAITING_MAX: u32 = 4_096;
/// How long the head of a request may take to arrive, and a connection may be idle.
pub const HEADER_TIME_MAX: Duration = Duration::from_secs(10);
/// How often a client of HTTP/2 is asked whether it is there.
pub const HTTP2_PING_EVERY: Duration = Duration::from_secs(20);
/// How long any request but a WebSocket may take, its body included.
pub const REQUEST_TIME_MAX: Duration = Duration::from_secs(60);
/// GraphQL documents that are kept parsed.
pub const DOCUMENTS_KEPT: usize = 1_000;
/// Answers that are kept for those who ask the same before the log grows.
pub const ANSWERS_KEPT: usize = 1_000;
/// Bytes of such answers.
pub const ANSWERS_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Bytes of a base map's file that are handed out at once: a few of the largest tiles. Longer parts are
/// cut, which a browser sees (RFC 9110, clause 14.2).
pub const MAP_PART_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// WebSocket connections.
pub const SOCKETS_MAX: usize = 20_000;
/// Operations that go on at the same time on one connection.
pub const OPERATIONS_PER_SOCKET_MAX: usize = 64;
/// Bytes of a WebSocket message from a client.
pub const SOCKET_MESSAGE_BYTES_MAX: usize = 256 * 1024;
/// Bytes that are read at once from a WebSocket; a longer message is read in parts. The space for
/// them is cleared before every read, also when a watcher has said nothing, so it is small.
pub const SOCKET_READ_BYTES: usize = 4 * 1024;
/// How long a client may take to begin after it has connected.
pub const SOCKET_INIT_TIME_MAX: Duration = Duration::from_secs(10);
/// How often the hub asks a silent client whether it is there.
pub const SOCKET_PING_EVERY: Duration = Duration::from_secs(20);
/// How long a client may say nothing, not even answer that.
pub const SOCKET_SILENCE_MAX: Duration = Duration::from_secs(60);
/// How long one write to a client may take.
pub const SOCKET_WRITE_TIME_MAX: Duration = Duration::from_secs(30);
/// Events that a slow subscriber may lag behind before it is told to resume: more than come at once,
/// and some seconds of those that go on.
pub const EVENTS_KEPT: usize = 128;
/// How long closing all connections may take at the end.
pub const CLOSING_TIME_MAX: Duration = Duration::from_secs(5);
