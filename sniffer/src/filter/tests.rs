//! Expressions and what they must mean: positions and values by hand from the headers' RFCs, errors as a user sees them.

use std::net::{IpAddr, Ipv4Addr};

use super::{NoNames, Options, Resolve, Service, compile};
use crate::packet::LinkType;

/// A system with a few names.
struct Names;

impl Resolve for Names {
    fn host(&self, name: &str) -> Vec<IpAddr> {
        match name {
            "router" => vec![[192, 0, 2, 1].into()],
            "both" => vec![IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, 1]), [192, 0, 2, 2].into()],
            _ => Vec::new(),
        }
    }

    fn network(&self, name: &str) -> Option<u32> {
        (name == "loopback").then_some(0x7f00_0000)
    }

    fn service(&self, name: &str) -> Service {
        match name {
            "http" => Service { tcp: Some(80), udp: None },
            "http-alt" => Service { tcp: Some(8080), udp: None },
            "domain" => Service { tcp: Some(53), udp: Some(53) },
            "bootps" => Service { tcp: None, udp: Some(67) },
            _ => Service::default(),
        }
    }

    fn protocol(&self, name: &str) -> Option<u8> {
        (name == "gre").then_some(47)
    }

    fn ether(&self, name: &str) -> Option<[u8; 6]> {
        (name == "router").then_some([2, 0, 0, 0, 0, 1])
    }
}

fn options(link_type: LinkType, live: bool) -> Options {
    Options { link_type, live, netmask: Some(Ipv4Addr::new(255, 255, 255, 0)) }
}

/// What `text` means, or the text of the error.
fn meaning(text: &str, options: Options) -> String {
    match compile(text, &options, &Names) {
        Ok(filter) => filter.hir().to_string(),
        Err(error) => error.to_string(),
    }
}

/// Each expression of `cases` means what stands beside it.
#[track_caller]
fn check(link_type: LinkType, live: bool, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(meaning(text, options(link_type, live)), *expected, "{text}");
    }
}

/// The expressions of each line mean the same.
#[track_caller]
fn check_same(lines: &[&[&str]]) {
    let options = options(LinkType::ETHERNET, false);
    for line in lines {
        for text in &line[1..] {
            assert_eq!(meaning(text, options), meaning(line[0], options), "{text} and {}", line[0]);
        }
    }
}

/// Each expression is refused with the message and the two lines of the caret that stand beside it.
#[track_caller]
fn check_refused(link_type: LinkType, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let error = compile(text, &options(link_type, false), &Names).expect_err(text).to_string();
        assert_eq!(error.strip_prefix("can't parse filter expression: "), Some(*expected), "{text}");
    }
}

#[test]
fn ethernet_primitives_are_comparisons_of_loads() {
    check(
        LinkType::ETHERNET,
        false,
        &[
            ("", "true"),
            (" \t\n", "true"),
            ("ip", "half[12] = 0x800"),
            ("ip host 10.0.0.1", "half[12] = 0x800 and (word[26] = 0xa000001 or word[30] = 0xa000001)"),
            (
                "ip src and dst net 10.1",
                "half[12] = 0x800 and word[26] & 0xffff0000 = 0xa010000 and word[30] & 0xffff0000 = 0xa010000",
            ),
            ("arp dst 10.0.0.1", "half[12] = 0x806 and word[38] = 0xa000001"),
            (
                "dst host 10.0.0.1",
                "(half[12] = 0x800 and word[30] = 0xa000001) or (half[12] = 0x806 and word[38] = 0xa000001) or \
                 (half[12] = 0x8035 and word[38] = 0xa000001)",
            ),
            ("net 0.0.0.0/0", "half[12] = 0x800 or half[12] = 0x806 or half[12] = 0x8035"),
            (
                "src host 2001:db8::1",
                "half[12] = 0x86dd and word[22] = 0x20010db8 and word[26] = 0 and word[30] = 0 and word[34] = 1",
            ),
            (
                "dst net 2001:db8::/36",
                "half[12] = 0x86dd and word[38] = 0x20010db8 and word[42] & 0xf0000000 = 0",
            ),
            ("net ::/0", "half[12] = 0x86dd"),
            ("ether dst 01:02:03:04:05:06", "word[2] = 0x3040506 and half[0] = 0x102"),
            (
                "udp dst port 53",
                "(half[12] = 0x86dd and byte[20] = 0x11 and half[56] = 0x35) or \
                 (half[12] = 0x800 and byte[23] = 0x11 and half[20] & 0x1fff = 0 and \
                 half[((byte[14] & 0xf) << 2) + 16] = 0x35)",
            ),
            (
                "icmp6 or icmp",
                "(half[12] = 0x86dd and (byte[20] = 0x3a or (byte[20] = 0x2c and byte[54] = 0x3a))) or \
                 (half[12] = 0x800 and byte[23] = 1)",
            ),
            ("ether proto 0x42", "half[12] <= 0x5dc and byte[14] = 0x42"),
            ("ether proto 1501", "half[12] = 0x5dd"),
            ("less 100", "len <= 0x64"),
            ("greater 100", "len >= 0x64"),
            ("not ip", "half[12] != 0x800"),
        ],
    );
}

