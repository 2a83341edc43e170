//! Feeds on a real server.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{ACCEPT_ENCODING, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use muster::intake::feeds::{Feed, FeedError, SourceHealth, Sources};
use tokio_util::sync::CancellationToken;

use super::place::{Place, alert, malformed, until};

/// What the server answers at a path.
#[derive(Clone)]
enum Page {
    Text(String),
    /// With an ETag, and 304 to who has it.
    Tagged(String, &'static str),
    Status(u16),
    /// A body that never ends.
    Endless,
    /// An answer that never begins.
    Silent,
    Redirect(String),
    Gzip,
}

/// A server whose pages a test changes, and which counts what it is asked.
#[derive(Clone, Default)]
struct Site {
    pages: Arc<Mutex<HashMap<String, Page>>>,
    asked: Arc<Mutex<HashMap<String, usize>>>,
    unchanged: Arc<AtomicUsize>,
    address: String,
}

impl Site {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let site = Self { address, ..Self::default() };
        let router = Router::new().route("/{*path}", get(serve)).with_state(site.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        site
    }

    fn put(&self, path: &str, page: Page) {
        self.pages.lock().unwrap().insert(path.to_owned(), page);
    }

    fn asked(&self, path: &str) -> usize {
        self.asked.lock().unwrap().get(path).copied().unwrap_or_default()
    }

    fn feed(&self, path: &str) -> Feed {
        let url = format!("{}/{path}", self.address).parse().unwrap();
        Feed { name: path.to_owned(), url, every: Duration::from_millis(50) }
    }
}

async fn serve(State(site): State<Site>, Path(path): Path<String>, headers: HeaderMap) -> Response {
    *site.asked.lock().unwrap().entry(path.clone()).or_default() += 1;
    // Else it might choose an encoding that the hub does not read.
    assert_eq!(headers[ACCEPT_ENCODING], "identity");
    let page = site.pages.lock().unwrap().get(&path).cloned().unwrap_or(Page::Status(404));
    match page {
        Page::Text(text) => text.into_response(),
        Page::Tagged(_, tag) if headers.get(IF_NONE_MATCH).is_some_and(|v| v == tag) => {
            site.unchanged.fetch_add(1, Ordering::Relaxed);
            StatusCode::NOT_MODIFIED.into_response()
        }
        Page::Tagged(text, tag) => ([(ETAG, tag)], text).into_response(),
        Page::Status(status) => StatusCode::from_u16(status).unwrap().into_response(),
        Page::Endless => {
            let piece = Ok::<_, std::io::Error>("x".repeat(65_536));
            Body::from_stream(futures_util::stream::repeat_with(move || {
                piece.as_ref().map(Clone::clone).map_err(|_| std::io::Error::other("never"))
            }))
            .into_response()
        }
        Page::Silent => std::future::pending().await,
        Page::Redirect(to) => (StatusCode::FOUND, [("location", to)]).into_response(),
        Page::Gzip => ([("content-encoding", "gzip")], vec![0_u8; 1_000]).into_response(),
    }
}

/// The feeds of a test, polled until it ends.
struct Polled {
    sources: Arc<Sources>,
    stop: CancellationToken,
}

impl Polled {
    fn start(place: &Place, feeds: Vec<Feed>) -> Self {
        let sources = Arc::new(Sources::new(place.intake.clone(), feeds).unwrap());
        let stop = CancellationToken::new();
        tokio::spawn(Arc::clone(&sources).run(stop.clone()));
        Self { sources, stop }
    }

    fn health(&self) -> SourceHealth {
        self.sources.health().remove(0)
    }

    async fn until_health(
        &self,
        what: &str,
        holds: impl Fn(&SourceHealth) -> bool,
    ) -> SourceHealth {
        until(what, || holds(&self.health())).await;
        self.health()
    }

