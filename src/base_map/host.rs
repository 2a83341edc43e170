//! Tiles of another host, which browsers ask themselves.

use url::{Host, Url};

use crate::identity::Site;

/// What stands in the address for a tile's zoom, column and row.
const PLACES: [&str; 3] = ["{z}", "{x}", "{y}"];
/// Characters of the address.
const ADDRESS_CHARS_MAX: usize = 2_000;
/// The nearest zoom that the dashboard's map goes to.
const ZOOM_MAX: u8 = 22;
/// The nearest zoom that most hosts have.
const ZOOM_DEFAULT: u8 = 19;
/// How an address looks, for those who wrote another.
const EXAMPLE: &str = "https://tiles.county.example/{z}/{x}/{y}.png";

/// A host of tiles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TileHost {
    /// The address of one tile, with `{z}`, `{x}` and `{y}`.
    pub address: String,
    /// What a browser calls the host: scheme, name and port. It has nothing in it that would mean
    /// something else in a Content-Security-Policy.
    pub origin: String,
    /// The nearest zoom that it has tiles of.
    pub max_zoom: u8,
    /// Whether its tiles hold shapes (MVT), and not pictures.
    pub is_vector: bool,
}

impl TileHost {
    /// A host by the address of its tiles, for a dashboard at this site.
    ///
    /// # Errors
    /// The mistake with its key, and what to do.
    pub fn new(address: String, max_zoom: Option<u8>, site: &Site) -> Result<Self, String> {
        let max_zoom = max_zoom.unwrap_or(ZOOM_DEFAULT);
        if max_zoom > ZOOM_MAX {
            return Err(format!(
                "`map.max_zoom`: {max_zoom} is nearer than the map goes; write {ZOOM_MAX} or less"
            ));
        }
        let origin = origin_of(&address, site).map_err(|why| format!("`map.tiles`: {why}"))?;
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let is_vector = [".mvt", ".pbf"].iter().any(|ending| path.ends_with(ending));
        Ok(Self { origin, max_zoom, is_vector, address })
    }
}

/// The host of an address that browsers of this site can ask.
fn origin_of(address: &str, site: &Site) -> Result<String, String> {
    if address.len() > ADDRESS_CHARS_MAX {
        return Err(format!("this is longer than {ADDRESS_CHARS_MAX} characters"));
    }
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let Some(url) = url else {
        return Err(format!("this is not an http or https address; write one such as {EXAMPLE}"));
    };
    if let Some(missing) = PLACES.iter().find(|place| !address.contains(**place)) {
        return Err(format!("{missing} is missing; write an address such as {EXAMPLE}"));
    }
    let rest = PLACES.iter().fold(address.to_owned(), |rest, place| rest.replace(place, ""));
    if rest.contains(['{', '}']) {
        return Err(
            "nothing but {z}, {x} and {y} is filled in; write out what else stands in braces"
                .to_owned(),
        );
    }
    if !is_plain(&url) {
        return Err(
            "its host is not one that a browser can be told to allow; write a name of letters, \
             digits, dots and hyphens, without user and password"
                .to_owned(),
        );
    }
    if url.scheme() == "http" && site.is_secure() {
        return Err("a page that came by https may not ask by http; write an address that begins \
                    with https://"
            .to_owned());
    }
    Ok(url.origin().ascii_serialization())
}

/// Whether the host can stand in a Content-Security-Policy and be asked by a browser.
fn is_plain(url: &Url) -> bool {
    let named = match url.host() {
        Some(Host::Domain(name)) => {
            name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
        }
        Some(Host::Ipv4(_)) => true,
        // The policy has no way to write these.
        Some(Host::Ipv6(_)) | None => false,
    };
    named && url.username().is_empty() && url.password().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(address: &str, site: &str) -> Result<TileHost, String> {
        let site = Site::new(Url::parse(site).unwrap()).unwrap();
        TileHost::new(address.to_owned(), None, &site)
    }

    const HTTPS: &str = "https://hub.county.example";

    #[test]
    fn the_origin_is_the_host_of_the_address_and_nothing_else() {
        let origin = |address| host(address, HTTPS).unwrap().origin;
        assert_eq!(origin(EXAMPLE), "https://tiles.county.example");
        assert_eq!(origin("https://T.example:443/{z}/{x}/{y}?key=a;b"), "https://t.example");
        assert_eq!(origin("https://10.0.0.7:8443/{z}/{x}/{y}.jpg"), "https://10.0.0.7:8443");
        assert_eq!(origin("https://bücher.example/{z}/{x}/{y}"), "https://xn--bcher-kva.example");
        let local = host("http://localhost:8080/{z}/{x}/{y}.png", "http://127.0.0.1:8620");
        assert_eq!(local.unwrap().origin, "http://localhost:8080");
    }

    #[test]
    fn shapes_are_told_from_pictures_by_the_ending() {
        let is_vector = |address| host(address, HTTPS).unwrap().is_vector;
        assert!(is_vector("https://t.example/v4/{z}/{x}/{y}.mvt?key=1"));
        assert!(is_vector("https://t.example/{z}/{x}/{y}.pbf"));
        assert!(!is_vector("https://t.example/{z}/{x}/{y}.png"));
        assert!(!is_vector("https://t.example/{z}/{x}/{y}?format=.mvt"));
    }

    #[test]
    fn what_a_browser_could_not_ask_is_refused_with_what_to_do() {
        let all = [
            "tiles/{z}/{x}/{y}.png",
            "https://t.example/{z}/{y}.png",
            "https://{s}.t.example/{z}/{x}/{y}.png",
            "https://{z}/{x}/{y}.png",
            "https://t.example;x/{z}/{x}/{y}.png",
            "https://[::1]/{z}/{x}/{y}.png",
            "https://me:secret@t.example/{z}/{x}/{y}.png",
            "http://t.example/{z}/{x}/{y}.png",
        ];
        let all = all.map(|address| {
            let told = host(address, HTTPS).unwrap_err();
            told.strip_prefix("`map.tiles`: ").unwrap().to_owned()
        });
        insta::assert_snapshot!(all.join("\n"), @r"
        this is not an http or https address; write one such as https://tiles.county.example/{z}/{x}/{y}.png
        {x} is missing; write an address such as https://tiles.county.example/{z}/{x}/{y}.png
        nothing but {z}, {x} and {y} is filled in; write out what else stands in braces
        its host is not one that a browser can be told to allow; write a name of letters, digits, dots and hyphens, without user and password
        its host is not one that a browser can be told to allow; write a name of letters, digits, dots and hyphens, without user and password
        its host is not one that a browser can be told to allow; write a name of letters, digits, dots and hyphens, without user and password
        its host is not one that a browser can be told to allow; write a name of letters, digits, dots and hyphens, without user and password
        a page that came by https may not ask by http; write an address that begins with https://
        ");
    }
}