#[test]
fn offsets_follow_the_link_type() {
    for (link_type, expected) in [
        (LinkType::LINUX_SLL, "half[14] = 0x800 and byte[25] = 1"),
        (LinkType::LINUX_SLL2, "half[0] = 0x800 and byte[29] = 1"),
        (LinkType::RAW, "byte[0] & 0xf0 = 0x40 and byte[9] = 1"),
        (LinkType::IPV4, "byte[9] = 1"),
        (LinkType::IPV6, "false"),
        (LinkType::NULL, "(word[0] = 0x2000000 or word[0] = 2) and byte[13] = 1"),
        (LinkType::LOOP, "word[0] = 2 and byte[13] = 1"),
        (LinkType::PPP, "half[2] = 0x21 and byte[13] = 1"),
        (LinkType::PPP_ETHER, "half[6] = 0x21 and byte[17] = 1"),
        (LinkType::C_HDLC, "half[2] = 0x800 and byte[13] = 1"),
    ] {
        check(link_type, false, &[("icmp", expected)]);
    }
}

#[test]
fn names_resolve() {
    check(
        LinkType::ETHERNET,
        false,
        &[
            ("arp host router", "half[12] = 0x806 and (word[28] = 0xc0000201 or word[38] = 0xc0000201)"),
            ("ip src both", "half[12] = 0x800 and word[26] = 0xc0000202"),
            ("ip proto gre", "half[12] = 0x800 and byte[23] = 0x2f"),
            ("ip proto \\tcp", "half[12] = 0x800 and byte[23] = 6"),
            ("ip src net loopback", "half[12] = 0x800 and word[26] & 0xff000000 = 0x7f000000"),
            ("ether src router", "word[8] = 1 and half[6] = 0x200"),
        ],
    );
    check_same(&[
        &["port 53", "port domain", "portrange domain", "portrange 53-53", "portrange 53"],
        &["tcp port 80", "tcp port http", "port http"],
        &["udp port 67", "port bootps", "udp port bootps"],
        &["portrange 53-80", "portrange 80-53", "portrange 0120-53"],
        &["tcp portrange 80-8080", "tcp portrange http-http-alt", "portrange http-http-alt"],
        &["ip host router", "ip host 192.0.2.1", "ip host 3221225985"],
    ]);
}

#[test]
fn qualifiers_are_inherited_from_the_nearest_primitive() {
    check_same(&[
        &["tcp dst port 80 or tcp dst port 443 and not tcp dst port 22", "tcp dst port 80 or 443 and not 22"],
        &["not host 10.0.0.1 and host 10.0.0.2", "not host 10.0.0.1 and 10.0.0.2"],
        &["src 10.0.0.1 or dst 10.0.0.2 or dst 1.2.3.4", "src 10.0.0.1 or dst 10.0.0.2 or 1.2.3.4"],
        &["port 80 or host 10.0.0.1 or host 0.0.1.187", "port 80 or host 10.0.0.1 or 443"],
        &["host 10.0.0.1 and (tcp port 80) or host 10.0.0.2", "host 10.0.0.1 and (tcp port 80) or 10.0.0.2"],
        &["port 80 or port 443", "port (80 or 443)", "port ((80) or 443)"],
        &["host 10.0.0.1 and not host 10.0.0.2", "host (10.0.0.1 and not 10.0.0.2)"],
        &["port 80 and (443 = 443)", "port 80 and 443 = 443"],
        &["tcp port 80", "tcp port ((80))"],
        &["port 80 and (port 443 or port 22)", "port 80 and (443 or 22)"],
        &["not port 80 or not port 443", "port not 80 or not 443"],
    ]);
}

#[test]
fn and_and_or_bind_equally_and_from_the_left() {
    check_same(&[
        &["(tcp or udp) and ip6", "tcp or udp and ip6", "tcp || udp && ip6"],
        &["(ip6 or tcp port 80) and icmp", "ip6 or tcp port 80 and icmp"],
        &["(not tcp) and udp", "not tcp and udp", "! tcp and udp"],
    ]);
}

