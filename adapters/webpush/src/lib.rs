//! The channel that notifies a browser, by RFC 8030, 8291 and 8292.
