//! What a gateway's answer says of a message.

use std::time::Duration;

use muster_contract::channel::{Failure, FailureKind, Submitted};

use super::mapping::{Answer, Shape, Source, Statuses};

/// Characters of a code or a name that are kept.
const NAME_CHARACTERS_MAX: usize = 128;
/// The longest wait that a gateway can ask for.
const WAIT_MAX: Duration = Duration::from_secs(3_600);

/// An answer as it came. A body that was too long, was cut off or is not UTF-8 is not there.
#[derive(Clone, Debug, Default)]
pub(super) struct Answered {
    pub(super) status: u16,
    pub(super) body: Option<String>,
    pub(super) retry_after: Option<String>,
}

impl Shape {
    pub(super) fn fits(&self, answered: &Answered) -> bool {
        let status = self.status.iter().any(|statuses| statuses.holds(answered.status));
        let body = answered.body.as_deref().map(str::trim_start);
        let begins = |begin: &String| body.is_some_and(|body| body.starts_with(begin.as_str()));
        status && (self.begins.is_empty() || self.begins.iter().any(begins))
    }
}

impl Statuses {
    pub(super) fn holds(self, status: u16) -> bool {
        (self.0..=self.1).contains(&status)
    }
}

/// Reads an answer. One of success in a form that the mapping does not know leaves the message in
/// doubt: whoever gave it may not even be the gateway.
pub(super) fn read(mapping: &Answer, answered: &Answered) -> Result<Submitted, Failure> {
    let find = |source: &Option<Source>| source.as_ref().and_then(|s| s.find(answered));
    if mapping.taken.fits(answered) {
        let reference = find(&mapping.reference);
        if reference.is_some() || mapping.reference.is_none() {
            return Ok(Submitted { reference, delivered: false });
        }
    }
    let status = answered.status;
    let found = find(&mapping.code);
    let listed = mapping.errors.iter().find(|(code, ..)| Some(code) == found.as_ref());
    let code = found.unwrap_or_else(|| status.to_string());
    let failure = match listed {
        Some((_, kind, says)) => Failure::new(*kind, code, says.as_str()),
        None => by_status(mapping, status, code),
    };
    let wait = answered.retry_after.as_deref().and_then(|wait| wait.trim().parse().ok());
    Err(Failure { retry_after: wait.map(|s| Duration::from_secs(s).min(WAIT_MAX)), ..failure })
}

fn by_status(mapping: &Answer, status: u16, code: String) -> Failure {
    let listed = mapping.statuses.iter().find(|(statuses, _)| statuses.holds(status));
    if let Some((_, kind)) = listed {
        return Failure::new(*kind, code, format!("the gateway answered with status {status}"));
    }
    let (kind, says) = match status {
        200..=299 => (FailureKind::InDoubt, "success in a form that its mapping does not know"),
        300..=399 => (FailureKind::Technical, "a redirect, which is not followed"),
        429 | 503 => (FailureKind::Temporary, "that it is busy"),
        400..=499 => (FailureKind::Technical, "that it does not take the request"),
        _ => (FailureKind::InDoubt, "a fault of its own"),
    };
    Failure::new(kind, code, format!("the gateway answered {says} (status {status})"))
}

impl Source {
    fn find(&self, answered: &Answered) -> Option<String> {
        let body = answered.body.as_deref()?;
        let found = match self {
            Self::Json(pointer) => {
                let json: serde_json::Value = serde_json::from_str(body).ok()?;
                match json.pointer(pointer)? {
                    serde_json::Value::String(text) => text.clone(),
                    serde_json::Value::Number(number) => number.to_string(),
                    _ => return None,
                }
            }
            Self::After(mark) => {
                body.split_once(mark.as_str())?.1.split_whitespace().next()?.to_owned()
            }
            Self::Before(mark) => body.split_once(mark.as_str())?.0.trim().to_owned(),
        };
        let found: String = found.chars().take(NAME_CHARACTERS_MAX).collect();
        Some(found).filter(|found| !found.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::{Answered, read};
    use crate::http::mapping::{KANNEL, Mapping, TWILIO};

    fn of(mapping: &str, status: u16, body: &str) -> String {
        let mapping = Mapping::parse(mapping).unwrap();
        let answered =
            Answered { status, body: Some(body.to_owned()), retry_after: Some("7".into()) };
        match read(&mapping.answer, &answered) {
            Ok(submitted) => format!("taken {:?}", submitted.reference),
            Err(failure) => format!("{:?}: {failure} {:?}", failure.kind, failure.retry_after),
        }
    }

    #[test]
    fn answers_are_read_by_the_mapping() {
        let answers = [
            of(KANNEL, 202, "0: Accepted for delivery"),
            of(KANNEL, 202, "3: Queued for later delivery"),
            of(KANNEL, 202, "<html>Welcome to our hotel</html>"),
            of(KANNEL, 403, "Authorization failed for sendsms"),
            of(KANNEL, 503, "Temporal failure, try again later."),
            of(TWILIO, 201, r#"{"sid": "SM12", "status": "queued"}"#),
            of(TWILIO, 200, r#"{"sid": 5}"#),
            of(TWILIO, 200, "{"),
            of(TWILIO, 200, r#"{"status": "queued"}"#),
            of(TWILIO, 400, r#"{"code": 21211, "message": "+12025550143 is not valid"}"#),
            of(TWILIO, 429, r#"{"code": 20429}"#),
            of(TWILIO, 401, "no JSON"),
            of(TWILIO, 500, ""),
            of(TWILIO, 307, ""),
            of(TWILIO, 418, ""),
        ];
        insta::assert_snapshot!(answers.join("\n"), @r#"
        taken None
        taken None
        InDoubt: the gateway answered success in a form that its mapping does not know (status 202) (`202`) Some(7s)
        Technical: the gateway answered with status 403 (`403`) Some(7s)
        Temporary: the gateway answered with status 503 (`503`) Some(7s)
        taken Some("SM12")
        taken Some("5")
        InDoubt: the gateway answered success in a form that its mapping does not know (status 200) (`200`) Some(7s)
        InDoubt: the gateway answered success in a form that its mapping does not know (status 200) (`200`) Some(7s)
        Permanent: the number is not valid (`21211`) Some(7s)
        Temporary: too many requests at once (`20429`) Some(7s)
        Technical: the gateway answered with status 401 (`401`) Some(7s)
        InDoubt: the gateway answered with status 500 (`500`) Some(7s)
        Technical: the gateway answered a redirect, which is not followed (status 307) (`307`) Some(7s)
        Technical: the gateway answered that it does not take the request (status 418) (`418`) Some(7s)
        "#);
    }
}
