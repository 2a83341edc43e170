//! The cookie of a log-in.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};

use crate::identity::Site;

/// Where the site is reached by https. Browsers take a cookie with this prefix only over https,
/// for the whole host and for no other (RFC 6265bis section 4.1.3), so that neither a sister
/// domain nor somebody on the network can plant one.
const SECURE: &str = "__Host-muster";
/// Where it is reached by plain http, which is on this machine alone: browsers would not keep a
/// cookie with that prefix there.
const PLAIN: &str = "muster";

/// Of what the cookie of a session consists besides its name and value. Scripts cannot read it,
/// and other sites' requests carry it only when a person follows a link.
const ATTRIBUTES: &str = "; Path=/; HttpOnly; SameSite=Lax";

/// The secret of the session that a request's cookie holds.
pub(in crate::web) fn secret<'h>(headers: &'h HeaderMap, site: &Site) -> Option<&'h str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|c| c.split_once('='));
    let mut ours = pairs.filter(|(name, _)| name.trim() == name_at(site));
    ours.next().map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
}

/// What sets the cookie. Without a lifetime: it goes with the browser's own session at the latest.
pub(super) fn set(secret: &str, site: &Site) -> HeaderValue {
    header(secret, "", site)
}

/// What deletes the cookie.
pub(super) fn clear(site: &Site) -> HeaderValue {
    header("", "; Max-Age=0", site)
}

fn header(value: &str, lifetime: &str, site: &Site) -> HeaderValue {
    let secure = if site.is_secure() { "; Secure" } else { "" };
    let text = format!("{}={value}{ATTRIBUTES}{secure}{lifetime}", name_at(site));
    // A secret is hexadecimal, so this is a header.
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

fn name_at(site: &Site) -> &'static str {
    if site.is_secure() { SECURE } else { PLAIN }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(url: &str) -> Site {
        Site::new(url.parse().unwrap()).unwrap()
    }

    #[test]
    fn the_cookie_is_kept_to_this_host_and_out_of_the_reach_of_scripts() {
        let shown = |value: HeaderValue| value.to_str().unwrap().to_owned();
        let public = site("https://hub.county.example");
        insta::assert_snapshot!(shown(set("5e", &public)), @"");
        insta::assert_snapshot!(shown(clear(&public)), @"");
        insta::assert_snapshot!(shown(set("5e", &site("http://127.0.0.1:8620"))), @"");
    }

    #[test]
    fn only_the_cookie_of_this_hub_counts() {
        let public = site("https://hub.county.example");
        let found = |cookies: &'static str| {
            let headers = HeaderMap::from_iter([(COOKIE, HeaderValue::from_static(cookies))]);
            secret(&headers, &public).map(ToOwned::to_owned)
        };
        assert_eq!(found("a=b; __Host-muster=5e; c=d").as_deref(), Some("5e"));
        for other in ["muster=5e", "__Host-muster=", "x__Host-muster=5e", ""] {
            assert_eq!(found(other), None, "{other}");
        }
    }
}
