//! Routers and switches among themselves.

use super::super::Case;
use super::super::build::*;
use super::case;
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    [routers(), switches()].concat()
}

fn routers() -> Vec<Case> {
    let hsrp = [0, 0, 16, 3, 10, 100, 7, 0, b'c', b'i', b's', b'c', b'o', 0, 0, 0, 192, 168, 0, 1];
    let mut eigrp = vec![2, 5];
    eigrp.resize(40, 0);
    let mut bfd = vec![0x20, 0xc0, 3, 24];
    bfd.resize(24, 0);
    // For tcpdump there is a byte too many in each of these with -v.
    let redirect = [0x82, 24, 1, 0, 6, 0, 99, 0, 0, 3, 0x49, 0, 1, 6, 2, 0, 0, 0, 0, 1, 3, 0x47, 0, 5];
    vec![
        case(
            "es-is redirect",
            LinkType::ETHERNET,
            vec![ethernet(27, &[&[0xfe, 0xfe, 3][..], &redirect].concat())],
            &[("-n", &["ES-IS, redirect, length 24"])],
        ),
        case(
            "first hop redundancy",
            LinkType::RAW,
            vec![
                ipv4(112, &[0x21, 1, 100, 1, 0, 1, 0, 0, 10, 0, 0, 254, 0, 0, 0, 0, 0, 0, 0, 0]),
                ipv6(112, &[0x31, 46, 191, 1, 0x03, 0xe8, 0, 0]),
                ipv4(112, &[0x45, 0, 0, 0, 0, 0, 0, 0]),
                ipv4(17, &udp(1985, 1985, &hsrp)),
            ],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1 > 10.0.0.2: VRRPv2, Advertisement, (ttl 64), vrid 1, prio 100, authtype none, intvl 1s, length 20",
                    "IP6 2001:db8::1 > 2001:db8::2: VRRPv3, Advertisement, (ttl 64), vrid 46, prio 191, intvl 1000cs, length 8",
                    "IP 10.0.0.1 > 10.0.0.2: VRRPv4, unknown type (5), (ttl 64)",
                    "IP 10.0.0.1.1985 > 10.0.0.2.1985: HSRPv0-hello 20: state=active group=7 addr=192.168.0.1",
                ],
            )],
        ),
        case(
            "routing protocols",
            LinkType::RAW,
            vec![
                ipv4(89, &[2, 1, 0, 44, 10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
                ipv4(88, &eigrp),
                ipv4(103, &[0x20, 0, 0, 0, 0, 1, 0, 2, 0, 105]),
                ipv4(103, &[0x23, 0, 0, 0, 1, 0, 10, 0, 0, 1]),
                ipv4(17, &udp(50000, 3784, &bfd)),
                ipv4(17, &udp(50000, 4784, &bfd)),
            ],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1 > 10.0.0.2: OSPFv2, Hello, length 24",
                    "IP 10.0.0.1 > 10.0.0.2: EIGRP Hello, length: 40",
                    "IP 10.0.0.1 > 10.0.0.2: PIMv2, Hello, length 10",
                    "IP 10.0.0.1 > 10.0.0.2: PIMv2, Join / Prune, length 10",
                    "IP 10.0.0.1.50000 > 10.0.0.2.3784: BFDv1, Control, State Up, Flags: [none], length: 24",
                    "IP 10.0.0.1.50000 > 10.0.0.2.4784: BFDv1, Multihop, State Up, Flags: [none], length: 24",
                ],
            )],
        ),
    ]
}

fn switches() -> Vec<Case> {
    let mut stp = vec![0x42, 0x42, 3, 0, 0, 2, 2, 0x3c];
    stp.resize(3 + 17, 0);
    stp.extend([0x80, 1, 0, 0x19, 6, 0xea, 0xb8, 0x80, 0x80, 5]);
    stp.resize(39, 0);
    let mut config = stp.clone();
    config[5..8].copy_from_slice(&[0, 0, 1]);
    let lldp =
        [&[2, 7, 4, 2, 0, 0, 0, 0, 1, 4, 2, 5, b'1', 6, 2, 0, 120, 0x0a, 6], &b"sw\x1b[1m"[..], &[0, 0]]
            .concat();
    vec![
        case(
            "spanning tree",
            LinkType::ETHERNET,
            vec![ethernet(39, &stp), ethernet(38, &config), ethernet(7, &[0x42, 0x42, 3, 0, 0, 0, 0x80])],
            &[
                (
                    "-n",
                    &[
                        "STP 802.1w, Rapid STP, Flags [Learn, Forward], bridge-id 8001.00:19:06:ea:b8:80.8005, length 36",
                        "STP 802.1d, Config, Flags [Topology change], bridge-id 8001.00:19:06:ea:b8:80.8005, length 35",
                        "STP 802.1d, Topology Change",
                    ],
                ),
                (
                    "-ne",
                    &[
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 39: LLC, dsap STP (0x42) Individual, ssap STP (0x42) Command, ctrl 0x03: STP 802.1w, Rapid STP, Flags [Learn, Forward], bridge-id 8001.00:19:06:ea:b8:80.8005, length 36",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 38: LLC, dsap STP (0x42) Individual, ssap STP (0x42) Command, ctrl 0x03: STP 802.1d, Config, Flags [Topology change], bridge-id 8001.00:19:06:ea:b8:80.8005, length 35",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 7: LLC, dsap STP (0x42) Individual, ssap STP (0x42) Command, ctrl 0x03: STP 802.1d, Topology Change",
                    ],
                ),
            ],
        ),
        case(
            "lldp",
            LinkType::ETHERNET,
            vec![ethernet(0x88cc, &lldp), ethernet(0x88cc, &lldp[..20])],
            &[("-n", &["LLDP, length 27: sw^[[1m", "LLDP, length 20 [|lldp]"])],
        ),
    ]
}