    /// The sentence of the first failure.
    async fn failure(&self, site: &Site) -> String {
        let health = self.until_health("a failure", |health| health.last_error.is_some()).await;
        health.last_error.unwrap().message.replace(&site.address, "http://site")
    }
}

impl Drop for Polled {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

fn atom(entries: &str) -> String {
    format!("<feed xmlns='http://www.w3.org/2005/Atom'><title>Alerts</title>{entries}</feed>")
}

fn entry(link: &str, updated: &str) -> String {
    format!(
        "<entry><id>urn:{link}</id><updated>{updated}</updated><link href='{link}' type='application/cap+xml'/></entry>"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn linked_alerts_are_fetched_once_and_again_when_their_entry_changes() {
    let (place, site) = (Place::new().await, Site::start().await);
    site.put("atom", Page::Text(atom(&(entry("a.xml", "1") + &entry("/b.xml", "1")))));
    site.put("a.xml", Page::Text(alert("A")));
    site.put("b.xml", Page::Text(alert("B")));
    let polled = Polled::start(&place, vec![site.feed("atom")]);
    place.until_signals(2).await;
    let before = site.asked("atom");
    until("more polls", || site.asked("atom") >= before + 3).await;
    assert_eq!((site.asked("a.xml"), site.asked("b.xml")), (1, 1));

    site.put("a.xml", Page::Text(alert("A-2")));
    site.put("atom", Page::Text(atom(&(entry("a.xml", "2") + &entry("/b.xml", "1")))));
    place.until_signals(3).await;
    assert_eq!((site.asked("a.xml"), site.asked("b.xml")), (2, 1));
    let health = polled.until_health("three accepted", |h| h.items_accepted == 3).await;
    assert!(health.polled_here && health.last_success_at.is_some());
    assert!(health.last_verified_item_at.is_some() && health.last_error.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn embedded_alerts_and_plain_cap_are_taken_from_the_feed_itself() {
    let (place, site) = (Place::new().await, Site::start().await);
    let text = alert("TEXT").replace('<', "&lt;");
    // Its prefix is declared at the root of the feed only.
    let prefixed = alert("PREFIXED").replace(" xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"", "");
    let prefixed = prefixed.replace("</", "\0").replace('<', "<cap:").replace('\0', "</cap:");
    let entries = format!(
        "<entry><content type='text/xml'>{}</content></entry><entry><content>{prefixed}</content></entry>\
         <entry><content type='html'>{text}</content></entry><entry><title>nothing</title></entry>",
        alert("ELEMENT"),
    );
    let feed = atom(&entries).replacen(
        "<feed",
        "<feed xmlns:cap='urn:oasis:names:tc:emergency:cap:1.2'",
        1,
    );
    site.put("atom", Page::Text(feed));
    site.put("plain", Page::Text(alert("PLAIN")));
    site.put("rss", Page::Text(
        "<rss><channel><item><guid isPermaLink='false'>1</guid><link>http://nowhere.invalid/page</link>\
         <enclosure url='/c.cap' type='application/cap+xml'/></item></channel></rss>".into()));
    site.put("c.cap", Page::Text(alert("RSS")));
    let feeds = ["atom", "plain", "rss"].map(|path| site.feed(path)).to_vec();
    let polled = Polled::start(&place, feeds);
    place.until_signals(5).await;
    assert_eq!(place.quarantined().await, Vec::<String>::new());
    assert!(polled.sources.health().iter().all(|health| health.items_quarantined == 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_that_has_not_changed_is_not_sent_again_unless_something_is_left_to_do() {
    let (place, site) = (Place::new().await, Site::start().await);
    site.put("atom", Page::Tagged(atom(&entry("a.xml", "1")), "\"one\""));
    site.put("a.xml", Page::Status(503));
    let polled = Polled::start(&place, vec![site.feed("atom")]);
    until("the link is tried again", || site.asked("a.xml") >= 3).await;
    assert_eq!(site.unchanged.load(Ordering::Relaxed), 0);

    site.put("a.xml", Page::Text(alert("A")));
    place.until_signals(1).await;
    until("304", || site.unchanged.load(Ordering::Relaxed) >= 3).await;
    let health = polled.health();
    assert_eq!((health.items_accepted, health.consecutive_failures), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_failure_is_told_and_stops_no_other_feed() {
    let (place, site) = (Place::new().await, Site::start().await);
    site.put("good", Page::Text(alert("GOOD")));
    site.put("garbage", Page::Text("<<<".into()));
    site.put("page", Page::Text("<html><body>Down for maintenance</body></html>".into()));
    site.put("error", Page::Status(500));
    site.put("endless", Page::Endless);
    site.put("silent", Page::Silent);
    site.put("gzip", Page::Gzip);
    site.put("round", Page::Redirect("/round".into()));
    site.put("inward", Page::Redirect("http://10.0.0.1/secret".into()));
    site.put("file", Page::Redirect("file:///etc/passwd".into()));
    let failing = ["garbage", "page", "error", "endless", "gzip", "round", "inward", "file"];
    let names = ["silent", "good"].into_iter().chain(failing);
    let polled = Polled::start(&place, names.map(|path| site.feed(path)).collect());
    place.until_signals(1).await;
    until("all failed", || {
        polled.sources.health()[2..].iter().all(|health| health.consecutive_failures > 0)
    })
    .await;
    let told = polled.sources.health()[2..]
        .iter()
        .map(|health| {
            let message = &health.last_error.as_ref().unwrap().message;
            format!("{}: {}", health.name, message.replace(&site.address, "http://site"))
        })
        .collect::<Vec<_>>()
        .join("\n");
    insta::assert_snapshot!(told, @"
    garbage: the document cannot be read: it is not well-formed XML: invalid name token at 1:2
    page: the document is neither a feed nor CAP; its root element is `html`
    error: `http://site/error` answered 500
    endless: `http://site/endless` has more than 8388608 bytes, which is the most that is read
    gzip: `http://site/gzip` answered with `gzip` encoding, which was not asked for
    round: `http://site/round` is not fetched: it redirects too often
    inward: `http://10.0.0.1/secret` is not fetched: it is a private address outside the feed's own server
    file: `file:///etc/passwd` is not fetched: only http and https are
    ");
    assert_eq!((place.signals(), place.quarantined().await.len()), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_recovers_by_itself_and_a_bad_entry_is_quarantined_once() {
    let (place, site) = (Place::new().await, Site::start().await);
    site.put("atom", Page::Status(500));
    let polled = Polled::start(&place, vec![site.feed("atom")]);
    insta::assert_snapshot!(polled.failure(&site).await, @"`http://site/atom` answered 500");

    let entries = entry("bad.xml", "1") + &entry("gone.xml", "1") + &entry("good.xml", "1");
    site.put("atom", Page::Text(atom(&entries)));
    site.put("bad.xml", Page::Text(malformed("BAD")));
    site.put("good.xml", Page::Text(alert("GOOD")));
    place.until_signals(1).await;
    let before = site.asked("atom");
    until("more polls", || site.asked("atom") >= before + 3).await;
    assert_eq!(site.asked("bad.xml"), 1);
    assert_eq!((place.signals(), place.quarantined().await.len()), (1, 1));
    let health = polled.health();
    assert_eq!((health.consecutive_failures, health.items_quarantined), (0, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_that_is_listed_before_it_is_there_is_fetched_when_it_is() {
    let (place, site) = (Place::new().await, Site::start().await);
    // The feed itself does not change any more.
    site.put("atom", Page::Tagged(atom(&entry("early.xml", "1")), "\"1\""));
    let polled = Polled::start(&place, vec![site.feed("atom")]);
    until("a second try", || site.asked("early.xml") >= 2).await;
    site.put("early.xml", Page::Text(alert("EARLY")));
    place.until_signals(1).await;
    let (tried, before) = (site.asked("early.xml"), site.asked("atom"));
    until("more polls", || site.asked("atom") >= before + 3).await;
    assert_eq!(site.asked("early.xml"), tried);
    assert_eq!(polled.health().items_accepted, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_without_a_date_is_asked_whether_its_alert_is_another_now() {
    let (place, site) = (Place::new().await, Site::start().await);
    let item = "<rss><channel><item><link>/current.cap</link>\
                <enclosure url='/current.cap' type='application/cap+xml'/></item></channel></rss>";
    site.put("rss", Page::Tagged(item.into(), "\"feed\""));
    site.put("current.cap", Page::Tagged(alert("MORNING"), "\"morning\""));
    let polled = Polled::start(&place, vec![site.feed("rss")]);
    place.until_signals(1).await;
    until("more questions", || site.asked("current.cap") >= 3).await;

    site.put("current.cap", Page::Tagged(alert("EVENING"), "\"evening\""));
    place.until_signals(2).await;
    // What did not change was not even sent.
    let health = polled.until_health("both accepted", |health| health.items_accepted == 2).await;
    assert_eq!(health.items_duplicate, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_from_the_feeds_server_to_a_private_address_is_not_followed() {
    let (place, site, other) = (Place::new().await, Site::start().await, Site::start().await);
    // By number, and by a name that resolves to such a number.
    let by_number = format!("{}/number.xml", other.address);
    let by_name = format!("{}/name.xml", other.address.replace("127.0.0.1", "localhost"));
    site.put("atom", Page::Text(atom(&(entry(&by_number, "1") + &entry(&by_name, "1")))));
    let polled = Polled::start(&place, vec![site.feed("atom")]);
    polled.until_health("told", |health| health.last_error.is_some()).await;
    until("more polls", || site.asked("atom") >= 3).await;
    assert_eq!((other.asked("number.xml"), other.asked("name.xml")), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_alert_by_file_and_by_feed_is_one_signal() {
    let (place, site) = (Place::new().await, Site::start().await);
    place.take(alert("A")).await;
    site.put("plain", Page::Text(format!("<?xml version='1.0'?>\n{}", alert("A"))));
    let polled = Polled::start(&place, vec![site.feed("plain")]);
    polled.until_health("a duplicate", |health| health.items_duplicate > 0).await;
    assert_eq!(place.signals(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_holder_of_the_lease_polls_and_another_takes_over() {
    let (place, site) = (Place::new().await, Site::start().await);
    site.put("plain", Page::Text(alert("A")));
    let hub = place.intake.hub();
    let now = || hub.clock().now();
    let term = Duration::from_secs(600);
    let held = hub.store().acquire_lease("feeds", "other node", now(), term).await.unwrap();
    let polled = Polled::start(&place, vec![site.feed("plain")]);
    tokio::time::timeout(Duration::from_millis(500), place.until_signals(1)).await.unwrap_err();
    assert_eq!(site.asked("plain"), 0);
    assert!(!polled.health().polled_here);

    hub.store().release_lease("feeds", held.unwrap()).await.unwrap();
    place.until_signals(1).await;
    polled.until_health("polled here", |health| health.polled_here).await;
    // A node that stops gives the lease back, so that the next need not wait it out.
    polled.stop.cancel();
    polled.until_health("no longer", |health| !health.polled_here).await;
}

#[test]
fn credentials_are_not_shown() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let place = Place::new().await;
        let url = "https://user:secret@feed.example/a?key=secret".parse().unwrap();
        let feed = Feed { name: "a".into(), url, every: Duration::from_secs(60) };
        let sources = Sources::new(place.intake.clone(), vec![feed.clone()]).unwrap();
        assert_eq!(sources.health()[0].url, "https://feed.example/a");

        let error = |feed: Feed| Sources::new(place.intake.clone(), vec![feed]).err().unwrap();
        let often = Feed { every: Duration::from_secs(5), ..feed.clone() };
        assert!(matches!(error(often), FeedError::TooOften { seconds_min: 60, .. }));
        let other = Feed { url: "ftp://feed.example/".parse().unwrap(), ..feed };
        assert!(matches!(error(other), FeedError::Scheme(_)));
    });
}
