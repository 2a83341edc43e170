//! Any bytes are read or refused; what is read can be written and read again, or is refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use muster_cap::{Cap, encode};
use muster_contract::Decoder;

fuzz_target!(|bytes: &[u8]| {
    for mut decoded in Cap.decode(bytes).into_iter().flatten() {
        let Ok(document) = encode(&decoded.alert) else { continue };
        let again = Cap.decode(document.as_bytes());
        let [Ok(again)] = again.as_slice() else { panic!("{again:?}\n{document}") };
        decoded.alert.signed = false;
        decoded.alert.unknown.clear();
        assert_eq!(again.alert, decoded.alert, "{document}");
    }
});
