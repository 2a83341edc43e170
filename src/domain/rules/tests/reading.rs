use super::super::{DEFAULT, RuleSet};

fn problems(source: &str) -> String {
    RuleSet::parse(source).unwrap_err().to_string()
}

#[test]
fn the_default_rules_have_no_mistake() {
    if let Err(problems) = RuleSet::parse(DEFAULT) {
        panic!("{problems}");
    }
}

#[test]
fn the_empty_text_is_the_empty_set() {
    assert_eq!(RuleSet::parse("").unwrap().source(), "");
}

#[test]
fn every_mistake_is_told_at_once_with_its_line_and_rule() {
    let source = r#"
rules:
  - name: Floods
    when: |
      info.severity == "Severe" &&
      info.evnt == "Flood"
    then: opens
    correlate:
      within-hours: soon
      colour: blue
  - name: Storms
    when: kind == "strom"
    then: open
    kind: tempest
    incident:
      name: "{event} {aera}"
      complexity: { type: 6, reason: "big" }
      lead: { by-jurisdiction: [fire, navy] }
  - when: "true"
    then: ignore
  - name: Floods
    when: "true"
    then: ignore
  - name: Folded
    when: >
      info.urgency == "Immediate" &&
      kind == "none-such"
    then: ignore
  - name: Storms
    when: info.severity == "Severe"
    then: ignore
"#;
    insta::assert_snapshot!(problems(source), @r#"
    line 6, rule `Floods`: there is no `info.evnt`; `info` has `language`, `categories`, `event`, `urgency`, `severity`, `certainty`, `responseTypes`, `eventCodes`, `parameters`, `headline`, `senderName`
    line 7, rule `Floods`: `then` cannot be `opens`; it is one of `open`, `update`, `attach`, `suggest`, `ignore`
    line 9, rule `Floods`: `within-hours` is a number from 0 to 720
    line 10, rule `Floods`: `correlate` has no field `colour`; it has `kind`, `within-hours`, `overlap`, `min-overlap`
    line 12, rule `Storms`: `strom` never occurs there; use `structure-fire`, `security`, `search-and-rescue`
    line 14, rule `Storms`: `tempest` is not a kind of hazard; write `from-alert` or a code
    line 16, rule `Storms`: `{aera}` has no meaning in a name; there are {event} {area} {headline} {sender}
    line 17, rule `Storms`: `type` cannot be `6`; it is one of `5`, `4`, `3`, `2`, `1`
    line 18, rule `Storms`: `by-jurisdiction` cannot be `navy`; it is one of `fire`, `law-enforcement`, `ems`, `hospital`, `utility`, `public-works`, `public-health`, `emergency-management`, `security-operations`, `ngo`, `military`, `government`, `other`
    line 19: `name` is missing
    line 21: another rule is called `Floods`; the log names rules
    line 27, rule `Folded`: `none-such` never occurs there; use `fire`, `wildland-fire`, `structure-fire`, `weather`, `flood`, `flash-flood`, `coastal-flood`, `tornado`, `tropical-cyclone`, `winter-storm`, `high-wind`, `dust-storm`, `heat`, `cold`, `geological`, `earthquake`, `tsunami`, `volcano`, `landslide`, `avalanche`, `hazmat`, `radiological`, `biological`, `health`, `mass-casualty`, `civil-emergency`, `evacuation`, `security`, `active-threat`, `missing-person`, `infrastructure`, `water-supply`, `power-outage`, `communications-outage`, `cyber`, `dam-failure`, `transport`, `aircraft-accident`, `rail-accident`, `road-accident`, `marine-accident`, `search-and-rescue`, `planned-event`, `other`
    line 29: another rule is called `Storms`; the log names rules
    "#);
}

#[test]
fn what_is_not_yaml_or_not_a_set_of_rules_is_told_with_its_line() {
    insta::assert_snapshot!(problems("rules:\n  - name: [a\n"), @"line 2: this is not usable YAML: unclosed bracket '[' at line 2, column 11");
    insta::assert_snapshot!(problems("rules:\n  - name: a\n    name: b\n"), @"line 3: this is not usable YAML: duplicate mapping key: name, set DuplicateKeyPolicy in Options if acceptable at line 3, column 5");
    insta::assert_snapshot!(problems("just words"), @"line 1: the document is a map with `rules`");
    insta::assert_snapshot!(problems("rules: []"), @"line 1: `rules` is a list with at least one entry");
    insta::assert_snapshot!(problems("rules:\n  - name: a\n    when: true\n    then: ignore\n"), @"line 3, rule `a`: `when` is a text; put it in quotes if it looks else");
    insta::assert_snapshot!(problems(&"x".repeat(300_000)), @"line 1: the rules have 300000 bytes and may have 262144");
}

#[test]
fn aliases_that_multiply_are_refused() {
    let mut source = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for n in 1..12 {
        let before = format!("*a{}, ", n - 1).repeat(9);
        source += &format!("a{n}: &a{n} [{before}]\n");
    }
    assert!(RuleSet::parse(&source).is_err());
}

fn rule(condition: &str) -> String {
    format!("rules:\n  - name: deep\n    then: ignore\n    when: >\n      {condition}\n")
}

#[test]
fn deep_conditions_are_an_error_and_not_an_overflow() {
    let deep = [
        format!("{}true{}", "(".repeat(1_900), ")".repeat(1_900)),
        format!("{}true", "! ".repeat(1_900)),
        format!("{}1", "true ? 1 : ".repeat(300)),
        format!("{}1 == 1", "1 + ".repeat(900)),
        format!("{}a", "a.".repeat(1_900)),
        format!("{}[1]", "1 in ".repeat(700)),
        format!("{}true", "true && ".repeat(450)),
        format!("{}'", "'\\".repeat(450)),
    ];
    for condition in deep {
        assert!(RuleSet::parse(&rule(&condition)).is_err(), "{condition}");
    }
}

#[test]
fn the_deepest_condition_that_is_allowed_fits_the_stack() {
    let deepest = format!("{}{}1{} == 149", "(".repeat(16), "1 + ".repeat(148), ")".repeat(16));
    assert_eq!(problems(&rule(&format!("{deepest} + 1"))).lines().count(), 1);
    assert!(RuleSet::parse(&rule(&deepest)).is_ok());
    let wide = format!("{}true", "info.event == 'Flood' || ".repeat(29));
    assert!(RuleSet::parse(&rule(&wide)).is_ok());
}
