//! The operator's own base map: which configuration is taken, what is served, and which hosts the
//! dashboard may ask.

use std::path::Path;
use std::sync::Arc;

use muster::base_map::{BaseMap, Entry};
use muster::config::{Config, Flags, ServeFlags};
use muster::identity::Site;
use reqwest::{RequestBuilder, Response};
use serde_json::json;
use url::Url;

use crate::support::hub::TestHub;
use crate::support::maps::{archive, open};

/// More than is handed out at once.
const LARGE: usize = 5 * 1024 * 1024;

fn resolve(folder: &Path, text: &str) -> String {
    let path = folder.join("muster.toml");
    let text = text.replace("FOLDER", folder.to_str().unwrap());
    std::fs::write(&path, text).unwrap();
    let flags = Flags { store: None, config: Some(path) };
    match Config::resolve(&flags, &ServeFlags::default()) {
        Ok(config) => format!("taken: {}", config.map.is_some()),
        Err(error) => error.to_string().replace(folder.to_str().unwrap(), "FOLDER"),
    }
}

#[test]
fn a_section_is_taken_whole_or_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    write("county.pmtiles", &archive(1_000));
    write("half.pmtiles", &archive(1_000)[..900]);
    write("notes.txt", b"to be done");
    let site = "public_url = \"https://hub.county.example\"\n";
    let tiles = "tiles = \"https://t.example/{z}/{x}/{y}.png\"\n";
    let all = [
        "",
        "[map]\npmtiles = \"FOLDER/county.pmtiles\"\n",
        &format!("{site}[map]\n{tiles}attribution = \"© the county\"\nmax_zoom = 17\n"),
        "[map]\n",
        &format!("[map]\npmtiles = \"FOLDER/county.pmtiles\"\n{tiles}attribution = \"\"\n"),
        "[map]\npmtiles = \"FOLDER/none.pmtiles\"\nmax_zoom = 12\n",
        "[map]\npmtiles = \"FOLDER\"\n",
        "[map]\npmtiles = \"FOLDER/notes.txt\"\n",
        "[map]\npmtiles = \"FOLDER/half.pmtiles\"\n",
        &format!("[map]\n{tiles}max_zoom = 30\n"),
        &format!(
            "{site}[map]\ntiles = \"http://t.example/{{z}}/{{x}}/{{y}}\"\nattribution = \"©\""
        ),
        "[map]\ntiles = \"https://t.example/map.png\"\nattribution = \"© the county\"\n",
    ];
    let all: Vec<_> = all.iter().map(|text| resolve(folder.path(), text)).collect();
    insta::assert_snapshot!(all.join("\n"), @"
    taken: false
    taken: true
    taken: true
    the configuration has mistakes:
    - `map`: write `pmtiles`, a file on this machine, or `tiles`, an address with {z}, {x} and {y}
    the configuration has mistakes:
    - `map.attribution`: this has 0 characters; write one line of 1 to 200
    - `map`: tiles come either from `pmtiles` or from `tiles`; leave one out
    the configuration has mistakes:
    - `map.max_zoom`: the file itself says it; leave it out
    - `map.pmtiles`: `FOLDER/none.pmtiles` cannot be read: No such file or directory (os error 2)
    the configuration has mistakes:
    - `map.pmtiles`: `FOLDER` cannot be read: Is a directory (os error 21)
    the configuration has mistakes:
    - `map.pmtiles`: `FOLDER/notes.txt` is not a PMTiles file: it does not begin with `PMTiles`; make one with `pmtiles convert` or `pmtiles extract`
    the configuration has mistakes:
    - `map.pmtiles`: `FOLDER/half.pmtiles` should have 1000 bytes and has 900; copy it again, whole
    the configuration has mistakes:
    - `map.attribution`: say whose map it is, as its licence asks; the dashboard shows it
    - `map.max_zoom`: 30 is nearer than the map goes; write 22 or less
    the configuration has mistakes:
    - `map.tiles`: a page that came by https may not ask by http; write an address that begins with https://
    the configuration has mistakes:
    - `map.tiles`: {z} is missing; write an address such as https://tiles.county.example/{z}/{x}/{y}.png
    ");
}

#[test]
fn a_misspelt_key_of_the_section_is_not_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let told = resolve(folder.path(), "[map]\npmtile = \"county.pmtiles\"\n");
    assert!(told.contains("unknown field `pmtile`"), "{told}");
}

async fn policy(hub: &TestHub) -> String {
    let reply = hub.client().get(hub.url("/")).header("accept", "text/html").send().await.unwrap();
    reply.headers()["content-security-policy"].to_str().unwrap().to_owned()
}

