//! What is refused, and in which words: a person at a partner agency reads them.

use insta::assert_snapshot;
use muster_cap::Cap;
use muster_contract::Decoder;

const POWER: &str = include_str!("fixtures/power-failure.xml");

/// What the sender is told about a document, a line for each alert in it.
fn refusal(bytes: &[u8]) -> String {
    let outcomes = Cap.decode(bytes).into_iter();
    outcomes
        .map(|outcome| outcome.map_or_else(|r| format!("{r}\n"), |_| "read\n".to_owned()))
        .collect()
}

/// The same about the power failure with each of the changes alone.
fn refusals(changes: &[(&str, &str)]) -> String {
    let changed = |(from, to): &(&str, &str)| {
        assert!(POWER.contains(from), "{from}");
        refusal(POWER.replace(from, to).as_bytes())
    };
    changes.iter().map(changed).collect()
}

#[test]
fn a_missing_or_wrong_element_is_named_with_its_line_and_rule() {
    let answers = refusals(&[
        ("<identifier>PWR-88</identifier>", ""),
        ("PWR-88", " "),
        ("2026-01-12T04:10:00-00:00", "12 January 2026"),
        ("2026-01-12T04:10:00-00:00", "2026-02-30T04:10:00-00:00"),
        ("2026-01-12T04:10:00-00:00", ""),
        ("<status>Actual</status>", "<status>Real</status>"),
        ("<scope>Restricted</scope>", ""),
        ("<category>Infra</category>", ""),
        ("<event>Power failure</event>", ""),
        ("<severity>Moderate</severity>", ""),
        ("<areaDesc>Northern districts</areaDesc>", ""),
        ("urn:oasis:names:tc:emergency:cap:1.2", "urn:oasis:names:tc:emergency:cap:2.0"),
        (" xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"", ""),
    ]);
    assert_snapshot!(answers, @r#"
    `alert/identifier` (line 2): the element is missing; CAP 1.2 section 3.2.1 requires it
    `alert/identifier` (line 3): the element is empty; CAP 1.2 section 3.2.1 requires a name
    `alert/sent` (line 5): `12 January 2026` is no time; CAP 1.2 section 3.3.2 wants the form `2026-03-01T06:00:00-05:00`, with `-00:00` for UTC
    `alert/sent` (line 5): `2026-02-30T04:10:00-00:00` is no time; CAP 1.2 section 3.3.2 wants the form `2026-03-01T06:00:00-05:00`, with `-00:00` for UTC
    `alert/sent` (line 5): the element is empty; CAP 1.2 section 3.2.1 requires a time
    `alert/status` (line 6): `Real` is not in the list of CAP 1.2 section 3.2.1: Actual, Exercise, System, Test, Draft
    `alert/scope` (line 2): the element is missing; CAP 1.2 section 3.2.1 requires it
    `alert/info[1]/category` (line 10): the element is missing; CAP 1.2 section 3.2.2 requires it
    `alert/info[1]/event` (line 10): the element is missing; CAP 1.2 section 3.2.2 requires it
    `alert/info[1]/severity` (line 10): the element is missing; CAP 1.2 section 3.2.2 requires it
    `alert/info[1]/area[1]/areaDesc` (line 17): the element is missing; CAP 1.2 section 3.2.4 requires it
    `alert` (line 2): the element is in the namespace `urn:oasis:names:tc:emergency:cap:2.0`, so it is not known to be CAP; write xmlns="urn:oasis:names:tc:emergency:cap:1.2" (older versions are `urn:oasis:names:tc:emergency:cap:1.1` and `http://www.incident.com/cap/1.0`)
    `alert` (line 2): the element is in no namespace, so it is not known to be CAP; write xmlns="urn:oasis:names:tc:emergency:cap:1.2" (older versions are `urn:oasis:names:tc:emergency:cap:1.1` and `http://www.incident.com/cap/1.0`)
    "#);
}

#[test]
fn geometry_that_cannot_be_meant_is_refused() {
    let answers = refusals(&[
        ("52.10,4.20 52.20,4.20 52.20,4.40 52.10,4.40 52.10,4.20", "52.1,4.2 52.2,4.2"),
        ("52.10,4.20 52.20", "52.10, 4.20 52.20"),
        ("52.10,4.20 52.20", "52.10,4.20,0 52.20"),
        ("52.10,4.20 52.20", "NaN,4.20 52.20"),
        ("52.10,4.20 52.20", "191.10,4.20 52.20"),
        ("52.10,4.20 52.20", "152.10,4.20 52.20,95 52.20"),
        ("52.10,4.20 52.20", "52.10,400 52.20"),
        ("52.10,4.20 52.20,4.20 52.20,4.40", "80,0 80,120 80,-120 80,0"),
        ("</areaDesc>", "</areaDesc><circle>52.1,4.2</circle>"),
        ("</areaDesc>", "</areaDesc><circle>191,4.2 1</circle>"),
        ("</areaDesc>", "</areaDesc><circle>52.1,4.2 -1</circle>"),
    ]);
    assert_snapshot!(answers, @"
    `alert/info[1]/area[1]/polygon[1]` (line 19): a polygon needs at least four positions, the last the same as the first (CAP 1.2 section 3.2.4)
    `alert/info[1]/area[1]/polygon[1]` (line 19): `52.10,` is no position; write `latitude,longitude` in degrees, with blanks only between positions (CAP 1.2 section 3.2.4)
    `alert/info[1]/area[1]/polygon[1]` (line 19): `52.10,4.20,0` is no position; write `latitude,longitude` in degrees, with blanks only between positions (CAP 1.2 section 3.2.4)
    `alert/info[1]/area[1]/polygon[1]` (line 19): `NaN,4.20` is no position; write `latitude,longitude` in degrees, with blanks only between positions (CAP 1.2 section 3.2.4)
    `alert/info[1]/area[1]/polygon[1]` (line 19): `191.10,4.20` is off the globe: the first number is the latitude and goes from -90 to 90 (CAP 1.2 section 3.2.4)
    `alert/info[1]/area[1]/polygon[1]` (line 19): `152.10,4.20` is off the globe: the first number is the latitude and goes from -90 to 90 (CAP 1.2 section 3.2.4)
    `alert/info[1]/area[1]/polygon[1]` (line 19): `52.10,400` is off the globe: longitudes go from -180 to 180
    `alert/info[1]/area[1]/polygon[1]` (line 19): the ring goes round a pole, which a plane polygon cannot express
    `alert/info[1]/area[1]/circle[1]` (line 18): a circle is written `latitude,longitude radius`, with the radius in kilometres (CAP 1.2 section 3.2.4)
    `alert/info[1]/area[1]/circle[1]` (line 18): `191,4.2` is off the globe: the first number is the latitude and goes from -90 to 90 (CAP 1.2 section 3.2.4)
    `alert/info[1]/area[1]/circle[1]` (line 18): `-1` is no radius in kilometres between 0 and 20040
    ");
}

#[test]
fn documents_that_are_no_cap_are_refused_as_a_whole() {
    let documents = [
        "",
        "   ",
        "hello",
        "{\"identifier\": 1}",
        "{oops",
        "<html><body>404</body></html>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='a'/></entry></feed>",
    ];
    let answers: String = documents.iter().map(|text| refusal(text.as_bytes())).collect();
    assert_snapshot!(answers, @"
    `document`: the document is empty: there is no XML element in it
    `document`: the document is empty: there is no XML element in it
    `document` (line 1): there is text outside any element; send the XML document alone
    `document`: this is JSON without a CAP document in any of its strings; CAP is XML, and only XML inside JSON is read here
    `document` (line 1): the document begins like JSON but is not valid: key must be a string at line 1 column 2
    `html` (line 1): there is no CAP `alert` in this document; its root is in the namespace ``
    `feed` (line 1): the feed only points to alerts and holds none itself; fetch the documents that its entries link to
    ");
}

#[test]
fn hostile_documents_are_refused_before_they_cost_anything() {
    let laughs = "<!DOCTYPE a [<!ENTITY l \"ha\"><!ENTITY m \"&l;&l;&l;&l;\">]><a>&m;</a>";
    let deep = "<a>".repeat(100_000);
    let attributes: String = (0..300).map(|n| format!(" a{n}=''")).collect();
    let nodes = format!("<a>{}</a>", "<b/>".repeat(400_000));
    let documents = [
        laughs.to_owned(),
        POWER.replace("Northern", "&north;"),
        deep,
        format!("<a{attributes}/>"),
        format!("<{}/>", "a".repeat(1_000)),
        nodes,
        format!("<a>{}</a>", "x".repeat(3_000_000)),
        " ".repeat(6_000_000),
        POWER.replace("North out", "North\0out"),
        POWER[..700].to_owned(),
        POWER.replace("</headline>", "</headlin>"),
        "</alert>".to_owned(),
        format!("{POWER} and more"),
        POWER.replace("UTF-8", "UTF-16"),
        POWER.replace("UTF-8", "EBCDIC-CP-US"),
    ];
    let answers: String = documents.iter().map(|text| refusal(text.as_bytes())).collect();
    assert_snapshot!(answers, @"
    `document` (line 1): document type declarations (`<!DOCTYPE`) and the entities in them are not read: CAP needs none, and they can be used to attack the reader; remove the declaration
    `document` (line 18): `&north;` is neither one of the five entities of XML nor a character's number; write `&amp;` for an ampersand (XML 1.0 section 4.1)
    `document` (line 1): there are more than 64 elements inside each other, which is the most that is read
    `document` (line 1): there are more than 256 attributes on an element, which is the most that is read
    `document` (line 1): there are more than 256 bytes in a name, which is the most that is read
    `document` (line 1): there are more than 300000 elements and texts, which is the most that is read
    `document` (line 1): one piece of text has 3000000 bytes, more than the 2097152 that are read
    `document`: the document has 6000000 bytes, more than the 5242880 that are read
    `document` (line 16): there is a control character here, which XML does not allow
    `document` (line 19): the document ends before `alert` is closed: it was cut off on the way
    `document` (line 16): `headline` is open here, but `headlin` is closed
    `document` (line 1): a closing tag without an opening one
    read
    `document` (line 23): there is text outside any element; send the XML document alone
    `document`: the XML declaration says `UTF-16`, but the bytes are not UTF-16; declare the encoding in which the document is really saved, best UTF-8
    `document`: the encoding `EBCDIC-CP-US` is not supported; send UTF-8 (also read: UTF-16, US-ASCII, ISO-8859-1 to -16, windows-1250 to -1258, KOI8-R, Shift_JIS, EUC-JP, EUC-KR, Big5, GB2312, GBK, GB18030)
    ");
}

#[test]
fn bytes_that_belie_the_declared_encoding_are_reported_not_guessed() {
    let mut bytes = POWER.as_bytes().to_vec();
    let at = POWER.find("North out").unwrap();
    bytes[at + 1] = 0xF6;
    assert_snapshot!(refusal(&bytes), @"`document` (line 16): the byte 0xF6 is not UTF-8, in which the document claims to be written (UTF-8 unless it declares another); declare the encoding in which it is really saved");
}

#[test]
fn an_archive_is_refused_with_what_to_do_about_it() {
    let answers: String = [&b"PK\x03\x04\x14\0"[..], b"\x1F\x8B\x08\0"].map(refusal).concat();
    assert_snapshot!(answers, @"
    `document`: this is a ZIP archive; unpack it and send the XML documents
    `document`: this is a gzip archive; unpack it and send the XML documents
    ");
}
