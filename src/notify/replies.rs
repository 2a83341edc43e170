//! What people write back from a basic telephone, understood or not. Pure.
//!
//! `1`, `1 20` (coming, in twenty minutes), `B2` (the message with letter B), `yes 15 min`, `no`,
//! `eta 14:30`, `STOP`, `START`, `HELP`, `PAR OK`, `LOG arrived at the north gate`, in English and
//! Spanish, in capitals or not, with signs and accents or without.

use jiff::civil::Time;

use crate::domain::message::content::Meaning;

/// Minutes that an arrival may be away, as people write them.
const MINUTES_MAX: u32 = 24 * 60;
/// Words of the longest phrase that is understood.
const PHRASE_WORDS_MAX: usize = 3;

/// What somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// They want no more on this channel.
    Stop,
    /// They want messages on this channel again.
    Start,
    /// They ask what they can write; or for help, where a message offers that.
    Help,
    /// All people of the resources that they answer for are well.
    ParOk,
    /// A line for the journal.
    Log(String),
    /// An answer.
    Answer(SaidAnswer),
    /// Something else.
    Unclear,
}

/// An answer as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidAnswer {
    /// The letter of the message.
    pub code: Option<char>,
    /// The answer.
    pub choice: Choice,
    /// When they will be there.
    pub arrival: Option<Arrival>,
}

/// Which answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// By its digit.
    Digit(u8),
    /// By what it means.
    Word(Meaning),
    /// Only when they will be there, which says that they are coming.
    ArrivalOnly,
}

/// When somebody will be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// In so many minutes.
    Minutes(u32),
    /// At this time of the day, where they are.
    At(Time),
}

/// Understands what somebody wrote.
#[must_use]
pub fn understand(text: &str) -> Said {
    let plain = fold(text);
    let words: Vec<&str> = plain.split_whitespace().collect();
    let Some((first, rest)) = words.split_first() else { return Said::Unclear };
    if rest.is_empty() {
        match *first {
            "stop" | "stopall" | "unsubscribe" | "cancel" | "end" | "quit" | "alto" | "parar" => {
                return Said::Stop;
            }
            "start" | "unstop" | "resume" | "empezar" => return Said::Start,
            "help" | "info" | "ayuda" => return Said::Help,
            "par" => return Said::ParOk,
            _ => {}
        }
    }
    match (*first, rest) {
        ("par", ["ok" | "complete" | "completo" | "si"]) => Said::ParOk,
        ("log" | "note" | "journal" | "nota" | "diario", [_, ..]) => {
            let line = text.trim().split_once(char::is_whitespace).map_or("", |(_, line)| line);
            Said::Log(line.trim().to_owned())
        }
        _ => answer(&words).map_or(Said::Unclear, Said::Answer),
    }
}

fn answer(words: &[&str]) -> Option<SaidAnswer> {
    let (code, words) = code(words);
    let (choice, rest) = choice(&words)?;
    let arrival = if rest.is_empty() { None } else { Some(arrival(&rest)?) };
    if choice == Choice::ArrivalOnly && arrival.is_none() {
        return None;
    }
    Some(SaidAnswer { code, choice, arrival })
}

/// Takes the letter off: `b2`, `b 2`, `b yes`.
fn code<'a>(words: &[&'a str]) -> (Option<char>, Vec<&'a str>) {
    let Some((first, rest)) = words.split_first() else { return (None, Vec::new()) };
    let letter = first.chars().next().filter(char::is_ascii_lowercase);
    let tail = first.get(1..).unwrap_or_default();
    let alone = tail.is_empty() && !rest.is_empty() && !matches!(*first, "y" | "n");
    let with_digit = !tail.is_empty() && tail.bytes().all(|b| b.is_ascii_digit());
    match letter {
        Some(letter) if alone => (Some(letter.to_ascii_uppercase()), rest.to_vec()),
        Some(letter) if with_digit => {
            let words = std::iter::once(tail).chain(rest.iter().copied()).collect();
            (Some(letter.to_ascii_uppercase()), words)
        }
        _ => (None, words.to_vec()),
    }
}

