//! The filters that are measured, each with a frame that it rejects after looking at everything it can look at.

use super::support::frames::{self, Fragment, IPV6, TCP, ethernet, ipv4, ipv6, tagged, tcp, udp};
use super::support::lab::Lab;

/// A filter and its frame.
#[derive(Clone, Debug)]
pub(super) struct Case {
    /// What the tables call it.
    pub(super) name: String,
    /// The expression.
    pub(super) expression: String,
    /// What the frame is made of: what sending it costs without taps depends on that.
    pub(super) frame: FrameKind,
}

/// The protocols of a frame. Ports are 40000 and 80.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FrameKind {
    Tcp,
    TcpInTag,
    TcpOverIpv6,
    Sctp,
}

impl Case {
    /// The filter that is also looked at more closely.
    pub(super) fn first() -> Self {
        Self::new("tcp port 81", FrameKind::Tcp)
    }

    /// Filters of the kinds that people write.
    pub(super) fn all() -> Vec<Self> {
        let mut all = vec![
            Self::new("host 10.9.9.9", FrameKind::Tcp),
            Self::first(),
            Self::new("port 81", FrameKind::Tcp),
            Self::new("net 192.0.2.0/24 or net 198.51.100.0/24 or net 203.0.113.0/24", FrameKind::Tcp),
            Self::new("portrange 1000-2000", FrameKind::Tcp),
            Self::new("tcp[tcpflags] & (tcp-rst|tcp-fin) != 0", FrameKind::Tcp),
            Self::new("vlan 100 and tcp port 81", FrameKind::TcpInTag),
            Self::new("ip6 and port 81", FrameKind::TcpOverIpv6),
            Self::new("udp or icmp", FrameKind::Sctp),
        ];
        all.extend([10, 100, 300].map(Self::hosts));
        all
    }

    fn new(expression: &str, frame: FrameKind) -> Self {
        Self { name: expression.to_owned(), expression: expression.to_owned(), frame }
    }

    /// A list of addresses, none of them near another.
    fn hosts(count: u32) -> Self {
        let host = |number: u32| {
            let [_, a, b, c] = (number * 40_503).to_be_bytes();
            format!("host 192.{a}.{b}.{c}")
        };
        let expression = (1..=count).map(host).collect::<Vec<_>>().join(" or ");
        Self { name: format!("{count} hosts"), expression, frame: FrameKind::Tcp }
    }

    /// The frame, from the left end of the pair to the right one.
    pub(super) fn frame(&self, lab: &Lab) -> Vec<u8> {
        let (left, right) = (&lab.left, &lab.right);
        let segment = tcp(40_000, 80, &[0; 10]);
        match self.frame {
            FrameKind::Tcp => frames::tcp_frame(left, right, 40_000, 80, &[0; 10]),
            FrameKind::TcpInTag => tagged(0x8100, 100, &frames::tcp_frame(left, right, 40_000, 80, &[0; 10])),
            FrameKind::TcpOverIpv6 => {
                ethernet(right.mac, left.mac, IPV6, &ipv6(left.v6, right.v6, TCP, &segment))
            }
            FrameKind::Sctp => {
                let packet = ipv4(left.v4, right.v4, 132, Fragment::default(), &udp(40_000, 80, &[0; 22]));
                ethernet(right.mac, left.mac, frames::IPV4, &packet)
            }
        }
    }
}
