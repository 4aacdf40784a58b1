//! Sets as a user writes them, and what they mean.

use std::fmt::Write as _;
use std::net::IpAddr;
use std::sync::Arc;

use super::{Entries, SetKind};
use crate::filter::{Metadata, Options, Packet, Resolve, Service, compile, matches};
use crate::packet::LinkType;

/// A system with a few names, and with the sets `@web` and `@broken`.
struct Names;

impl Resolve for Names {
    fn host(&self, name: &str) -> Vec<IpAddr> {
        let both = [IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, 1]), [192, 0, 2, 2].into()];
        if name == "both" { both.into() } else { Vec::new() }
    }

    fn network(&self, _name: &str) -> Option<u32> {
        None
    }

    fn service(&self, name: &str) -> Service {
        Service { tcp: (name == "http-alt").then_some(8080), udp: None }
    }

    fn protocol(&self, _name: &str) -> Option<u8> {
        None
    }

    fn ether(&self, name: &str) -> Option<[u8; 6]> {
        (name == "router").then_some([2, 0, 0, 0, 0, 1])
    }

    fn set(&self, name: &str, kind: SetKind) -> Result<Option<Arc<Entries>>, String> {
        let text = match name {
            "web-1" => "10.0.0.0/8\n2001:db8::/32",
            "broken" => "10.0.0.0/8\n\n  10.0.0.300",
            _ => return Ok(None),
        };
        let entries = Entries::parse(text, kind, self).map_err(|error| format!("{name}.txt:{error}"))?;
        Ok(Some(Arc::new(entries)))
    }
}

const FILE: Options =
    Options { link_type: LinkType::ETHERNET, live: false, netmask: None, see_through: false };

/// What the expression means, or the text of the error.
fn meaning(text: &str) -> String {
    match compile(text, &FILE, &Names) {
        Ok(filter) => filter.hir().to_string(),
        Err(error) => error.to_string().replacen("can't parse filter expression: ", "", 1),
    }
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(meaning(text), *expected, "{text}");
    }
}

#[test]
fn members_are_looked_up_behind_their_qualifiers() {
    check(&[
        (
            "ip src in {10.0.0.1,10.0.0.2, 172.16/12}",
            "half[12] = 0x800 and word[26] in {10.0.0.1-10.0.0.2, 172.16.0.0-172.31.255.255}",
        ),
        ("ip host in {both}", "half[12] = 0x800 and (word[26] in {192.0.2.2} or word[30] in {192.0.2.2})"),
        (
            "ip6 dst in {both, 2001:db8::/127}",
            "half[12] = 0x86dd and word[38]:word[42]:word[46]:word[50] in {2001:db8::-2001:db8::1}",
        ),
        (
            "ip src and dst net in {10.0/8}",
            "half[12] = 0x800 and word[26] in {10.0.0.0-10.255.255.255} and word[30] in {10.0.0.0-10.255.255.255}",
        ),
        ("ether src in {router, 2:0:0:0:0:2}", "half[6]:word[8] in {02:00:00:00:00:01-02:00:00:00:00:02}"),
        (
            "udp dst port in {53, http-alt, 0x50, 90-80}",
            "(half[12] = 0x86dd and byte[20] = 0x11 and half[56] in {53, 80-90, 8080}) or (half[12] = 0x800 and \
             byte[23] = 0x11 and half[20] & 0x1fff = 0 and half[((byte[14] & 0xf) << 2) + 16] in {53, 80-90, 8080})",
        ),
        ("ip src in @web-1", "half[12] = 0x800 and word[26] in @web-1"),
        (
            "dst in @web-1 and len > 9",
            "((half[12] = 0x800 and word[30] in @web-1) or (half[12] = 0x806 and word[38] in @web-1) or \
             (half[12] = 0x8035 and word[38] in @web-1) or (half[12] = 0x86dd and \
             word[38]:word[42]:word[46]:word[50] in @web-1)) and len > 9",
        ),
        // The qualifiers stay in force.
        (
            "ip src in {10.0.0.1} or 10.0.0.9",
            "(half[12] = 0x800 and word[26] in {10.0.0.1}) or (half[12] = 0x800 and word[26] = 0xa000009)",
        ),
    ]);
}

