use minijinja::context;
use minijinja::value::Serde;

use super::*;

/// The short form, filled in with these words.
fn short(what: &str, to_do: Option<&str>, place: Option<&str>, exercise: bool) -> String {
    let words = &words_of("en").words;
    let values = context! {
        exercise, mark => None::<&str>, sender => "Harbor Fire", again => false,
        what, who => None::<&str>, place, when => None::<&str>, to_do, until => Some("18:00"),
        words => Value::from(Serde(words)),
        choices => vec![context! { key => "1", label => "I am coming" }],
        example => Some("1 20"),
    };
    FORMS.get_template("short").unwrap().render(values).unwrap()
}

#[test]
fn every_sentence_of_a_short_form_ends_with_one_full_stop() {
    let all = [
        short("Ten are needed", Some("Bring boots"), Some("Mill St."), false),
        short("Evacuate now!", Some("Go north?"), None, false),
        short("Gas leak", None, Some("Quay Road"), true),
    ];
    insta::assert_snapshot!(all.join("\n"), @r#"
    Harbor Fire: Ten are needed. Where: Mill St. Bring boots. Until 18:00. Reply 1=I am coming (add minutes until you arrive, e.g. 1 20)
    Harbor Fire: Evacuate now! Go north? Until 18:00. Reply 1=I am coming (add minutes until you arrive, e.g. 1 20)
    EXERCISE EXERCISE EXERCISE. Harbor Fire: Gas leak. Where: Quay Road. Until 18:00. Reply 1=I am coming (add minutes until you arrive, e.g. 1 20)
    "#);
}

#[test]
fn the_forms_and_tables_of_all_languages_are_read() {
    for language in ["en", "es"] {
        assert_eq!(best(language).0, language);
    }
    assert_eq!(best("tlh").0, FALLBACK);
    for form in ["short", "long"] {
        FORMS.get_template(form).unwrap();
    }
}