fn tiles_of(address: &str) -> Arc<BaseMap> {
    let entry = Entry {
        tiles: Some(address.to_owned()),
        attribution: Some("© the county".to_owned()),
        ..Entry::default()
    };
    let site = Site::new(Url::parse("https://hub.county.example").unwrap()).unwrap();
    Arc::new(BaseMap::open(entry, &site).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_dashboard_may_ask_the_host_that_the_operator_named_and_no_other() {
    let hub = TestHub::start().await;
    let own = policy(&hub).await;
    insta::assert_snapshot!(own, @"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; font-src 'self'; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    hub.state().show_base_map(tiles_of("https://tiles.county.example:8443/{z}/{x}/{y}.png?key=k"));
    let with_tiles = policy(&hub).await;
    let origin = " https://tiles.county.example:8443";
    assert_eq!(with_tiles.matches(origin).count(), 2);
    assert!(with_tiles.contains(&format!("connect-src 'self'{origin};")));
    assert!(with_tiles.contains(&format!("img-src 'self' data: blob:{origin};")));
    assert_eq!(with_tiles.replace(origin, ""), own);
    // The hub itself has no tiles then.
    assert_eq!(get(&hub, "/map/x.pmtiles").send().await.unwrap().status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_on_the_hub_lets_the_dashboard_ask_nobody_else() {
    let hub = TestHub::start().await;
    let own = policy(&hub).await;
    let folder = tempfile::tempdir().unwrap();
    hub.state().show_base_map(open(folder.path(), &archive(1_000)));
    assert_eq!(policy(&hub).await, own);
}

fn get(hub: &TestHub, path: &str) -> RequestBuilder {
    hub.client().get(hub.url(path))
}

/// What a reply says of the part that it carries.
fn said(reply: &Response) -> serde_json::Value {
    let header = |name| reply.headers().get(name).map(|value| value.to_str().unwrap());
    json!({
        "status": reply.status().as_u16(),
        "range": header("content-range"),
        "length": header("content-length"),
        "kept": header("cache-control"),
        "packed": header("content-encoding"),
        "type": header("content-type"),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_of_the_file_are_handed_out_as_they_are() {
    let hub = TestHub::start().await;
    let folder = tempfile::tempdir().unwrap();
    let file = archive(LARGE);
    let path = path_of(&open(folder.path(), &file), &hub);
    let part = async |range: &str| {
        let request = get(&hub, &path).header("range", range).header("accept-encoding", "gzip");
        let reply = request.send().await.unwrap();
        (said(&reply), reply.bytes().await.unwrap())
    };
    let (said_of, bytes) = part("bytes=100000-299999").await;
    assert_eq!(bytes, file[100_000..300_000]);
    insta::assert_json_snapshot!(said_of, @r#"
    {
      "status": 206,
      "range": "bytes 100000-299999/5242880",
      "length": "200000",
      "kept": "public, max-age=31536000, immutable",
      "packed": null,
      "type": "application/vnd.pmtiles"
    }
    "#);
    let (_, bytes) = part("bytes=-7").await;
    assert_eq!(bytes, file[LARGE - 7..]);
    // More than is handed out at once is cut, and the reply says so.
    let (said_of, bytes) = part("bytes=0-").await;
    assert_eq!(said_of["range"], format!("bytes 0-4194303/{LARGE}"));
    assert_eq!(bytes, file[..4_194_304]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_file_and_what_is_not_there_are_not_handed_out() {
    let hub = TestHub::start().await;
    let folder = tempfile::tempdir().unwrap();
    let path = path_of(&open(folder.path(), &archive(1_000)), &hub);
    for request in [
        get(&hub, &path),
        get(&hub, &path).header("range", "bytes=1000-"),
        get(&hub, &path).header("range", "bytes=0-1,5-6"),
        get(&hub, &path).header("range", "bytes=0-9").header("if-range", "\"another\""),
    ] {
        let reply = request.send().await.unwrap();
        assert_eq!(reply.status(), 416);
        assert_eq!(reply.headers()["content-range"], "bytes */1000");
    }
    let other = get(&hub, "/map/0.pmtiles").header("range", "bytes=0-9").send().await.unwrap();
    assert_eq!(other.status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_knows_the_file_is_told_so_and_one_that_knows_another_is_not() {
    let hub = TestHub::start().await;
    let folder = tempfile::tempdir().unwrap();
    let map = open(folder.path(), &archive(1_000));
    let path = path_of(&map, &hub);
    let ask = async |name: &str, value: &str| {
        let request = get(&hub, &path).header("range", "bytes=0-9").header(name, value);
        request.send().await.unwrap()
    };
    let reply = ask("accept", "*/*").await;
    let tag = reply.headers()["etag"].to_str().unwrap().to_owned();
    assert_eq!(ask("if-none-match", &tag).await.status(), 304);
    assert_eq!(ask("if-none-match", "\"another\"").await.status(), 206);
    assert_eq!(ask("if-range", &tag).await.status(), 206);
    // The file is written over: what browsers have of it fits no more.
    std::fs::write(folder.path().join("map.pmtiles"), archive(2_000)).unwrap();
    assert_eq!(ask("accept", "*/*").await.status(), 404);
    let other = open(folder.path(), &archive(2_000));
    assert_ne!(version(&other), version(&map));
}

fn version(map: &BaseMap) -> &str {
    match &map.source {
        muster::base_map::Source::Archive(archive) => archive.version(),
        muster::base_map::Source::Host(_) => panic!("not a file"),
    }
}

/// Shows the map, and gives the address of its file.
fn path_of(map: &Arc<BaseMap>, hub: &TestHub) -> String {
    hub.state().show_base_map(Arc::clone(map));
    format!("/map/{}.pmtiles", version(map))
}
