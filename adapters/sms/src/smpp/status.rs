//! What a centre's refusals mean: every `command_status` of SMPP 3.4 (section 5.1.3) and 5.0.

use std::collections::BTreeMap;
use std::time::Duration;

use muster_contract::channel::{Failure, FailureKind};
use rusmpp::CommandStatus;

use FailureKind::{Permanent, Technical, Temporary};

/// The provider's own codes, by the standard.
const VENDOR: std::ops::RangeInclusive<u32> = 0x400..=0x4FF;

/// Code, name, what it means for what to do next, and what it means.
///
/// What the standard blames on a field that our settings fill is technical: another provider has
/// other settings. Only what it blames on the recipient or on the text is permanent.
const STATUSES: &[(u32, &str, FailureKind, &str)] = &[
    (0x001, "ESME_RINVMSGLEN", Permanent, "the message is too long for the centre"),
    (0x002, "ESME_RINVCMDLEN", Technical, "the centre could not read the request"),
    (0x003, "ESME_RINVCMDID", Technical, "the centre does not know the request"),
    (0x004, "ESME_RINVBNDSTS", Technical, "the centre takes no messages on this connection"),
    (0x005, "ESME_RALYBND", Technical, "the account is already bound"),
    (0x006, "ESME_RINVPRTFLG", Technical, "the centre does not know this priority"),
    (0x007, "ESME_RINVREGDLVFLG", Technical, "the centre gives no receipts of this kind"),
    (0x008, "ESME_RSYSERR", Temporary, "the centre has a fault of its own"),
    (0x00A, "ESME_RINVSRCADR", Technical, "the centre does not allow our source address"),
    (0x00B, "ESME_RINVDSTADR", Permanent, "the number is not valid"),
    (0x00C, "ESME_RINVMSGID", Technical, "the centre does not know the message's name"),
    (0x00D, "ESME_RBINDFAIL", Technical, "the centre refused to bind us"),
    (0x00E, "ESME_RINVPASWD", Technical, "the centre refused the password"),
    (0x00F, "ESME_RINVSYSID", Technical, "the centre does not know the account"),
    (0x011, "ESME_RCANCELFAIL", Technical, "the centre could not cancel"),
    (0x013, "ESME_RREPLACEFAIL", Technical, "the centre could not replace"),
    (0x014, "ESME_RMSGQFUL", Temporary, "the centre's queue is full"),
    (0x015, "ESME_RINVSERTYP", Technical, "the centre does not know the service type"),
    (0x033, "ESME_RINVNUMDESTS", Technical, "the centre refused the number of recipients"),
    (0x034, "ESME_RINVDLNAME", Technical, "the centre does not know the distribution list"),
    (0x040, "ESME_RINVDESTFLAG", Technical, "the centre refused the destination flag"),
    (0x042, "ESME_RINVSUBREP", Technical, "the centre cannot replace on submission"),
    (0x043, "ESME_RINVESMCLASS", Technical, "the centre refused the class of the message"),
    (0x044, "ESME_RCNTSUBDL", Technical, "the centre cannot send to distribution lists"),
    (0x045, "ESME_RSUBMITFAIL", Temporary, "the centre could not take the message"),
    (0x048, "ESME_RINVSRCTON", Technical, "the centre refused the type of our source address"),
    (0x049, "ESME_RINVSRCNPI", Technical, "the centre refused the plan of our source address"),
    (0x050, "ESME_RINVDSTTON", Technical, "the centre refused the type of the number"),
    (0x051, "ESME_RINVDSTNPI", Technical, "the centre refused the plan of the number"),
    (0x053, "ESME_RINVSYSTYP", Technical, "the centre does not know the system type"),
    (0x054, "ESME_RINVREPFLAG", Technical, "the centre refused the replace flag"),
    (0x055, "ESME_RINVNUMMSGS", Technical, "the centre refused the number of messages"),
    (0x058, "ESME_RTHROTTLED", Temporary, "we sent faster than the centre allows"),
    (0x061, "ESME_RINVSCHED", Technical, "the centre refused the time of sending"),
    (0x062, "ESME_RINVEXPIRY", Technical, "the centre refused the time of expiry"),
    (0x063, "ESME_RINVDFTMSGID", Technical, "the centre does not know the canned message"),
    (0x064, "ESME_RX_T_APPN", Temporary, "the receiving system could not take it now"),
    (0x065, "ESME_RX_P_APPN", Permanent, "the receiving system will not take it"),
    (0x066, "ESME_RX_R_APPN", Permanent, "the receiving system rejected it"),
    (0x067, "ESME_RQUERYFAIL", Technical, "the centre could not answer a query"),
    (0x0C0, "ESME_RINVOPTPARSTREAM", Technical, "the centre could not read the parameters"),
    (0x0C1, "ESME_ROPTPARNOTALLWD", Technical, "the centre does not allow a parameter"),
    (0x0C2, "ESME_RINVPARLEN", Technical, "the centre refused the length of a parameter"),
    (0x0C3, "ESME_RMISSINGOPTPARAM", Technical, "the centre misses a parameter"),
    (0x0C4, "ESME_RINVOPTPARAMVAL", Technical, "the centre refused the value of a parameter"),
    (0x0FE, "ESME_RDELIVERYFAILURE", Temporary, "the message could not be delivered now"),
    (0x0FF, "ESME_RUNKNOWNERR", Temporary, "the centre does not say why"),
    (0x100, "ESME_RSERTYPUNAUTH", Technical, "the account may not use the service type"),
    (0x101, "ESME_RPROHIBITED", Technical, "the account may not send messages"),
    (0x102, "ESME_RSERTYPUNAVAIL", Temporary, "the service is out of order"),
    (0x103, "ESME_RSERTYPDENIED", Permanent, "the centre refuses what the message says"),
    (0x104, "ESME_RINVDCS", Technical, "the centre does not know the data coding"),
    (0x105, "ESME_RINVSRCADDRSUBUNIT", Technical, "the centre refused the source's sub-unit"),
    (0x106, "ESME_RINVDSTADDRSUBUNIT", Technical, "the centre refused the number's sub-unit"),
    (0x107, "ESME_RINVBCASTFREQINT", Technical, "the centre refused a broadcast"),
    (0x108, "ESME_RINVBCASTALIAS_NAME", Technical, "the centre refused a broadcast"),
    (0x109, "ESME_RINVBCASTAREAFMT", Technical, "the centre refused a broadcast"),
    (0x10A, "ESME_RINVNUMBCAST_AREAS", Technical, "the centre refused a broadcast"),
    (0x10B, "ESME_RINVBCASTCNTTYPE", Technical, "the centre refused a broadcast"),
    (0x10C, "ESME_RINVBCASTMSGCLASS", Technical, "the centre refused a broadcast"),
    (0x10D, "ESME_RBCASTFAIL", Technical, "the centre refused a broadcast"),
    (0x10E, "ESME_RBCASTQUERYFAIL", Technical, "the centre refused a broadcast"),
    (0x10F, "ESME_RBCASTCANCELFAIL", Technical, "the centre refused a broadcast"),
    (0x110, "ESME_RINVBCAST_REP", Technical, "the centre refused a broadcast"),
    (0x111, "ESME_RINVBCASTSRVGRP", Technical, "the centre refused a broadcast"),
    (0x112, "ESME_RINVBCASTCHANIND", Technical, "the centre refused a broadcast"),
];