#[test]
fn errors_of_sets_point_at_the_entry() {
    check(&[
        (
            "host in {10.0.0.1, 10.0.0.300}",
            "invalid IPv4 address '10.0.0.300'\n  host in {10.0.0.1, 10.0.0.300}\n                     \
             ^~~~~~~~~~ expected decimal numbers up to 255, as in 192.0.2.1",
        ),
        (
            "net in {10.0.0.1/8}",
            "non-network bits set in \"10.0.0.1/8\"\n  net in {10.0.0.1/8}\n          \
             ^~~~~~~~~~ expected zeros in the host part, or a longer prefix",
        ),
        ("host in {443}", "unknown host '443'\n  host in {443}\n           ^~~"),
        ("port in {80, nine}", "unknown port 'nine'\n  port in {80, nine}\n               ^~~~"),
        (
            "port in {70000}",
            "port number 70000 greater than maximum 65535\n  port in {70000}\n           ^~~~~ expected at most 65535",
        ),
        (
            "host in @none",
            "unknown set 'none'\n  host in @none\n           ^~~~ expected a set that is given by --set none=FILE",
        ),
        (
            "host in @broken",
            "set 'broken': broken.txt:3:3: invalid IPv4 address '10.0.0.300'\n  host in @broken\n           ^~~~~~",
        ),
        (
            "port in @web-1",
            "set 'web-1': web-1.txt:1:1: unknown port '10.0.0.0/8'\n  port in @web-1\n           ^~~~~",
        ),
        (
            "host in {}",
            "syntax error at '}'\n  host in {}\n           ^ expected an address, a network, a port or a name",
        ),
        (
            "host in {10.0.0.1",
            "syntax error at the end\n  host in {10.0.0.1\n                   ^ expected ',' or '}'",
        ),
        (
            "host in @ web",
            "syntax error at 'web'\n  host in @ web\n            ^~~ expected the name of a set directly behind '@'",
        ),
        (
            "ip proto in {6}",
            "syntax error at 'in'\n  ip proto in {6}\n           \
             ^~ expected no 'in': only 'host', 'net', 'port' and 'portrange' take a set",
        ),
        (
            "tcp host in {10.0.0.1}",
            "'tcp' is not a valid qualifier for 'host <IPv4 address>'\n  tcp host in {10.0.0.1}\n  ^~~",
        ),
        // A host may be called so.
        ("host in", "unknown host 'in'\n  host in\n       ^~"),
    ]);
}

#[test]
fn entries_are_kept_as_they_were_given() {
    let mut entries =
        Entries::parse("10.0.0.0/8 # all\n\n10.1.0.0/16\n10.0.0.0/8\n::1", SetKind::Address, &Names).unwrap();
    let texts = |entries: &Entries| entries.texts().collect::<Vec<_>>().join(" ");
    assert_eq!(texts(&entries), "10.0.0.0/8 10.1.0.0/16 ::1");
    assert_eq!(entries.remove("10.0.0.0/8", &Names), Ok(true));
    assert_eq!(entries.remove("10.0.0.0/8", &Names), Ok(false), "it is not there any more");
    assert_eq!(entries.insert("10.2", &Names), Ok(true));
    assert_eq!(entries.insert("10.2.0.0/16", &Names), Ok(false), "it is there");
    assert_eq!(texts(&entries), "10.1.0.0/16 10.2.0.0/16 ::1");
    let ports = Entries::parse("80\n100-90\n", SetKind::Port, &Names).unwrap();
    assert_eq!(texts(&ports), "80 90-100");
    let macs = Entries::parse("2-0-0-0-0-a\nrouter", SetKind::Ether, &Names).unwrap();
    assert_eq!(texts(&macs), "02:00:00:00:00:01 02:00:00:00:00:0a");
}

/// A chain keeps what its alternatives keep one by one, in parentheses that are no chain, on every beginning of a frame.
#[test]
fn chains_keep_what_their_alternatives_keep_however_short_the_frame() {
    let chain = |word: &str, entries: &[&str]| {
        let (mut together, mut apart) = (String::new(), String::new());
        for (at, entry) in entries.iter().enumerate() {
            let joint = if at > 0 { " or " } else { "" };
            write!(together, "{joint}{word} {entry}").unwrap();
            // A test that does nothing keeps the alternatives apart.
            write!(apart, "{joint}({word} {entry} and 1 = 1)").unwrap();
        }
        (together, apart)
    };
    let hosts = ["10.0.0.9", "10.0.0.1", "1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4", "1.1.1.5", "10.0.0.2"];
    let macs = ["2:0:0:0:0:9", "2:0:0:0:0:1", "2:0:0:0:0:2"].repeat(3);
    let ports = ["1", "2", "3", "4", "5", "6", "7", "80"];
    let mut frame = vec![2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0, 0x45, 0, 0, 40, 0, 0, 0, 0, 64, 6, 0, 0];
    frame.extend([10, 0, 0, 1, 10, 0, 0, 2, 0, 80, 0, 81, 0, 0, 0, 0, 0, 0, 0, 0, 0x50, 0, 0, 0, 0, 0, 0, 0]);
    let mut kept = 0;
    for (together, apart) in [
        chain("host", &hosts),
        chain("src host", &hosts),
        chain("dst host", &hosts),
        chain("ether host", &macs),
        chain("ether dst", &macs),
        chain("port", &ports),
        chain("tcp dst port", &ports),
    ] {
        let [together_hir, apart_hir] = [&together, &apart].map(|text| compile(text, &FILE, &Names).unwrap());
        assert!(together_hir.hir().to_string().contains(" in {"), "{together}");
        for (swapped, len) in
            [false, true].into_iter().flat_map(|swapped| (0..=frame.len()).map(move |len| (swapped, len)))
        {
            let mut data = frame.clone();
            if swapped {
                data[26..34].rotate_left(4);
                data[34..38].rotate_left(2);
                data[..12].rotate_left(6);
            }
            let packet = Packet { data: &data[..len], original_len: 54, metadata: Metadata::default() };
            let expected = matches(apart_hir.hir(), &packet);
            kept += u32::from(expected);
            assert_eq!(matches(together_hir.hir(), &packet), expected, "{together} on {len} bytes");
        }
    }
    assert!(kept > 100, "{kept} kept");
}
