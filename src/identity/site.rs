//! Where people reach the hub, which decides how careful cookies and addresses can be.

use std::net::IpAddr;

use url::{Host, Url};

/// The address by which browsers reach the hub.
#[derive(Clone, Debug)]
pub struct Site {
    base: Url,
}

/// The address cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "only this machine may be reached by plain http; write an address that begins with https://"
)]
pub struct NotSecure;

impl Site {
    /// A site at this address.
    ///
    /// # Errors
    /// [`NotSecure`] when passwords would cross a network in clear.
    pub fn new(mut base: Url) -> Result<Self, NotSecure> {
        let loopback = is_loopback(&base);
        if base.scheme() != "https" && !(base.scheme() == "http" && loopback) {
            return Err(NotSecure);
        }
        if !base.path().ends_with('/') {
            let path = format!("{}/", base.path());
            base.set_path(&path);
        }
        Ok(Self { base })
    }

    /// The site of a hub that was told no address: this machine by plain http while it listens on
    /// a loopback address, else whatever proxy stands before it, which then must speak https.
    #[must_use]
    pub fn of_listener(address: std::net::SocketAddr) -> Self {
        let scheme = if address.ip().is_loopback() { "http" } else { "https" };
        let base = Url::parse(&format!("{scheme}://{address}/"));
        Self { base: base.unwrap_or_else(|_| unreachable_base()) }
    }

    /// The address of one of its pages.
    #[must_use]
    pub fn page(&self, path: &str) -> Url {
        self.base.join(path).unwrap_or_else(|_| self.base.clone())
    }

    /// Whether browsers reach it by https, so that cookies can be kept to that.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.base.scheme() == "https"
    }

    /// Whether the header `Origin` names a page of this site: the address that the operator told,
    /// or the one that the browser itself used, which the header `Host` names.
    #[must_use]
    pub fn is_origin(&self, origin: &str, host: Option<&str>) -> bool {
        let Ok(origin) = Url::parse(origin) else { return false };
        let same_as_told = origin.origin() == self.base.origin();
        // By the scheme of the site: a page that came by plain http is not one of ours where
        // ours come by https.
        let asked =
            host.and_then(|host| Url::parse(&format!("{}://{host}", self.base.scheme())).ok());
        same_as_told || asked.is_some_and(|asked| asked.origin() == origin.origin())
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    }
}

#[expect(clippy::expect_used, reason = "the text is a constant")]
fn unreachable_base() -> Url {
    Url::parse("https://localhost/").expect("this is an address")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine_alone() {
        let site = |text: &str| Site::new(Url::parse(text).unwrap());
        assert!(site("https://hub.county.example/muster").unwrap().is_secure());
        assert!(!site("http://localhost:8620").unwrap().is_secure());
        assert!(site("http://[::1]:8620").is_ok() && site("http://127.0.0.1").is_ok());
        assert_eq!(site("http://hub.county.example").unwrap_err(), NotSecure);
        assert_eq!(site("ftp://localhost").unwrap_err(), NotSecure);
        let page = site("https://hub.county.example/muster").unwrap().page("login");
        assert_eq!(page.as_str(), "https://hub.county.example/muster/login");
    }

    #[test]
    fn a_page_of_another_site_is_not_of_this_one() {
        let site = Site::new(Url::parse("https://hub.example/").unwrap()).unwrap();
        assert!(site.is_origin("https://hub.example", None));
        assert!(site.is_origin("https://hub.local:8443", Some("hub.local:8443")));
        for other in ["https://evil.example", "http://hub.example", "null", ""] {
            assert!(!site.is_origin(other, Some("hub.example")), "{other}");
        }
    }
}
