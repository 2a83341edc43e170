//! Which network addresses a stranger may send the hub to.
//!
//! Some addresses come from outside: a feed links to a document, a browser names its push service,
//! a partner says where its webhook is. None of them may make the hub ask the servers of its own
//! network, so what they name must resolve to the open internet.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address belongs to the open internet, by the registries of special addresses (RFC
/// 6890 and after).
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => is_public_v4(v4),
            None => is_public_v6(v6),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    let shared = first == 100 && (64..128).contains(&second); // RFC 6598
    let benchmark = first == 198 && (18..20).contains(&second); // RFC 2544
    let protocols = (first, second, third) == (192, 0, 0); // RFC 6890
    let relays = (first, second, third) == (192, 88, 99); // RFC 7526
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || first == 0
        || first >= 224
        || shared
        || benchmark
        || protocols
        || relays)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    // 2000::/3 is all that is given out (RFC 4291). 6to4 and Teredo lead back to IPv4 addresses, as
    // NAT64 does, which is outside of it.
    let [first, second, ..] = address.segments();
    let given_out = first & 0xe000 == 0x2000;
    let leads_back = first == 0x2002 || (first, second) == (0x2001, 0);
    let documentation = (first, second) == (0x2001, 0xdb8) || first & 0xfff0 == 0x3ff0;
    given_out && !leads_back && !documentation
}

#[cfg(test)]
mod tests {
    use super::is_public;

    #[test]
    fn only_addresses_of_the_open_internet_are_public() {
        let private = [
            "10.0.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.3.4",
            "192.168.1.1",
            "192.0.0.170",
            "192.88.99.1",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "::7f00:1",
            "fe80::1",
            "fec0::1",
            "fd00::1",
            "ff02::1",
            "::ffff:10.0.0.1",
            "2001:0:a00:1::",
            "2001:db8::1",
            "2002:a00:1::",
            "64:ff9b::a00:1",
        ];
        for address in private {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        for address in
            ["140.90.101.1", "192.0.1.1", "2600:1f18::1", "2001:4860::8888", "::ffff:8.8.8.8"]
        {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }
}
