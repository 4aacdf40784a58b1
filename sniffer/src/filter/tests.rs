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
    Options { link_type, live, netmask: Some(Ipv4Addr::new(255, 255, 255, 0)), see_through: false }
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
            ("tcp AND udp", "syntax error at 'AND'\n  tcp AND udp\n      ^~~ expected 'and' in lower case"),
            ("TCP port 80", "syntax error at 'TCP'\n  TCP port 80\n  ^~~ expected 'tcp' in lower case"),
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
    for text in [
        "ip and ip6",
        "tcp and arp",
        "ip and vlan",
        "less 50 and greater 100",
        "src port 80 and src port 443",
        "src net 10.0.0.0/8 and src net 192.168.0.0/16",
        "src host 10.0.0.1 and not src net 10.0.0.0/8",
        "ether src 2:0:0:0:0:1 and ether src 2:0:0:0:0:2",
        "tcp[13] = 2 and tcp[13] = 16",
        "not (ip or not ip)",
        "len < 0",
    ] {
        assert!(compiled(text, LinkType::ETHERNET).is_reject_all(), "{text}");
    }
    for text in [
        "port 80 and port 443",
        "net 10.0.0.0/8 and net 192.168.0.0/16",
        "vlan and ip",
        "tcp[13] & 2 = 2 and tcp[13] & 16 = 16",
    ] {
        assert!(!compiled(text, LinkType::ETHERNET).is_reject_all(), "{text}");
    }
    let usual = compiled("tcp or 1 = 2", LinkType::ETHERNET);
    assert!(!usual.is_accept_all() && !usual.is_reject_all());
}

#[test]
fn live_tags_are_in_the_kernel_or_in_the_bytes() {
    check(
        LinkType::ETHERNET,
        true,
        &[
            (
                "vlan and ip",
                "(vlan present = 1 or (vlan present = 0 and v0 := 4 and \
                 (half[12] = 0x8100 or half[12] = 0x88a8 or half[12] = 0x9100))) and half[v0 + 12] = 0x800",
            ),
            (
                "vlan 5 and ip[0] = 1",
                "((vlan present = 1 and vlan tci & 0xfff = 5) or (vlan present = 0 and v0 := 4 and \
                 (half[12] = 0x8100 or half[12] = 0x88a8 or half[12] = 0x9100) and half[14] & 0xfff = 5)) and \
                 half[v0 + 12] = 0x800 and byte[v0 + 14] = 1",
            ),
            (
                "vlan and vlan 7",
                "(vlan present = 1 or (vlan present = 0 and v0 := 4 and \
                 (half[12] = 0x8100 or half[12] = 0x88a8 or half[12] = 0x9100))) and \
                 (half[v0 + 12] = 0x8100 or half[v0 + 12] = 0x88a8 or half[v0 + 12] = 0x9100) and \
                 half[v0 + 14] & 0xfff = 7",
            ),
            ("inbound", "packet type != 4"),
            ("outbound", "packet type = 4"),
            ("ifindex 3", "ifindex = 3"),
            ("ip", "half[12] = 0x800"),
            ("ether[12:2] = 0x800", "half[12] = 0x800"),
        ],
    );
}

#[test]
fn live_cooked_frames_begin_at_the_network_header() {
    check(
        LinkType::LINUX_SLL2,
        true,
        &[
            ("arp", "protocol = 0x806"),
            ("ip[9] = 6", "protocol = 0x800 and byte[9] = 6"),
            (
                "icmp[0] = 8",
                "protocol = 0x800 and byte[9] = 1 and half[6] & 0x1fff = 0 and byte[(byte[0] & 0xf) << 2] = 8",
            ),
            ("link[0:2] = 0x806", "protocol = 0x806"),
            ("link[4:4] = 2", "ifindex = 2"),
            ("byte 10 = 4", "packet type = 4"),
            ("outbound and ifindex 2", "packet type = 4 and ifindex = 2"),
            ("pppoes 7 and ip", "protocol = 0x8864 and half[2] = 7 and half[6] = 0x21"),
        ],
    );
    check(
        LinkType::LINUX_SLL,
        true,
        &[
            ("arp", "protocol = 0x806"),
            ("link[0:2] = 4", "packet type = 4"),
            ("link[14:2] = 0x806", "protocol = 0x806"),
            ("outbound and ifindex 2", "packet type = 4 and ifindex = 2"),
        ],
    );
    for (text, expected) in [
        ("link[6] = 1", "a live capture on \"any\" has no link header"),
        ("link[len] = 1", "a live capture on \"any\" has no link header"),
        ("byte 0 = 1", "a live capture on \"any\" has no link header"),
        ("vlan", "'vlan' not supported on DLT_LINUX_SLL2"),
        ("ether host 1:2:3:4:5:6", "'1:2:3:4:5:6' not supported on DLT_LINUX_SLL2"),
        ("broadcast", "'broadcast' not supported on DLT_LINUX_SLL2"),
    ] {
        let error = compile(text, &options(LinkType::LINUX_SLL2, true), &Names).expect_err(text);
        assert_eq!(error.kind.to_string(), expected, "{text}");
    }
}

