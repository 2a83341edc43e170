//! What is read, what is put up with, and how alerts are found in wrappers.

#![expect(clippy::unwrap_used, reason = "a test may fall over")]

use insta::{assert_compact_json_snapshot, assert_debug_snapshot, assert_snapshot};
use muster_cap::Cap;
use muster_contract::alert::Certainty;
use muster_contract::{Decoded, Decoder, Rejection};

const FLOOD: &str = include_str!("fixtures/river-flood.xml");
const POWER: &str = include_str!("fixtures/power-failure.xml");
const DEPARTURES: &str = include_str!("fixtures/departures.xml");
const FIRST_VERSION: &str = include_str!("fixtures/first-version.xml");

fn one(bytes: &[u8]) -> Decoded {
    let [outcome]: [Result<Decoded, Rejection>; 1] = Cap.decode(bytes).try_into().unwrap();
    outcome.unwrap()
}

/// The identifiers of the alerts read, or the places of the rejections.
fn outline(bytes: &[u8]) -> Vec<String> {
    let outcomes = Cap.decode(bytes);
    let name = |outcome: Result<Decoded, Rejection>| match outcome {
        Ok(decoded) => decoded.alert.key.identifier,
        Err(rejection) => rejection.to_string(),
    };
    outcomes.into_iter().map(name).collect()
}

/// A document without its XML declaration, for wrapping.
fn element(document: &str) -> &str {
    &document[document.find("?>").unwrap() + 2..]
}

fn warnings(decoded: &Decoded) -> String {
    decoded.warnings.iter().map(|w| format!("{}: {}\n", w.place, w.message)).collect()
}

