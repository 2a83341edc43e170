//! Whether the provider has sent what was received: `X-Twilio-Signature`.

use std::collections::BTreeSet;

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Whether a signature is that of a URL and its parameters under a token. The comparison takes the
/// same time wherever they differ.
///
/// The provider signs the URL as it was given it, with or without the port that goes without
/// saying, and a server in between may add or take that: both are tried.
pub(crate) fn is_signed(
    token: &str,
    url: &str,
    parameters: &[(String, String)],
    signature: &str,
) -> bool {
    let Ok(signature) = STANDARD.decode(signature) else { return false };
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, token.as_bytes());
    // Each value of a parameter counts once, in the order of bytes.
    let parameters: BTreeSet<_> = parameters.iter().collect();
    let sorted: String = parameters.iter().flat_map(|(name, value)| [&**name, &**value]).collect();
    let mut candidates = vec![url.to_owned()];
    candidates.extend(other_port(url));
    candidates.iter().any(|url| {
        let signed = format!("{url}{sorted}");
        hmac::verify(&key, signed.as_bytes(), &signature).is_ok()
    })
}

/// The same address, without its port if it has one and with the usual one if it has none.
fn other_port(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    // An address of IPv6 ends with a bracket, and its colons are not before a port.
    let port = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
    let usual = if scheme == "https" { 443 } else { 80 };
    Some(match port {
        Some((host, _)) => format!("{scheme}://{host}{path}"),
        None => format!("{scheme}://{host}:{usual}{path}"),
    })
}

#[cfg(test)]
mod tests {
    use super::{is_signed, other_port};

    const URL: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";

    fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
        all.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    /// The example of Twilio's documentation of request validation.
    #[test]
    fn the_published_example_is_signed_and_nothing_else_is() {
        let all = [
            ("Digits", "1234"),
            ("To", "+18005551212"),
            ("From", "+14158675309"),
            ("Caller", "+14158675309"),
            ("CallSid", "CA1234567890ABCDE"),
        ];
        let signature = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
        assert!(is_signed("12345", URL, &pairs(&all), signature));
        assert!(!is_signed("12346", URL, &pairs(&all), signature));
        assert!(!is_signed("12345", &format!("{URL}&x"), &pairs(&all), signature));
        assert!(!is_signed("12345", URL, &pairs(&all[1..]), signature));
        for wrong in ["", "RSOY", "not base64!", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="] {
            assert!(!is_signed("12345", URL, &pairs(&all), wrong));
        }
    }

    /// The example with repeated parameters of the tests of Twilio's libraries.
    #[test]
    fn a_parameter_with_several_values_counts_each_once() {
        let all = [
            ("Sid", "CA123"),
            ("SidAccount", "AC123"),
            ("Digits", "5678"),
            ("Digits", "1234"),
            ("Digits", "1234"),
        ];
        assert!(is_signed("12345", URL, &pairs(&all), "IK+Dwps556ElfBT0I3Rgjkr1wJU="));
    }

    #[test]
    fn the_usual_port_may_be_there_or_not() {
        let other = |url| other_port(url).unwrap();
        assert_eq!(other("https://a.example/x?y"), "https://a.example:443/x?y");
        assert_eq!(other("https://a.example:443/x"), "https://a.example/x");
        assert_eq!(other("http://[::1]?y"), "http://[::1]:80?y");
        assert_eq!(other_port("nonsense"), None);
    }
}
