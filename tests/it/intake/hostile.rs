//! Hostile documents disturb nothing else.

use std::time::{Duration, Instant};

use muster::intake::Outcome;
use muster::intake::feeds::entries;

use super::place::{Place, alert};

fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let bomb = "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]>";
    vec![
        ("random bytes", (0..=255).cycle().take(100_000).collect()),
        ("huge", vec![b'<'; 6 * 1024 * 1024]),
        ("deep", "<a>".repeat(500_000).into_bytes()),
        ("entities", format!("{bomb}{}", alert("E")).into_bytes()),
        (
            "external entity",
            format!("<!DOCTYPE a SYSTEM \"file:///etc/passwd\">{}", alert("X")).into(),
        ),
        (
            "attributes",
            format!("<feed {}/>", (0..200_000).map(|n| format!("a{n}='' ")).collect::<String>())
                .into(),
        ),
        (
            "namespaces",
            format!(
                "<feed {}/>",
                (0..100_000).map(|n| format!("xmlns:a{n}='u{n}' ")).collect::<String>()
            )
            .into(),
        ),
        ("gzip", b"\x1f\x8b\x08\0\0\0\0\0\0\x03".repeat(1_000)),
        ("json", format!("{{\"a\":{}", "[".repeat(1_000_000)).into_bytes()),
        ("zero bytes", vec![0; 1_000_000]),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn each_is_quarantined_quickly_while_others_are_taken() {
    let place = Place::new().await;
    for (name, bytes) in hostile() {
        let start = Instant::now();
        let (bad, good) = tokio::join!(place.take(&bytes), place.take(alert(name)));
        assert!(bad.iter().all(|o| matches!(o, Outcome::Quarantined { .. })), "{name}: {bad:?}");
        assert!(!bad.is_empty(), "{name}");
        assert!(matches!(good[..], [Outcome::Accepted { .. }]), "{name}: {good:?}");
        assert!(start.elapsed() < Duration::from_secs(10), "{name}: {:?}", start.elapsed());
    }
}

#[test]
fn each_is_refused_as_a_feed() {
    let base = "https://feed.example/".parse().unwrap();
    for (name, bytes) in hostile() {
        let start = Instant::now();
        let contents = entries::read(&bytes, &base);
        assert!(contents.is_err(), "{name}: {contents:?}");
        assert!(start.elapsed() < Duration::from_secs(10), "{name}: {:?}", start.elapsed());
    }
}