fn choice<'a>(words: &[&'a str]) -> Option<(Choice, Vec<&'a str>)> {
    let (first, rest) = words.split_first()?;
    if is_duration(words) {
        return Some((Choice::ArrivalOnly, words.to_vec()));
    }
    if let Ok(digit) = first.parse::<u8>()
        && first.len() == 1
        && digit > 0
    {
        return Some((Choice::Digit(digit), rest.to_vec()));
    }
    if matches!(*first, "eta" | "arrival" | "llego" | "llegada") {
        return Some((Choice::ArrivalOnly, rest.to_vec()));
    }
    // The longest phrase says most: `no puedo` is more than `no`.
    (1..=PHRASE_WORDS_MAX.min(words.len())).rev().find_map(|count| {
        let (phrase, rest) = words.split_at_checked(count)?;
        Some((Choice::Word(meaning(&phrase.join(" "))?), rest.to_vec()))
    })
}

/// Whether it is a number of minutes or hours, with the unit that tells it from a digit: `20 min`.
fn is_duration(words: &[&str]) -> bool {
    let unit = match words {
        [one] | ["in" | "en", one] => split_unit(one).1,
        [_, unit] | ["in" | "en", _, unit] => *unit,
        _ => return false,
    };
    unit.starts_with(['m', 'h']) && arrival(words).is_some()
}

fn meaning(words: &str) -> Option<Meaning> {
    Some(match words {
        "yes" | "y" | "coming" | "accept" | "accepted" | "si" | "voy" | "ya voy" | "acepto"
        | "en camino" | "on way" | "on my way" | "omw" | "i am coming" | "i'm coming"
        | "im coming" | "on scene soon" => Meaning::Accept,
        "no" | "n" | "cannot" | "decline" | "declined" | "rechazo" | "no puedo" | "can't"
        | "cant" | "not available" => Meaning::Decline,
        "ok" | "ack" | "received" | "recibido" | "roger" | "vale" | "seen" => Meaning::Acknowledge,
        "understood" | "copy" | "entendido" | "copiado" => Meaning::Understood,
        "mayday" | "sos" | "need help" | "necesito ayuda" | "socorro" | "auxilio" => {
            Meaning::NeedHelp
        }
        "done" | "arrived" | "here" | "hecho" | "llegue" | "aqui" | "on scene" => Meaning::Done,
        _ => return None,
    })
}

/// `20`, `20 min`, `in 20 minutes`, `2 h`, `14:30`, `at 1430`.
fn arrival(words: &[&str]) -> Option<Arrival> {
    let kept: Vec<&str> =
        words.iter().copied().filter(|w| !matches!(*w, "eta" | "in" | "at" | "en" | "a")).collect();
    let (first, unit) = match kept.as_slice() {
        [one] => split_unit(one),
        [first, unit] => (*first, *unit),
        _ => return None,
    };
    if let Some((hour, minute)) = first.split_once(':').filter(|_| unit.is_empty()) {
        return Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok().map(Arrival::At);
    }
    let number: u32 = first.parse().ok()?;
    let minutes = match unit {
        // Four digits are a time, as the fire service writes it.
        "" | "hrs" | "hours" if first.len() == 4 => {
            let (hour, minute) =
                (i8::try_from(number / 100).ok()?, i8::try_from(number % 100).ok()?);
            return Time::new(hour, minute, 0, 0).ok().map(Arrival::At);
        }
        "" | "m" | "min" | "mins" | "minute" | "minutes" | "minuto" | "minutos" => number,
        "h" | "hr" | "hrs" | "hour" | "hours" | "hora" | "horas" => number.checked_mul(60)?,
        _ => return None,
    };
    (minutes <= MINUTES_MAX).then_some(Arrival::Minutes(minutes))
}

/// `20min` is `20` and `min`.
fn split_unit(word: &str) -> (&str, &str) {
    match word.find(|c: char| c.is_ascii_alphabetic()) {
        Some(at) if at > 0 => word.split_at(at),
        _ => (word, ""),
    }
}

