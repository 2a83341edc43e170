//! Contact data: what is taken, what is refused, and what is never said.

use super::{Channel, Contact, PlaceKind, QuietHours, Way, Whereabouts};

fn way(channel: Channel, address: &str) -> Way {
    Way { channel, address: address.to_owned(), quiet: None }
}

fn by(channel: Channel, address: &str) -> Contact {
    Contact { channels: vec![way(channel, address)], ..Contact::default() }
}

const SUBSCRIPTION: &str =
    r#"{"endpoint":"https://push.example/x","keys":{"p256dh":"BCVx","auth":"8eD-"}}"#;

#[test]
fn addresses_are_kept_in_one_form() {
    let kept = |channel, address: &str| {
        by(channel, address).checked().unwrap().channels[0].address.clone()
    };
    assert_eq!(kept(Channel::Sms, " +1 (202) 555-0143 "), "+12025550143");
    assert_eq!(kept(Channel::Voice, "+49.30/901820"), "+4930901820");
    assert_eq!(
        kept(Channel::Email, "sam.ortiz+duty@harbor.example"),
        "sam.ortiz+duty@harbor.example"
    );
    assert_eq!(kept(Channel::Mqtt, "harbor/siren/4"), "harbor/siren/4");
    assert_eq!(kept(Channel::Webhook, "https://cad.harbor.example"), "https://cad.harbor.example/");
    assert_eq!(kept(Channel::WebPush, SUBSCRIPTION), SUBSCRIPTION);
}

