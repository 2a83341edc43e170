//! Which of the infos of a message speaks for it.
//!
//! A message may hold several: the same in two languages, or one for the ground where the danger is
//! over and one for the ground that it reaches now. Example: Environment Canada ends a wind warning
//! for one county and keeps it up for the next one in the same message; the second speaks for it.

use muster_contract::Alert;
use muster_contract::alert::{Category, Info, ResponseType, Urgency};

/// Whether nothing has to be done any more about what an info says.
///
/// An urgency of `Past` alone does not say so: earthquakes are reported with it by all who report
/// them, for the shaking is over and its consequences are not, and so is a tsunami for which people
/// are told to leave.
pub(super) fn is_over(info: &Info) -> bool {
    let says = |response| info.response_types.contains(&response);
    let calls = || {
        [ResponseType::Evacuate, ResponseType::Shelter, ResponseType::Prepare]
            .into_iter()
            .chain([ResponseType::Execute, ResponseType::Avoid])
            .any(says)
    };
    let has_struck = || info.categories.contains(&Category::Geo) && !says(ResponseType::None);
    says(ResponseType::AllClear) || (info.urgency == Urgency::Past && !calls() && !has_struck())
}

/// The info that decides for the whole message: the most severe one that is not over, then the
/// most urgent, then the surest, then the one in English. An info in another language says the
/// same once more, and one message must not open two incidents.
pub(in crate::domain) fn deciding_info(alert: &Alert) -> Option<&Info> {
    alert
        .infos
        .iter()
        .filter(|info| !is_over(info))
        .min_by_key(|info| (info.severity, info.urgency, info.certainty, !is_english(info)))
}

/// The info that stands for a message where only one can be shown: the one that decides, or else
/// the first in English, or else the first.
pub(super) fn main_info(alert: &Alert) -> Option<&Info> {
    let first = || alert.infos.iter().find(|info| is_english(info)).or(alert.infos.first());
    deciding_info(alert).or_else(first)
}

fn is_english(info: &Info) -> bool {
    let start = info.language.as_bytes().get(..2);
    start.is_some_and(|start| start.eq_ignore_ascii_case(b"en"))
}
