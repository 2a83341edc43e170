use muster_contract::alert::{Category, Certainty, Severity, Urgency};

use super::{told, with_defaults};
use crate::domain::testing::{Message, assert_lawful, message};

fn outcome(message: Message) -> String {
    let mut told_of_it = String::new();
    with_defaults().when(message).then(|_, events| told_of_it = told(events));
    told_of_it.lines().next().unwrap_or("").to_owned()
}

/// A message that says only in words what happens.
fn plain(event: &str, category: Category) -> Message {
    let event = event.to_owned();
    message("1").info(|info| {
        info.event.clone_from(&event);
        info.event_codes.clear();
        info.categories = vec![category];
    })
}

/// What the senders of the United States say, by name.
fn american() -> Vec<(&'static str, Message)> {
    use {Certainty as C, Severity as S, Urgency as U};
    vec![
        (
            "NWS tornado warning",
            message("1").event("Tornado Warning", "TOR").grade(
                S::Extreme,
                C::Observed,
                U::Immediate,
            ),
        ),
        (
            "NWS tornado watch",
            message("1").event("Tornado Watch", "TOA").grade(S::Extreme, C::Possible, U::Future),
        ),
        (
            "NWS flood advisory",
            message("1").event("Flood Advisory", "FLS").grade(S::Minor, C::Likely, U::Expected),
        ),
        (
            "NWS small craft advisory",
            message("1").event("Small Craft Advisory", "NWS").grade(
                S::Minor,
                C::Likely,
                U::Expected,
            ),
        ),
        ("NWS red flag warning", plain("Red Flag Warning", Category::Fire)),
        (
            "NWS heat advisory",
            plain("Heat Advisory", Category::Met).grade(S::Moderate, C::Likely, U::Expected),
        ),
        (
            "IPAWS civil emergency",
            message("1").event("Civil Emergency Message", "CEM").grade(
                S::Unknown,
                C::Observed,
                U::Immediate,
            ),
        ),
        ("IPAWS amber alert", message("1").event("Child Abduction Emergency", "CAE")),
    ]
}

/// What other senders say, by name.
fn foreign() -> Vec<(&'static str, Message)> {
    use {Certainty as C, Severity as S, Urgency as U};
    let meteoalarm = |level: &str| {
        plain("Yellow wind warning", Category::Met)
            .parameter("awareness_level", level)
            .parameter("awareness_type", "1; Wind")
    };
    vec![
        ("MeteoAlarm green", meteoalarm("1; green; Minor").grade(S::Minor, C::Likely, U::Future)),
        (
            "MeteoAlarm yellow",
            meteoalarm("2; yellow; Moderate").grade(S::Moderate, C::Likely, U::Future),
        ),
        ("MeteoAlarm red", meteoalarm("4; red; Extreme").grade(S::Extreme, C::Likely, U::Expected)),
        ("NAADS minor change", message("1").parameter("layer:SOREM:1.0:MinorChange", "text")),
        (
            "NAADS severe storm",
            message("1").event("thunderstorm", "thunderstorm").grade(
                S::Severe,
                C::Observed,
                U::Immediate,
            ),
        ),
        (
            "RFS emergency",
            plain("Bush Fire", Category::Fire).parameter("AlertLevel", "Emergency Warning").grade(
                S::Extreme,
                C::Observed,
                U::Immediate,
            ),
        ),
        (
            "RFS advice",
            plain("Bush Fire", Category::Fire).parameter("AlertLevel", "Advice").grade(
                S::Minor,
                C::Observed,
                U::Expected,
            ),
        ),
        (
            "RFS planned burn",
            plain("Burn off", Category::Fire).grade(S::Unknown, C::Unknown, U::Unknown),
        ),
        ("all clear", message("1").all_clear()),
        ("test", message("1").alert(|alert| alert.status = muster_contract::alert::Status::Test)),
    ]
}

#[test]
fn messages_of_real_senders_come_out_as_a_duty_officer_would_want() {
    let table: Vec<_> = american()
        .into_iter()
        .chain(foreign())
        .map(|(name, message)| format!("{name}: {}", outcome(message)))
        .collect();
    insta::assert_snapshot!(table.join("\n"), @r#"
    NWS tornado warning: opened 2026-00001 “Tornado Warning, Mill River” tornado reported by Warnings of danger to life
    NWS tornado watch: suggested a new incident by Watches: rule `Watches` holds, and no open incident fits
    NWS flood advisory: nothing
    NWS small craft advisory: nothing
    NWS red flag warning: suggested a new incident by Fire weather: rule `Fire weather` holds, and no open incident fits
    NWS heat advisory: suggested a new incident by Moderate: rule `Moderate` holds, and no open incident fits
    IPAWS civil emergency: opened 2026-00001 “Civil Emergency Message, Mill River” civil-emergency reported by Civil emergencies
    IPAWS amber alert: suggested a new incident by Missing persons: rule `Missing persons` holds, and no open incident fits
    MeteoAlarm green: nothing
    MeteoAlarm yellow: nothing
    MeteoAlarm red: opened 2026-00001 “Yellow wind warning, Mill River” high-wind reported by Warnings of danger to life
    NAADS minor change: nothing
    NAADS severe storm: opened 2026-00001 “thunderstorm, Mill River” weather reported by Warnings of danger to life
    RFS emergency: opened 2026-00001 “Bush Fire” fire reported by Australian emergency warnings
    RFS advice: nothing
    RFS planned burn: nothing
    all clear: nothing
    test: nothing
    "#);
}

#[test]
fn a_message_in_two_languages_opens_one_incident_under_its_english_name() {
    let bilingual = message("1").alert(|alert| {
        let mut french = alert.infos[0].clone();
        french.language = "fr-CA".to_owned();
        french.event = "inondation".to_owned();
        alert.infos.insert(0, french);
    });
    let story = with_defaults().when(bilingual).then(|story, _| {
        let names: Vec<_> = story.world.incidents().map(|i| i.name.as_str()).collect();
        assert_eq!(names, ["Flood Warning, Mill River"]);
    });
    assert_lawful(&story);
}

#[test]
fn the_most_severe_info_decides_for_the_message() {
    let mixed = message("1").alert(|alert| {
        let mut minor = alert.infos[0].clone();
        minor.severity = Severity::Minor;
        alert.infos.insert(0, minor);
    });
    assert!(outcome(mixed).starts_with("opened"));
}