#[test]
fn what_cannot_be_used_is_refused_and_not_repeated() {
    let no = [
        by(Channel::Sms, "555 0143"),
        by(Channel::Voice, "+0123456789"),
        by(Channel::Sms, "+1 CALL SAM"),
        by(Channel::Email, "sam@"),
        by(Channel::Email, "sam ortiz@harbor.example"),
        by(Channel::Email, "sam@harbor..example"),
        by(Channel::Email, "sam@harbor.example\r\nBcc: all@harbor.example"),
        by(Channel::Mqtt, "harbor/+/siren"),
        by(Channel::Webhook, "ftp://harbor.example"),
        by(Channel::Webhook, "https://sam:secret@harbor.example"),
        by(Channel::WebPush, r#"{"endpoint":"https://push.example"}"#),
        Contact {
            channels: vec![way(Channel::Sms, "+12025550143"), way(Channel::Sms, "+1 202 555 0143")],
            ..Contact::default()
        },
        Contact { languages: vec!["en".to_owned(), "English".to_owned()], ..Contact::default() },
        Contact {
            places: vec![Whereabouts { kind: PlaceKind::Home, lon: 41.0, lat: -171.0 }],
            ..Contact::default()
        },
        Contact {
            places: vec![Whereabouts { kind: PlaceKind::Home, lon: f64::NAN, lat: 1.0 }],
            ..Contact::default()
        },
        Contact { channels: vec![way(Channel::Sms, "+12025550143"); 17], ..Contact::default() },
    ];
    let mut said = String::new();
    for contact in no {
        let refusal = contact.checked().unwrap_err();
        said += &format!("{}: {refusal}\n", refusal.code());
    }
    insta::assert_snapshot!(said, @r#"
    CONTACT_NUMBER_UNUSABLE: channel 1 has no telephone number in international form; write it with + and the code of the country, such as +12025550143
    CONTACT_NUMBER_UNUSABLE: channel 1 has no telephone number in international form; write it with + and the code of the country, such as +12025550143
    CONTACT_NUMBER_UNUSABLE: channel 1 has no telephone number in international form; write it with + and the code of the country, such as +12025550143
    CONTACT_MAILBOX_UNUSABLE: channel 1 has no mailbox; write it as name@domain
    CONTACT_MAILBOX_UNUSABLE: channel 1 has no mailbox; write it as name@domain
    CONTACT_MAILBOX_UNUSABLE: channel 1 has no mailbox; write it as name@domain
    CONTACT_MAILBOX_UNUSABLE: channel 1 has no mailbox; write it as name@domain
    CONTACT_TOPIC_UNUSABLE: channel 1 has no MQTT topic to publish to; leave out +, # and a leading $
    CONTACT_URL_UNUSABLE: channel 1 has no address to post to; write a URL with http or https, without a password
    CONTACT_URL_UNUSABLE: channel 1 has no address to post to; write a URL with http or https, without a password
    CONTACT_SUBSCRIPTION_UNUSABLE: channel 1 has no subscription of a browser; give its JSON with `endpoint` and `keys`
    CONTACT_CHANNEL_TWICE: channel 2 is there already; name each way once, in the order to try them
    CONTACT_LANGUAGE_UNUSABLE: language 2 is no language tag; write it as `es` or `en-US`
    CONTACT_PLACE_UNUSABLE: place 1 is not on the globe; are longitude and latitude swapped?
    CONTACT_PLACE_UNUSABLE: place 1 is not on the globe; are longitude and latitude swapped?
    COUNT_OUT_OF_RANGE: `channels` has 17 entries and takes 0 to 16
    "#);
    assert!(
        !said.contains("harbor.example\n") && !said.contains("secret") && !said.contains("CALL")
    );
}

#[test]
fn what_was_sealed_reads_back_and_so_does_what_older_releases_sealed() {
    let contact = Contact {
        languages: vec!["es".to_owned(), "en-US".to_owned()],
        channels: vec![Way {
            quiet: Some(QuietHours {
                from: "22:00".parse().unwrap(),
                to: "07:00".parse().unwrap(),
                time_zone: "america/new_york".to_owned(),
            }),
            ..way(Channel::Sms, "+12025550143")
        }],
        places: vec![Whereabouts { kind: PlaceKind::Home, lon: -71.05, lat: 42.36 }],
        note: Some("knock twice".to_owned()),
    };
    let kept = contact.checked().unwrap();
    let sealed = serde_json::to_string(&kept).unwrap();
    insta::assert_snapshot!(sealed, @r#"{"languages":["es","en-US"],"channels":[{"channel":"sms","address":"+12025550143","quiet":{"from":"22:00:00","to":"07:00:00","time_zone":"America/New_York"}}],"places":[{"kind":"home","lon":-71.05,"lat":42.36}],"note":"knock twice"}"#);
    assert_eq!(Contact::unsealed(sealed.as_bytes()).unwrap(), kept);
    let before =
        br#"{"phones":["+1 555 0100","ask Lee"],"emails":["sam@harbor.example"],"note":null}"#;
    let channels = Contact::unsealed(before).unwrap().channels;
    let told: Vec<_> = channels.iter().map(|way| (way.channel, way.address.as_str())).collect();
    insta::assert_debug_snapshot!(told, @r#"
    [
        (
            Sms,
            "+15550100",
        ),
        (
            Email,
            "sam@harbor.example",
        ),
        (
            Voice,
            "+15550100",
        ),
    ]
    "#);
    assert!(Contact::unsealed(b"not JSON").is_none());
    insta::assert_snapshot!(format!("{kept:?} {:?} {:?}", kept.channels, kept.places), @"Contact(1 channels, 1 places) [Way(Sms)] [Whereabouts(Home)]");
}

#[test]
fn quiet_hours_are_those_of_the_wall_where_somebody_lives() {
    let quiet = |from: &str, to: &str| QuietHours {
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
        time_zone: "America/New_York".to_owned(),
    };
    let within = |quiet: &QuietHours, at: &str| quiet.contains(at.parse().unwrap());
    let night = quiet("22:00", "07:00");
    assert!(within(&night, "2026-05-04T02:00:00Z"), "22:00 in New York");
    assert!(within(&night, "2026-05-04T10:59:59Z") && !within(&night, "2026-05-04T11:00:00Z"));
    let lunch = quiet("12:00", "13:00");
    assert!(within(&lunch, "2026-05-04T16:30:00Z") && !within(&lunch, "2026-05-04T17:00:00Z"));
}