/// The direction and the interface are of the innermost link layer, of which a tunnel has none.
#[test]
fn a_tunnel_hides_the_cooked_header() {
    for (link_type, text, expected) in [
        (
            LinkType::LINUX_SLL,
            "geneve and inbound",
            "not a live capture, 'inbound' not supported on DLT_EN10MB",
        ),
        (
            LinkType::LINUX_SLL,
            "pppoes and outbound",
            "not a live capture, 'outbound' not supported on DLT_PPP",
        ),
        (
            LinkType::LINUX_SLL2,
            "vxlan or ifindex 2",
            "not a live capture, 'ifindex' not supported on DLT_EN10MB",
        ),
    ] {
        let error = compile(text, &options(link_type, false), &Names).expect_err(text);
        assert_eq!(error.kind.to_string(), expected, "{text}");
    }
}

#[test]
fn encapsulations_move_what_follows() {
    check(
        LinkType::ETHERNET,
        false,
        &[
            (
                "vlan 100 and arp",
                "(half[12] = 0x8100 or half[12] = 0x88a8 or half[12] = 0x9100) and half[14] & 0xfff = 0x64 and \
                 half[16] = 0x806",
            ),
            (
                "vlan and ether[12:2] = 1",
                "(half[12] = 0x8100 or half[12] = 0x88a8 or half[12] = 0x9100) and half[12] = 1",
            ),
            (
                "mpls 7 and ip",
                "half[12] = 0x8847 and word[14] & 0xfffff000 = 0x7000 and byte[16] & 1 = 1 and byte[18] & 0xf0 = 0x40",
            ),
            ("mpls and mpls", "half[12] = 0x8847 and byte[16] & 1 = 0"),
            (
                "mpls and src host 10.0.0.1",
                "half[12] = 0x8847 and byte[16] & 1 = 1 and byte[18] & 0xf0 = 0x40 and word[30] = 0xa000001",
            ),
            (
                "pppoes 1 and ip6[6] = 6",
                "half[12] = 0x8864 and half[16] = 1 and half[20] = 0x57 and byte[28] = 6",
            ),
            ("pppoes and link[0] = 0", "half[12] = 0x8864 and byte[20] = 0"),
            ("pppoed and ip", "half[12] = 0x8863 and half[12] = 0x800"),
            (
                "vxlan 5 and ip and ether[0] = 1",
                "((half[12] = 0x800 and byte[23] = 0x11 and half[20] & 0x1fff = 0 and \
                 half[((byte[14] & 0xf) << 2) + 16] = 0x12b5 and byte[((byte[14] & 0xf) << 2) + 22] = 8 and \
                 word[((byte[14] & 0xf) << 2) + 26] & 0xffffff00 = 0x500 and v0 := ((byte[14] & 0xf) << 2) + 0x1e) or \
                 (half[12] = 0x86dd and byte[20] = 0x11 and half[56] = 0x12b5 and byte[62] = 8 and \
                 word[66] & 0xffffff00 = 0x500 and v0 := 0x46)) and half[v0 + 12] = 0x800 and byte[v0] = 1",
            ),
        ],
    );
}

#[test]
fn other_families_have_their_own_offsets() {
    check(
        LinkType::C_HDLC,
        false,
        &[("isis proto 20", "half[2] = 0xfefe and byte[5] = 0x83 and byte[9] & 0x1f = 0x14")],
    );
    check(
        LinkType::NULL,
        false,
        &[(
            "ip6",
            "word[0] = 0x18000000 or word[0] = 0x18 or word[0] = 0x1c000000 or word[0] = 0x1c or \
             word[0] = 0x1e000000 or word[0] = 0x1e",
        )],
    );
    check(
        LinkType::ETHERNET,
        false,
        &[
            ("ip multicast", "half[12] = 0x800 and byte[30] & 0xf0 = 0xe0"),
            ("ip broadcast", "half[12] = 0x800 and (word[30] & 0xff = 0 or word[30] & 0xff = 0xff)"),
            ("byte 3 & 4", "byte[3] & 4 != 0"),
            (
                "1 + tcp[0] = 5",
                "half[12] = 0x800 and byte[23] = 6 and half[20] & 0x1fff = 0 and 1 + byte[((byte[14] & 0xf) << 2) + 14] = 5",
            ),
            (
                "gateway router",
                "((word[8] = 1 and half[6] = 0x200) or (word[2] = 1 and half[0] = 0x200)) and \
                 ((half[12] = 0x800 and not (half[12] = 0x800 and (word[26] = 0xc0000201 or word[30] = 0xc0000201))) or \
                 (half[12] = 0x806 and not (half[12] = 0x806 and (word[28] = 0xc0000201 or word[38] = 0xc0000201))) or \
                 (half[12] = 0x8035 and not (half[12] = 0x8035 and (word[28] = 0xc0000201 or word[38] = 0xc0000201))))",
            ),
        ],
    );
}

