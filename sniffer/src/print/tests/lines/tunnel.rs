//! Protocols with another packet inside.

use super::super::Case;
use super::super::build::*;
use super::case;
use crate::packet::LinkType;

#[expect(clippy::too_many_lines, reason = "a table of packets and lines")]
pub(super) fn cases() -> Vec<Case> {
    let inner = ipv4(17, &udp(1000, 2000, b"four"));
    let frame = ethernet(0x0800, &inner);
    let vxlan = [&[8, 0, 0, 0, 0, 0, 100, 0], &frame[..]].concat();
    let geneve = [&[1, 0x40, 0x65, 0x58, 0, 0, 10, 0, 1, 2, 0x80, 0], &frame[..]].concat();
    let ah = [&[17, 4, 0, 0, 0, 0, 1, 0, 0, 0, 0, 7], &[0xaa; 12][..], &udp(1000, 2000, b"four")].concat();
    vec![
        case(
            "gre",
            LinkType::RAW,
            vec![
                ipv4(47, &[&[0, 0, 8, 0], &inner[..]].concat()),
                ipv4(47, &[&[0x30, 0, 8, 0, 0, 0, 0, 9, 0, 0, 0, 5], &inner[..]].concat()),
                ipv4(47, &[&[0, 0, 0x65, 0x58], &frame[..]].concat()),
                ipv4(47, &[0, 0, 0x88, 0xbe, 1, 2, 3, 4]),
            ],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1 > 10.0.0.2: GREv0, length 36: IP 10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 4",
                    "IP 10.0.0.1 > 10.0.0.2: GREv0, key=0x9, seq 5, length 44: IP 10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 4",
                    "IP 10.0.0.1 > 10.0.0.2: GREv0, length 50: IP 10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 4",
                    "IP 10.0.0.1 > 10.0.0.2: GREv0, length 8: gre-proto-0x88be",
                ],
            )],
        ),
        case(
            "ipsec",
            LinkType::RAW,
            vec![ipv4(50, &[0, 0, 1, 0, 0, 0, 0, 9, 1, 2, 3, 4]), ipv4(51, &ah)],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1 > 10.0.0.2: ESP(spi=0x00000100,seq=0x9), length 12",
                    "IP 10.0.0.1 > 10.0.0.2: AH(spi=0x00000100,seq=0x7,icv=0xaaaaaaaaaaaaaaaaaaaaaaaa): 1000 > 2000: UDP, length 4",
                ],
            )],
        ),
        case(
            "mpls",
            LinkType::ETHERNET,
            vec![ethernet(0x8847, &[&[0, 0x06, 0x40, 0x40, 0x03, 0xe8, 0x6b, 0xff], &inner[..]].concat())],
            &[
                (
                    "-n",
                    &[
                        "MPLS (label 100, tc 0, ttl 64) (label 16006, tc 5, [S], ttl 255) IP 10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 4",
                    ],
                ),
                (
                    "-ne",
                    &[
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype MPLS unicast (0x8847), length 54: MPLS (label 100, tc 0, ttl 64) (label 16006, tc 5, [S], ttl 255) 10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 4",
                    ],
                ),
            ],
        ),
        case(
            "pppoe",
            LinkType::ETHERNET,
            vec![
                ethernet(0x8864, &[&[0x11, 0, 0, 0x17, 0, 34, 0, 0x21], &inner[..]].concat()),
                ethernet(0x8864, &[0x11, 0, 0, 0x17, 0, 10, 0xc0, 0x21, 9, 106, 0, 8, 1, 2, 3, 4]),
                ethernet(0x8863, &[0x11, 9, 0, 0, 0, 12, 1, 1, 0, 0, 1, 3, 0, 4, 0x16, 0x37, 0x2c, 0x16]),
            ],
            &[
                (
                    "-n",
                    &[
                        "PPPoE  [ses 0x17] IP 10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 4",
                        "PPPoE  [ses 0x17] LCP, Echo-Request (0x09), id 106, length 10",
                        "PPPoE PADI [Service-Name] [Host-Uniq 0x16372C16]",
                    ],
                ),
                (
                    "-ne",
                    &[
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype PPPoE S (0x8864), length 54: PPPoE  [ses 0x17] IP (0x0021), length 34: 10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 4",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype PPPoE S (0x8864), length 30: PPPoE  [ses 0x17] LCP (0xc021), length 10: LCP, Echo-Request (0x09), id 106, length 10",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype PPPoE D (0x8863), length 32: PPPoE PADI [Service-Name] [Host-Uniq 0x16372C16]",
                    ],
                ),
            ],
        ),
        case(
            "vxlan and geneve",
            LinkType::RAW,
            vec![ipv4(17, &udp(40000, 4789, &vxlan)), ipv4(17, &udp(40000, 6081, &geneve))],
            &[
                (
                    "-n",
                    &[
                        "IP 10.0.0.1.40000 > 10.0.0.2.4789: VXLAN, flags [I] (0x08), vni 100\nIP 10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 4",
                        "IP 10.0.0.1.40000 > 10.0.0.2.6081: Geneve, Flags [C], vni 0xa, options [4 bytes]: IP 10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 4",
                    ],
                ),
                (
                    "-ne",
                    &[
                        "ip: 10.0.0.1.40000 > 10.0.0.2.4789: VXLAN, flags [I] (0x08), vni 100\n02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype IPv4 (0x0800), length 46: 10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 4",
                        "ip: 10.0.0.1.40000 > 10.0.0.2.6081: Geneve, Flags [C], vni 0xa, proto TEB (0x6558), options [4 bytes]: 02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype IPv4 (0x0800), length 46: 10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 4",
                    ],
                ),
            ],
        ),
    ]
}
