//! Any bytes are read as a feed or refused; an alert that a feed embeds can stand alone.
#![no_main]

#[path = "../../../src/intake/feeds/entries.rs"]
mod entries;

use entries::{Contents, Item, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let base = "https://feed.example/alerts/".parse().expect("it is an address");
    let Ok(Contents::Feed(feed)) = read(bytes, &base) else { return };
    for item in feed.items {
        match item {
            Item::Linked(link) => assert!(matches!(link.url.scheme(), "http" | "https")),
            Item::Embedded(document) => assert!(std::str::from_utf8(&document).is_ok()),
        }
    }
});