#[test]
fn arithmetic_binds_as_in_libpcap() {
    check_same(&[
        &["(tcp[13] & 2) != 0", "tcp[13] & 2 != 0"],
        &["ip[0] & (0xf * len) = 5", "ip[0] & 0xf * len = 5"],
        &["ip[0] & (len << 2) = 60", "ip[0] & len << 2 = 60"],
        &["ip[8] % (len + 1) = 0", "ip[8] % len + 1 = 0"],
        &["1 + (ip[8] % (len * 2)) = 1", "1 + ip[8] % len * 2 = 1"],
        &["ip[0] & (len ^ 0x40) = 0", "ip[0] & len ^ 0x40 = 0"],
        &["ip[8] % (len % 4) = 2", "ip[8] % len % 4 = 2"],
        &["-(ip[8] % len) = 2", "-ip[8] % len = 2"],
        &["(len - 3) - 2 = 2", "len - 3 - 2 = 2"],
        &["(len / ip[0]) * 2 = 2", "len / ip[0] * 2 = 2"],
        &["tcp[13] & 0x12 = 2", "tcp[tcpflags] & (tcp-syn|tcp-ack) = tcp-syn"],
    ]);
}

#[test]
fn the_lexer_takes_the_longest_match() {
    check_same(&[
        &["ether host 1:2:3:4:5:6", "ether host 01-02-03-04-05-06", "ether host 0102.0304.0506"],
        &["ether host 12:34:56:78:90:12", "ether host 123456789012", "ether host 12.34.56.78.90.12"],
        &["host 10.0.0.1", "host 010.0.0.1", "host 167772161", "host 0xa000001"],
        &["net 10.1.0.0/16", "net 10.1", "net 10.1/16", "net 10.1.0.0 mask 255.255", "net 10.1.0.0 / 16"],
        &["net 1.0.0.0/16", "net 256"],
        &["host 2001:db8::1", "host 2001:db8:0:0:0:0:0:1", "host 2001:DB8::0.0.0.1"],
        &["port 8", "port 010", "port 0x8"],
        &["ip proto 6", "ip proto \\tcp"],
        &["len = 5", "length == 5"],
    ]);
}

#[test]
fn other_link_types_have_their_bytes_and_no_more() {
    for name in ["PFLOG", "SUNATM", "ARCNET", "FRELAY", "IPNET", "USB_LINUX"] {
        let link_type = LinkType::from_name(name).expect(name);
        check(link_type, false, &[("link[4:2] = 1 and len > 5", "half[4] = 1 and len > 5")]);
        for text in
            ["ip", "tcp port 80", "host 10.0.0.1", "ether host 1:2:3:4:5:6", "vlan", "llc", "broadcast"]
        {
            let error = compile(text, &options(link_type, false), &Names).expect_err(text).to_string();
            assert!(error.contains("not supported on DLT_"), "{text}: {error}");
        }
    }
    let error = compile("vlan", &options(LinkType::PPI, false), &Names).expect_err("no tags on radio");
    assert_eq!(error.kind.to_string(), "'vlan' not supported on DLT_PPI");
}

