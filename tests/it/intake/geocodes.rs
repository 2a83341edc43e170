//! Codes of places become areas, where a table is at hand.

use std::path::PathBuf;

use muster::intake::geocodes::Geocodes;
use muster::intake::geocodes::POSITIONS_MAX;
use muster_contract::{BoundingBox, Decoder as _, MultiPolygon};

use super::place::{alert_in, write};

/// Two counties of one state side by side, with the border between them stored once.
const TOPOLOGY: &str = r#"{"type":"Topology",
  "transform":{"scale":[0.1,0.1],"translate":[-90,38]},
  "objects":{"counties":{"type":"GeometryCollection","geometries":[
    {"type":"Polygon","id":"29001","properties":{"name":"West"},"arcs":[[0,1]]},
    {"type":"MultiPolygon","id":"29003","properties":{"name":"East"},"arcs":[[[2,-1]]]},
    {"type":null,"id":"29005"}]}},
  "arcs":[[[10,0],[0,10]],[[10,10],[-10,0],[0,-10],[10,0]],[[10,0],[10,0],[0,10],[-10,0]]]}"#;

const ZONES: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature",
  "properties":{"ugc":"MOZ001"},"geometry":{"type":"Polygon",
  "coordinates":[[[-92,38],[-91,38],[-91,39],[-92,39],[-92,38]]]}}]}"#;

const MANIFEST: &str = r#"
[[table]]
file = "counties.json"
object = "counties"
scheme = ["SAME"]
prefix = "0"

[[table]]
file = "zones.geojson"
scheme = ["UGC"]
property = "ugc"
"#;

fn tables() -> (tempfile::TempDir, Geocodes) {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("geocodes.toml"), MANIFEST);
    write(&folder.path().join("counties.json"), TOPOLOGY);
    write(&folder.path().join("zones.geojson"), ZONES);
    let geocodes = Geocodes::load(folder.path()).unwrap();
    (folder, geocodes)
}

fn resolve(geocodes: &Geocodes, codes: &[(&str, &str)], drawn: &str) -> Option<MultiPolygon> {
    let codes: String = codes
        .iter()
        .map(|(name, value)| {
            format!("<geocode><valueName>{name}</valueName><value>{value}</value></geocode>")
        })
        .collect();
    let text = alert_in("A", &format!("{drawn}{codes}"));
    let decoded = muster_cap::Cap.decode(text.as_bytes()).remove(0).unwrap();
    geocodes.resolve(&decoded.alert)
}

fn corners(found: Option<MultiPolygon>) -> Option<[f64; 4]> {
    let BoundingBox { west, south, east, north } = found?.bounding_box()?;
    Some([west, south, east, north].map(|degrees| (degrees * 1e6).round() / 1e6))
}

#[test]
fn codes_become_the_areas_of_the_first_scheme_that_knows_them_all() {
    let (_folder, tables) = tables();
    let find = |codes| corners(resolve(&tables, codes, ""));
    assert_eq!(find(&[("SAME", "029001")]), Some([-90.0, 38.0, -89.0, 39.0]));
    assert_eq!(find(&[("SAME", "029003")]), Some([-89.0, 38.0, -88.0, 39.0]));
    assert_eq!(find(&[("same", "029001"), ("SAME", "029003")]), Some([-90.0, 38.0, -88.0, 39.0]));
    assert_eq!(find(&[("UGC", "MOZ001")]), Some([-92.0, 38.0, -91.0, 39.0]));
    // Both schemes name the same place, and the first is enough.
    assert_eq!(find(&[("UGC", "MOZ001"), ("SAME", "029001")]), Some([-90.0, 38.0, -89.0, 39.0]));
    // The first does not know all of its codes here, the second does.
    let in_part = [("SAME", "029001"), ("SAME", "029999"), ("UGC", "MOZ001")];
    assert_eq!(find(&in_part), Some([-92.0, 38.0, -91.0, 39.0]));
    // Where none does, what is known is better than nothing.
    assert_eq!(find(&in_part[..2]), Some([-90.0, 38.0, -89.0, 39.0]));
    assert_eq!(find(&[("EMMA_ID", "DE001")]), None);
}

