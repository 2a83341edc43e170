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

/// The same for the secret of a log-in by an identity provider that is under way.
const SECURE_LEAVING: &str = "__Host-muster-oidc";
const PLAIN_LEAVING: &str = "muster-oidc";
/// How long such a log-in may take, in seconds.
const LEAVING_SECONDS_MAX: u32 = 600;

/// Of what the cookie of a session consists besides its name and value. Scripts cannot read it,
/// and other sites' requests carry it only when a person follows a link.
const ATTRIBUTES: &str = "; Path=/; HttpOnly; SameSite=Lax";

/// The secret of the session that a request's cookie holds.
pub(in crate::web) fn secret<'h>(headers: &'h HeaderMap, site: &Site) -> Option<&'h str> {
    value_of(headers, name_at(site))
}

/// The secret of a log-in by an identity provider that is under way.
pub(super) fn left<'h>(headers: &'h HeaderMap, site: &Site) -> Option<&'h str> {
    value_of(headers, leaving_at(site))
}

fn value_of<'h>(headers: &'h HeaderMap, wanted: &str) -> Option<&'h str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|c| c.split_once('='));
    let mut ours = pairs.filter(|(name, _)| name.trim() == wanted);
    ours.next().map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
}

/// What sets the cookie. Without a lifetime: it goes with the browser's own session at the latest.
pub(super) fn set(secret: &str, site: &Site) -> HeaderValue {
    header(name_at(site), secret, "", site)
}

/// What deletes the cookie.
pub(super) fn clear(site: &Site) -> HeaderValue {
    header(name_at(site), "", "; Max-Age=0", site)
}

/// What sets the cookie of a log-in that goes by an identity provider.
pub(super) fn leave(secret: &str, site: &Site) -> HeaderValue {
    header(leaving_at(site), secret, &format!("; Max-Age={LEAVING_SECONDS_MAX}"), site)
}

/// What deletes that cookie.
pub(super) fn arrive(site: &Site) -> HeaderValue {
    header(leaving_at(site), "", "; Max-Age=0", site)
}

fn header(name: &str, value: &str, lifetime: &str, site: &Site) -> HeaderValue {
    let secure = if site.is_secure() { "; Secure" } else { "" };
    let text = format!("{name}={value}{ATTRIBUTES}{secure}{lifetime}");
    // A secret is hexadecimal, so this is a header.
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

fn name_at(site: &Site) -> &'static str {
    if site.is_secure() { SECURE } else { PLAIN }
}

fn leaving_at(site: &Site) -> &'static str {
    if site.is_secure() { SECURE_LEAVING } else { PLAIN_LEAVING }
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
        insta::assert_snapshot!(shown(set("5e", &public)), @"__Host-muster=5e; Path=/; HttpOnly; SameSite=Lax; Secure");
        insta::assert_snapshot!(shown(clear(&public)), @"__Host-muster=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0");
        insta::assert_snapshot!(shown(set("5e", &site("http://127.0.0.1:8620"))), @"muster=5e; Path=/; HttpOnly; SameSite=Lax");
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
