//! Where a feed may send the hub.
//!
//! The operator says which feeds to poll, and the feeds say which documents to fetch. A feed that
//! was broken into must not make the hub ask the servers of its own network: a link or redirect
//! that leaves the server of the feed may lead only to public addresses.

use std::net::SocketAddr;

use muster_contract::reach::is_public;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// Whether two addresses have the same scheme, host and port.
pub(super) fn same_server(one: &Url, other: &Url) -> bool {
    one.origin() == other.origin()
}

/// Whether an address is on this machine, by what is written in it.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Whether an address is written as numbers that are not public. Names are checked by [`Public`].
pub(super) fn is_private_literal(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => !is_public(address.into()),
        Some(Host::Ipv6(address)) => !is_public(address.into()),
        Some(Host::Domain(_)) | None => false,
    }
}

/// Resolves names to their public addresses only, and connects to nothing else.
pub(super) struct Public;

impl Resolve for Public {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|a| is_public(a.ip())).collect();
            if public.is_empty() {
                return Err("the name has no public address, and only the feed's own server may have another".into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}