#[test]
fn two_neighbours_become_one_area_without_the_border_between_them() {
    let (_folder, tables) = tables();
    let found = resolve(&tables, &[("SAME", "029001"), ("SAME", "029003")], "").unwrap();
    assert_eq!((found.polygons.len(), found.polygons[0].rings.len()), (1, 1));
}

#[test]
fn an_area_that_is_drawn_is_left_as_it_is_drawn() {
    let (_folder, tables) = tables();
    let drawn = "<polygon>38,-90 38,-89 39,-89 38,-90</polygon>";
    assert_eq!(resolve(&tables, &[("SAME", "029001")], drawn), None);
    assert_eq!(resolve(&tables, &[("SAME", "029001")], "<circle>38,-90 1</circle>"), None);
}

#[test]
fn mistakes_in_the_folder_are_told_at_the_start() {
    let mistake = |manifest: &str| {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("geocodes.toml"), manifest);
        let error = Geocodes::load(folder.path()).unwrap_err().to_string();
        error.replace(folder.path().to_str().unwrap(), "FOLDER")
    };
    insta::assert_snapshot!(mistake(MANIFEST), @"`FOLDER/counties.json` cannot be read: No such file or directory (os error 2); `ops/geocodes/fetch` makes a folder that works");
    insta::assert_snapshot!(mistake(&MANIFEST.replace("counties.json", "../secret.json")), @"`FOLDER/geocodes.toml` has a mistake: `../secret.json` must be the name of a file in the same folder");
    insta::assert_snapshot!(mistake("[[table]]\nfile = \"x\"\nschema = []"), @"
    `FOLDER/geocodes.toml` has a mistake: TOML parse error at line 3, column 1
      |
    3 | schema = []
      | ^^^^^^
    unknown field `schema`, expected one of `file`, `object`, `scheme`, `property`, `prefix`, `suffix`
    ");
}

#[test]
fn a_broken_table_leaves_the_others_working() {
    let (folder, _) = tables();
    write(&folder.path().join("counties.json"), "{\"arcs\": [[[");
    let tables = Geocodes::load(folder.path()).unwrap();
    assert_eq!(resolve(&tables, &[("SAME", "029001")], ""), None);
    assert!(resolve(&tables, &[("UGC", "MOZ001")], "").is_some());
}

/// The tables that `ops/geocodes/fetch` installs, from the corpus.
fn real_tables() -> Option<(tempfile::TempDir, Geocodes)> {
    let Some(corpus) = std::env::var_os("MUSTER_CORPUS").map(PathBuf::from) else {
        println!("skipped: MUSTER_CORPUS is not set");
        return None;
    };
    let folder = tempfile::tempdir().unwrap();
    let atlas = corpus.join("boundaries/schema/npm_us-atlas/counties-10m.json");
    std::fs::copy(atlas, folder.path().join("counties-10m.json")).unwrap();
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/ops/geocodes/geocodes.toml");
    std::fs::copy(manifest, folder.path().join("geocodes.toml")).unwrap();
    let tables = Geocodes::load(folder.path()).unwrap();
    Some((folder, tables))
}

#[test]
fn counties_and_states_of_the_census_are_where_they_are() {
    let Some((_folder, tables)) = real_tables() else { return };
    let round = |found| corners(found).map(|c| c.map(f64::round));
    // Harris County, Texas; all of Iowa; Alaska, with islands on both sides of the antimeridian.
    let find = |code| round(resolve(&tables, &[("SAME", code)], ""));
    assert_eq!(find("048201"), Some([-96.0, 29.0, -95.0, 30.0]));
    assert_eq!(find("019000"), Some([-97.0, 40.0, -90.0, 44.0]));
    let alaska = resolve(&tables, &[("SAME", "002000")], "").unwrap();
    assert!(alaska.position_count() <= POSITIONS_MAX);
}

#[test]
fn all_states_at_once_stay_within_the_bound() {
    let Some((_folder, tables)) = real_tables() else { return };
    let states: Vec<_> = (1..=56).map(|state| format!("0{state:02}000")).collect();
    let codes: Vec<_> = states.iter().map(|code| ("SAME", code.as_str())).collect();
    let nation = resolve(&tables, &codes, "").unwrap();
    let count = nation.position_count();
    assert!((1_000..=POSITIONS_MAX).contains(&count), "{count}");
}