/// In small letters, without accents, signs other than `:` and `'` taken for blanks.
fn fold(text: &str) -> String {
    let plain = text.chars().flat_map(char::to_lowercase).map(|c| match c {
        'á' | 'à' | 'â' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        '’' => '\'',
        c if c.is_alphanumeric() || c == ':' || c == '\'' => c,
        _ => ' ',
    });
    plain.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_people_write_is_understood() {
        let written = [
            "1",
            "1 20",
            "1, 20 min",
            " 2 ",
            "B1",
            "b 2",
            "B yes 15",
            "yes",
            "Sí",
            "YES!",
            "no",
            "No puedo",
            "ok",
            "eta 20",
            "ETA 14:30",
            "1 1430",
            "1 2h",
            "STOP",
            "stop it",
            "start",
            "Help",
            "PAR OK",
            "par",
            "LOG  Arrived at the north gate. 2 hurt",
            "mayday",
            "on scene",
            "On my way, 20 min",
            "I’m coming",
            "20 min",
            "in 20 minutes",
            "2 hrs",
            "in 5",
            "hello there",
            "",
            "10",
            "1 99999",
            "yes 25:99",
            "👍",
        ];
        let said: Vec<_> = written.iter().map(|w| format!("{w:?}: {}", short(w))).collect();
        insta::assert_snapshot!(said.join("\n"), @r#"
        "1": Digit(1)
        "1 20": Digit(1), Minutes(20)
        "1, 20 min": Digit(1), Minutes(20)
        " 2 ": Digit(2)
        "B1": B Digit(1)
        "b 2": B Digit(2)
        "B yes 15": B Word(Accept), Minutes(15)
        "yes": Word(Accept)
        "Sí": Word(Accept)
        "YES!": Word(Accept)
        "no": Word(Decline)
        "No puedo": Word(Decline)
        "ok": Word(Acknowledge)
        "eta 20": ArrivalOnly, Minutes(20)
        "ETA 14:30": ArrivalOnly, At(14:30:00)
        "1 1430": Digit(1), At(14:30:00)
        "1 2h": Digit(1), Minutes(120)
        "STOP": Stop
        "stop it": Unclear
        "start": Start
        "Help": Help
        "PAR OK": ParOk
        "par": ParOk
        "LOG  Arrived at the north gate. 2 hurt": Log("Arrived at the north gate. 2 hurt")
        "mayday": Word(NeedHelp)
        "on scene": Word(Done)
        "On my way, 20 min": Word(Accept), Minutes(20)
        "I’m coming": Word(Accept)
        "20 min": ArrivalOnly, Minutes(20)
        "in 20 minutes": ArrivalOnly, Minutes(20)
        "2 hrs": ArrivalOnly, Minutes(120)
        "in 5": Unclear
        "hello there": Unclear
        "": Unclear
        "10": Unclear
        "1 99999": Unclear
        "yes 25:99": Unclear
        "👍": Unclear
        "#);
    }

    fn short(text: &str) -> String {
        match understand(text) {
            Said::Answer(SaidAnswer { code, choice, arrival }) => {
                let code = code.map_or_else(String::new, |code| format!("{code} "));
                let arrival = arrival.map_or_else(String::new, |a| format!(", {a:?}"));
                format!("{code}{choice:?}{arrival}")
            }
            said => format!("{said:?}"),
        }
    }

    proptest! {
        #[test]
        fn nothing_that_is_written_is_too_much(text in ".{0,300}") {
            let _ = understand(&text);
        }

        #[test]
        fn a_digit_is_that_digit_whatever_surrounds_it(digit in 1_u8..=9, blanks in "[ .,!]{0,5}") {
            let said = understand(&format!("{blanks}{digit}{blanks}"));
            let choice = Choice::Digit(digit);
            prop_assert_eq!(said, Said::Answer(SaidAnswer { code: None, choice, arrival: None }));
        }
    }
}