#[test]
fn refusals_name_their_cause() {
    for (text, expected) in [
        ("host 10.0.0.1/32", "'host' is not a valid qualifier for '10.0.0.1/32'"),
        ("port 10.0.0.1", "'port' qualifier applied to IPv4 address"),
        ("host 1:2:3:4:5:6", "Ethernet address used in non-ether expression"),
        ("host 1:2:3:4:5:6:7:", "bogus Ethernet address 1:2:3:4:5:6:7:"),
        ("host fe80::1%eth0", "syntax error at '%'"),
        ("net 10/8", "syntax error at '/'"),
        ("net fe80::1/64", "non-network bits set in \"fe80::1/64\""),
        ("net ::/129", "netmask length 129 greater than maximum 128"),
        ("port 70000", "port number 70000 greater than maximum 65535"),
        ("portrange 1-70000", "port number 70000 greater than maximum 65535"),
        ("portrange 1-nowhere", "unknown port 'nowhere'"),
        ("ip proto 256", "protocol number 256 greater than maximum 255"),
        ("ip proto tcp", "syntax error at 'tcp'"),
        ("ether proto 65536", "EtherType 65536 greater than maximum 65535"),
        ("ether proto 1000", "LLC DSAP 1000 greater than maximum 255"),
        ("isis proto 32", "IS-IS PDU type 32 greater than maximum 31"),
        ("byte 0 = 256", "byte argument 256 greater than maximum 255"),
        ("vlan 4096", "VLAN tag 4096 greater than maximum 4095"),
        ("mpls 1048576", "MPLS label 1048576 greater than maximum 1048575"),
        ("pppoes 65536", "PPPoE session number 65536 greater than maximum 65535"),
        ("vxlan 16777216", "VXLAN VNI 16777216 greater than maximum 16777215"),
        ("mpls and arp", "'arp' not supported over MPLS"),
        ("mpls and vlan", "'vlan' not supported over MPLS"),
        ("pppoes and vlan", "'vlan' not supported on DLT_PPP"),
        ("pppoes and ether host 1:2:3:4:5:6", "'1:2:3:4:5:6' not supported on DLT_PPP"),
        ("geneve and ip protochain 6", "'protochain' not supported with variable length headers"),
        ("decnet host 64.1", "invalid DECnet address '64.1'"),
        ("decnet net 1.1", "'decnet' is not a valid qualifier for 'net'"),
        ("src proto 6", "syntax error at 'proto'"),
        ("dst gateway router", "syntax error at 'gateway'"),
        ("geneve and gateway router", "'gateway' not supported inside MPLS, Geneve or VXLAN"),
        ("ip addr1 10.0.0.1", "'addr1' is valid for 802.11 syntax only"),
        ("tcp broadcast", "'tcp' is not a valid qualifier for 'broadcast'"),
        ("arp multicast", "'arp' is not a valid qualifier for 'multicast'"),
        ("ah[0] = 1", "'ah' does not support the index operation"),
        ("ip[0:3] = 1", "data size must be 1, 2, or 4"),
        ("ip[0] / 0 = 1", "division by zero"),
        ("ip[0] % (1 - 1) = 1", "division by zero"),
        ("1 << 32 = 0", "shift by more than 31 bits"),
        ("1 < 2 < 3", "syntax error at '<'"),
        ("ip[0] & 1", "syntax error at the end"),
        ("less (5)", "syntax error at '('"),
        ("()", "syntax error at ')'"),
        ("inbound", "not a live capture, 'inbound' not supported on DLT_EN10MB"),
        ("ifindex 1", "not a live capture, 'ifindex' not supported on DLT_EN10MB"),
        ("wlan type data", "'wlan type data' supported only on 802.11"),
        ("type nothing", "unknown 802.11 type 'nothing'"),
        ("llc nothing", "unknown LLC type name 'nothing'"),
        ("vpi 3", "'vpi' supported only on SUNATM"),
        ("on eth0", "'on' supported only on PFLOG"),
        ("fisu", "'fisu' supported only on SS7"),
        ("ether host $5", "'$5' supported only on ARCnet and MS/TP"),
        ("radio[0] = 1", "'radio' not supported on DLT_EN10MB"),
        ("ip ?", "syntax error: unexpected character '?'"),
        ("ip6 host router", "unknown host for the address family 'router'"),
        ("ether host nowhere", "unknown Ethernet host 'nowhere'"),
    ] {
        let error = compile(text, &options(LinkType::ETHERNET, false), &Names).expect_err(text);
        assert_eq!(error.kind.to_string(), expected, "{text}");
        assert!(
            error.span.end <= text.len() && error.span.start <= error.span.end,
            "{text}: {:?}",
            error.span
        );
    }
    let error =
        compile(&"geneve and ".repeat(6), &options(LinkType::ETHERNET, false), &Names).expect_err("an end");
    assert_eq!(error.kind.to_string(), "syntax error at the end");
    let many = format!("{}geneve", "geneve and ".repeat(5));
    let error = compile(&many, &options(LinkType::ETHERNET, false), &Names).expect_err("too many");
    assert_eq!(error.kind.to_string(), "expression needs more than 16 variables");
}