/// The failure that a status other than `ESME_ROK` is.
///
/// Too much at once ([`Temporary`] by throttling or a full queue) carries the time to wait.
pub(super) fn failure(
    status: CommandStatus,
    vendor: &BTreeMap<u32, FailureKind>,
    wait: Duration,
) -> Failure {
    let code = u32::from(status);
    let known = STATUSES.iter().find(|(known, ..)| *known == code);
    let Some((_, name, kind, says)) = known else {
        let says = "the centre refused it for a reason of its own";
        let kind = vendor.get(&code).copied().unwrap_or(Temporary);
        let name = if VENDOR.contains(&code) { "vendor" } else { "unknown" };
        return Failure::new(kind, format!("{name} 0x{code:08X}"), says);
    };
    let failure = Failure::new(*kind, *name, *says);
    match status {
        CommandStatus::EsmeRthrottled | CommandStatus::EsmeRmsgqful => failure.after(wait),
        _ => failure,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use muster_contract::channel::FailureKind;
    use rusmpp::CommandStatus;

    use super::{STATUSES, failure};

    #[test]
    fn every_status_that_the_codec_knows_has_its_meaning() {
        for code in 1..=0x1000 {
            let known = !matches!(CommandStatus::from(code), CommandStatus::Other(_));
            let listed = STATUSES.iter().filter(|(listed, ..)| *listed == code).count();
            assert_eq!(listed, usize::from(known), "0x{code:X}");
        }
    }

    #[test]
    fn too_much_at_once_says_how_long_to_wait() {
        let wait = Duration::from_secs(7);
        for status in [CommandStatus::EsmeRthrottled, CommandStatus::EsmeRmsgqful] {
            let failure = failure(status, &BTreeMap::new(), wait);
            assert_eq!((failure.kind, failure.retry_after), (FailureKind::Temporary, Some(wait)));
        }
    }

    #[test]
    fn a_code_of_the_providers_own_means_what_its_settings_say() {
        let vendor = BTreeMap::from([(0x401, FailureKind::Permanent)]);
        let of = |code| failure(CommandStatus::Other(code), &vendor, Duration::ZERO).to_string();
        let kind = |code| failure(CommandStatus::Other(code), &vendor, Duration::ZERO).kind;
        assert_eq!(
            of(0x401),
            "the centre refused it for a reason of its own (`vendor 0x00000401`)"
        );
        assert_eq!((kind(0x401), kind(0x402)), (FailureKind::Permanent, FailureKind::Temporary));
    }
}