#[test]
fn a_valid_alert_is_read_whole_and_without_warnings() {
    let decoded = one(POWER.as_bytes());
    assert_eq!(decoded.warnings, []);
    assert_compact_json_snapshot!(decoded.alert, @r#"
    {
      "key": {
        "sender": "grid@utility.example.org",
        "identifier": "PWR-88",
        "sent": "2026-01-12T04:10:00Z"
      },
      "status": "Actual",
      "msg_type": "Alert",
      "scope": "Restricted",
      "restriction": "Members of the regional control room",
      "infos": [
        {
          "language": "en-US",
          "categories": [
            "Infra"
          ],
          "event": "Power failure",
          "urgency": "Immediate",
          "severity": "Moderate",
          "certainty": "Observed",
          "headline": "Substation North out of service",
          "areas": [
            {
              "description": "Northern districts",
              "polygons": [
                [
                  [
                    [
                      4.2,
                      52.1
                    ],
                    [
                      4.2,
                      52.2
                    ],
                    [
                      4.4,
                      52.2
                    ],
                    [
                      4.4,
                      52.1
                    ],
                    [
                      4.2,
                      52.1
                    ]
                  ]
                ]
              ]
            }
          ]
        }
      ]
    }
    "#);
}

#[test]
fn several_languages_areas_and_references_are_kept_in_order() {
    let flood = one(FLOOD.as_bytes());
    assert_eq!(flood.warnings, []);
    let alert = flood.alert;
    assert_compact_json_snapshot!((&alert.references, &alert.incidents), @r#"
    [
      [
        {
          "sender": "warnings@canton.example.org",
          "identifier": "EX-2026-0417-1",
          "sent": "2026-05-04T06:30:00Z"
        }
      ],
      [
        "Aare flood 2026",
        "FL-17"
      ]
    ]
    "#);
    let languages: Vec<_> = alert.infos.iter().map(|info| info.language.as_str()).collect();
    assert_eq!(languages, ["de-CH", "en"]);
    let area = &alert.infos[1].areas[0];
    assert_eq!((area.polygons.len(), area.circles.len(), area.geocodes.len()), (2, 1, 8));
    assert_eq!(area.geocodes[7].value, "944");
}

#[test]
fn departures_that_lose_nothing_are_read_with_a_warning_each() {
    let decoded = one(DEPARTURES.as_bytes());
    assert_snapshot!(warnings(&decoded), @"
    alert/sender: CAP 1.2 section 3.2.1 allows no blanks, commas, `<` or `&` here; references to this message may not be understood
    alert/sent: `2026-02-02T06:00:00Z` has `Z`; read as UTC, as `-00:00` would be
    alert/info[1]/event: given more than once; the first one was read
    alert/info[1]/severity: `extreme` is spelt `Extreme` in the standard; read as that
    alert/info[1]/certainty: `very sure` is not in the list of CAP 1.2 section 3.2.2; read as Unknown
    alert/info[1]/effective: `2026-02-02T05:59:59.750Z` has `Z`; read as UTC, as `-00:00` would be
    alert/info[1]/onset: `2026-02-02T18:00:00` has no offset; read as UTC
    alert/info[1]/expires: `2026-02-03T06:00:00+1200` has an offset without colon; read as if it had one
    alert/info[1]/area[1]/polygon[1]: an empty polygon; skipped
    alert/info[1]/area[1]/polygon[2]: the last position is not the first again, as CAP 1.2 section 3.2.4 wants; the ring was closed with a straight line
    alert/info[1]/area[1]/polygon[2]: crosses the antimeridian or has longitudes beyond 180; cut at the line
    alert/info[1]/area[1]/ceiling: not a number of feet (CAP 1.2 section 3.2.4); kept as unknown
    alert/info[1]/category[2]: `Wind` is not in the list of CAP 1.2 section 3.2.2; read as Other
    alert/references: `TC-6` is not `sender,identifier,sent` (CAP 1.2 section 3.2.1), so it names no message; kept as unknown
    alert: scope Private without the `addresses` that CAP 1.2 section 3.2.1 wants
    ");
    assert_compact_json_snapshot!(decoded.alert, @r#"
    {
      "key": {
        "sender": "met office",
        "identifier": "TC-7",
        "sent": "2026-02-02T06:00:00Z"
      },
      "status": "Actual",
      "msg_type": "Cancel",
      "scope": "Private",
      "references": [
        {
          "sender": "met@example.org",
          "identifier": "TC-5",
          "sent": "2026-02-01T06:00:00Z"
        }
      ],
      "infos": [
        {
          "language": "en-US",
          "categories": [
            "Met",
            "Other"
          ],
          "event": "Cyclone",
          "urgency": "Immediate",
          "severity": "Extreme",
          "certainty": "Unknown",
          "effective": "2026-02-02T05:59:59Z",
          "onset": "2026-02-02T18:00:00Z",
          "expires": "2026-02-02T18:00:00Z",
          "headline": "Cyclone  near Viti Levu",
          "areas": [
            {
              "description": "Viti Levu",
              "polygons": [
                [
                  [
                    [
                      177.0,
                      -16.0
                    ],
                    [
                      180.0,
                      -16.0
                    ],
                    [
                      180.0,
                      -19.0
                    ],
                    [
                      177.0,
                      -19.0
                    ],
                    [
                      177.0,
                      -16.0
                    ]
                  ]
                ],
                [
                  [
                    [
                      -180.0,
                      -16.0
                    ],
                    [
                      -179.0,
                      -16.0
                    ],
                    [
                      -179.0,
                      -19.0
                    ],
                    [
                      -180.0,
                      -19.0
                    ],
                    [
                      -180.0,
                      -16.0
                    ]
                  ]
                ]
              ],
              "circles": [
                {
                  "center": [
                    178.1,
                    -17.7
                  ],
                  "radius_km": 0.0
                }
              ],
              "geocodes": [
                {
                  "name": "island",
                  "value": "VL"
                }
              ]
            }
          ]
        }
      ],
      "unknown": [
        {
          "name": "alert/track/speed",
          "value": "14"
        },
        {
          "name": "alert/track/heading",
          "value": "220"
        },
        {
          "name": "alert/info[1]/event",
          "value": "Storm"
        },
        {
          "name": "alert/info[1]/certainty",
          "value": "very sure"
        },
        {
          "name": "alert/info[1]/area[1]/ceiling",
          "value": "high"
        },
        {
          "name": "alert/info[1]/category[2]",
          "value": "Wind"
        },
        {
          "name": "alert/references",
          "value": "TC-6"
        }
      ]
    }
    "#);
}

#[test]
fn a_shape_with_longitude_first_is_left_out_with_a_warning_and_kept_as_it_was() {
    let polygon = "52.10,4.20 52.20,4.20 52.20,4.40 52.10,4.40 52.10,4.20";
    let swapped = "-104.20,52.10 -104.20,52.20 -104.40,52.20 -104.20,52.10";
    let circle = "<circle>-104.2,52.1 3</circle><circle>52.1,4.2 3</circle>";
    let document =
        POWER.replace(polygon, swapped).replace("</areaDesc>", &format!("</areaDesc>{circle}"));
    let decoded = one(document.as_bytes());
    let area = &decoded.alert.infos[0].areas[0];
    assert_eq!((area.polygons.len(), area.circles.len()), (0, 1));
    assert_snapshot!(warnings(&decoded), @"
    alert/info[1]/area[1]/circle[1]: off the globe as it is written, and on it with longitude and latitude swapped; CAP 1.2 section 3.2.4 puts the latitude first. The shape was left out of the area, not repaired, and its text kept as unknown
    alert/info[1]/area[1]/polygon[1]: off the globe as it is written, and on it with longitude and latitude swapped; CAP 1.2 section 3.2.4 puts the latitude first. The shape was left out of the area, not repaired, and its text kept as unknown
    ");
    let kept: Vec<_> = decoded.alert.unknown.iter().map(|u| (&*u.name, &*u.value)).collect();
    let places = ["alert/info[1]/area[1]/circle[1]", "alert/info[1]/area[1]/polygon[1]"];
    assert_eq!(kept, [(places[0], "-104.2,52.1 3"), (places[1], swapped)]);
}

#[test]
fn the_first_version_is_read_and_its_password_is_not_kept() {
    let decoded = one(FIRST_VERSION.as_bytes());
    assert_eq!(decoded.alert.infos[0].certainty, Certainty::Likely);
    assert_eq!(decoded.alert.infos[0].event_codes[0].value, "LS");
    assert!(!format!("{decoded:?}").contains("hunter2"));
    let bare = FIRST_VERSION
        .replace("<cap:scope>Public</cap:scope>", "")
        .replace("<cap:category>Geo</cap:category>", "");
    assert_snapshot!(warnings(&one(bare.as_bytes())), @"
    alert/password: CAP 1.0 had passwords; it was not kept
    alert/scope: CAP 1.0 lets it be left out; read as Public
    alert/info[1]/category: CAP 1.0 lets it be left out; read as Other
    ");
}

#[test]
fn alerts_are_found_in_lists_feeds_envelopes_and_streams() {
    let (flood, power) = (element(FLOOD), element(POWER));
    let list = format!("<alerts>{flood}{power}</alerts>");
    assert_eq!(outline(list.as_bytes()), ["EX-2026-0417-2", "PWR-88"]);
    let feed = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='text/xml'>{power}\
         </content></entry><entry><title>no alert here</title></entry></feed>"
    );
    assert_eq!(outline(feed.as_bytes()), ["PWR-88"]);
    let escaped = POWER.replace('&', "&amp;").replace('<', "&lt;");
    let rss =
        format!("<rss><channel><item><description>{escaped}</description></item></channel></rss>");
    assert_eq!(outline(rss.as_bytes()), ["PWR-88"]);
    let envelope = format!(
        "<d:EDXLDistribution xmlns:d='urn:oasis:names:tc:emergency:EDXL:DE:1.0'><d:contentObject>\
         <d:xmlContent><d:embeddedXMLContent>{power}</d:embeddedXMLContent></d:xmlContent>\
         </d:contentObject></d:EDXLDistribution>"
    );
    assert_eq!(outline(envelope.as_bytes()), ["PWR-88"]);
    let stream = format!("\n{FLOOD}<!-- heartbeat -->{POWER}");
    assert_eq!(outline(stream.as_bytes()), ["EX-2026-0417-2", "PWR-88"]);
    let json = serde_json::json!({"body": {"alerts": [{"alert": POWER}, {"alert": FLOOD}]}});
    assert_eq!(outline(json.to_string().as_bytes()), ["PWR-88", "EX-2026-0417-2"]);
}

#[test]
fn one_malformed_alert_of_a_list_loses_none_of_its_neighbours() {
    let broken = POWER.replace("<scope>Restricted", "<scope>Everybody");
    let list = format!("<alerts>{}{}</alerts>", element(&broken), element(POWER));
    assert_debug_snapshot!(outline(list.as_bytes()), @r#"
    [
        "`alert/scope` (line 8): `Everybody` is not in the list of CAP 1.2 section 3.2.1: Public, Restricted, Private",
        "PWR-88",
    ]
    "#);
    let torn = POWER.replace("</info>", "");
    assert_debug_snapshot!(outline(format!("{POWER}{torn}").as_bytes()), @r#"
    [
        "PWR-88",
        "`document` (line 44): `info` is open here, but `alert` is closed",
    ]
    "#);
}

#[test]
fn a_feed_without_entries_holds_no_alert_and_is_no_error() {
    assert_eq!(Cap.decode(b"<feed xmlns='http://www.w3.org/2005/Atom'><id>a</id></feed>"), []);
}

#[test]
fn declared_encodings_and_byte_order_marks_are_read() {
    let text = POWER.replace("North out", "Nörd out");
    let headline = |bytes: &[u8]| one(bytes).alert.infos[0].headline.clone().unwrap();
    let single = |name: &str| -> Vec<u8> {
        text.replace("UTF-8", name).chars().map(|c| u8::try_from(c).unwrap()).collect()
    };
    let wide: Vec<u16> = text.replace("UTF-8", "UTF-16").encode_utf16().collect();
    let little: Vec<u8> = wide.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = wide.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    let forms = [
        [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        single("ISO-8859-1"),
        single("windows-1252"),
        [&[0xFF, 0xFE], &*little].concat(),
        big,
    ];
    for form in forms {
        assert_eq!(headline(&form), "Substation Nörd out of service");
    }
    let japanese = POWER.replace("UTF-8", "Shift_JIS").replace("North", "#");
    let (before, after) = japanese.split_once('#').unwrap();
    let japanese = [before.as_bytes(), &[0x93, 0x8C, 0x8B, 0x9E], after.as_bytes()].concat();
    assert_eq!(headline(&japanese), "Substation 東京 out of service");
}

#[test]
fn references_are_found_however_the_blanks_and_commas_between_them_stand() {
    let keys = |list: &str| {
        let element = format!("</scope><references>{list}</references>");
        let decoded = one(POWER.replace("</scope>", &element).as_bytes());
        let keys =
            decoded.alert.references.iter().map(|k| format!("{}|{}", k.sender, k.identifier));
        (keys.collect::<Vec<_>>().join(" "), decoded.warnings.len())
    };
    let read = |keys: &str| keys.to_owned();
    let (one_time, another) = ("2026-01-11T04:10:00-00:00", "2026-01-11T05:10:00+01:00");
    let strict = format!("a@x,1,{one_time} b@x,2,{another}");
    assert_eq!(keys(&strict), (read("a@x|1 b@x|2"), 0));
    for (list, warnings) in [
        (format!("a@x, 1, {one_time} b@x, 2, {another}"), 2),
        (format!("a@x,1,{one_time},b@x,2,{another}"), 2),
        (format!("a@x,1,{one_time}; b@x,2,{another}"), 1),
    ] {
        assert_eq!(keys(&list), (read("a@x|1 b@x|2"), warnings), "{list}");
    }
    assert_eq!(keys(&format!("a@x,1,2,{one_time}")), (read("a@x|1,2"), 1));
    assert_eq!(keys(&format!("a@x,1,{one_time} yesterday")), (read("a@x|1"), 1));
}

#[test]
fn a_time_at_the_end_of_a_day_and_one_that_means_never_are_read() {
    let expires = |text: &str| {
        let element = format!("</certainty><expires>{text}</expires>");
        let decoded = one(POWER.replace("</certainty>", &element).as_bytes());
        decoded.alert.infos[0].expires.unwrap().to_string()
    };
    assert_eq!(expires("2026-01-12T24:00:00-00:00"), "2026-01-13T00:00:00Z");
    assert_eq!(expires("9999-12-31T23:59:59-12:00"), "9999-12-30T22:00:00Z");
}