#[test]
fn errors_point_at_the_place() {
    check_refused(
        LinkType::ETHERNET,
        &[
            (
                "host 10.0.0.300 and port 5",
                "invalid IPv4 address '10.0.0.300'\n  \
                 host 10.0.0.300 and port 5\n       \
                 ^~~~~~~~~~ expected decimal numbers up to 255, as in 192.0.2.1",
            ),
            (
                "tcp port",
                "syntax error at the end\n  tcp port\n          ^ expected a port number or a service name",
            ),
            (
                "tcp AND udp",
                "syntax error at 'AND'\n  tcp AND udp\n      ^~~ expected 'and', 'or' or the end",
            ),
            (
                "10.0.0.1",
                "syntax error at '10.0.0.1'\n  10.0.0.1\n  \
                 ^~~~~~~~ expected a qualifier such as host, net or port before it",
            ),
            (
                "(tcp port 80) or 443",
                "syntax error at '443'\n  (tcp port 80) or 443\n                   \
                 ^~~ expected a qualifier such as host, net or port before it",
            ),
            (
                "tcp host 10.0.0.1",
                "'tcp' is not a valid qualifier for 'host <IPv4 address>'\n  tcp host 10.0.0.1\n  ^~~",
            ),
            ("udp port http", "port 'http' is tcp\n  udp port http\n           ^~~~"),
            ("host nowhere", "unknown host 'nowhere'\n  host nowhere\n       ^~~~~~~"),
            (
                "net 10.1.0.0/8",
                "non-network bits set in \"10.1.0.0/8\"\n  net 10.1.0.0/8\n      \
                 ^~~~~~~~~~ expected zeros in the host part, or a longer prefix",
            ),
            (
                "port 08",
                "number 08 contains non-octal digit\n  port 08\n       ^~ expected octal digits after the leading 0",
            ),
        ],
    );
}

#[test]
fn long_and_broken_lines_show_the_place_only() {
    let padding = "port 1 or ".repeat(20);
    let text = format!("{padding}nonsense and {padding}port 1");
    let error =
        compile(&text, &options(LinkType::ETHERNET, false), &NoNames).expect_err("a name").to_string();
    let lines: Vec<&str> = error.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[1].len() <= 80, "{}", lines[1]);
    let caret = lines[2].find('^').expect("a caret");
    assert_eq!(&lines[1][caret..caret + 8], "nonsense");

    check_refused(
        LinkType::ETHERNET,
        &[(
            "ip or\n\ttcp port\tüx\n or udp",
            "syntax error: unexpected character 'ü'\n   tcp port üx\n            \
             ^ expected a word, a number or an operator",
        )],
    );
}

#[test]
fn nesting_has_a_limit() {
    let options = options(LinkType::ETHERNET, false);
    for deep in [
        format!("{}ip{}", "(".repeat(10_000), ")".repeat(10_000)),
        format!("{}ip", "not ".repeat(10_000)),
        format!("{}5 = 5", "-".repeat(10_000)),
        format!("{}1 = 1", "1 % ".repeat(10_000)),
        format!("{}1 = 1", "ip[0] + ".repeat(10_000)),
        format!("{}ip", "ip and ip or ".repeat(10_000)),
        format!("port ({}80{})", "(".repeat(10_000), ")".repeat(10_000)),
        "ip[".repeat(10_000),
    ] {
        let error = compile(&deep, &options, &NoNames).expect_err("an expression that is too deep");
        assert!(error.to_string().contains("nests more than"), "{error}");
    }
    let long = format!("host 10.0.0.1{}", " or 10.0.0.2".repeat(10_000));
    assert!(compile(&long, &options, &NoNames).is_ok(), "length is no depth");
}

#[test]
fn degenerate_filters_say_so() {
    let compiled = |text, link_type| compile(text, &options(link_type, false), &NoNames).expect(text);
    assert!(compiled("", LinkType::ETHERNET).is_accept_all());
    assert!(compiled("ip or ip6", LinkType::IPV4).is_accept_all());
    assert!(compiled("1 = 2", LinkType::ETHERNET).is_reject_all());
    assert!(compiled("tcp and 1 = 2", LinkType::ETHERNET).is_reject_all());
    assert!(compiled("arp host 10.0.0.1", LinkType::RAW).is_reject_all());
    let usual = compiled("tcp or 1 = 2", LinkType::ETHERNET);
    assert!(!usual.is_accept_all() && !usual.is_reject_all());
}
