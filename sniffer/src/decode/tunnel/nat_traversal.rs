//! What IKE puts in front of its messages, and of ESP, where they go through address translation: RFC 3948.

use crate::decode::walk::{Next, View};
use crate::decode::{Application, IpProtocol, Payload, Protocol, StopReason};

/// A datagram that crosses address translation.
#[derive(Clone, Copy, Debug)]
pub struct NatTraversal<'a> {
    kind: NatTraversalKind,
    whole: Payload<'a>,
}

/// What such a datagram holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NatTraversalKind {
    /// Nothing: it keeps the translation alive.
    KeepAlive,
    /// IKE, behind four zeros.
    Isakmp,
    /// ESP.
    Esp,
}

impl<'a> NatTraversal<'a> {
    /// Bytes of zeros in front of IKE.
    const MARKER_LEN: usize = 4;

    /// The datagram at `at`, if enough of it was captured to tell what it holds.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let kind = match (at.claimed(), at.bytes()) {
            (1, [0xff]) => NatTraversalKind::KeepAlive,
            (_, [0, 0, 0, 0, ..]) => NatTraversalKind::Isakmp,
            (_, [_, _, _, _, ..]) => NatTraversalKind::Esp,
            _ => return None,
        };
        Some(Self { kind, whole: at })
    }

    /// What it holds.
    pub fn kind(&self) -> NatTraversalKind {
        self.kind
    }
}

impl<'a> View<'a> for NatTraversal<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        match self.kind {
            NatTraversalKind::KeepAlive => (Next::Stop(StopReason::End, Protocol::Payload), self.whole),
            NatTraversalKind::Isakmp => {
                let protocol = Protocol::Application(Application::Isakmp);
                (Next::Decode(protocol), self.whole.skip(Self::MARKER_LEN))
            }
            NatTraversalKind::Esp => (Next::Decode(Protocol::IpProtocol(IpProtocol::Esp)), self.whole),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_what_follows() {
        let kind = |bytes: &[u8]| {
            NatTraversal::new(Payload::new(bytes, bytes.len() as u32)).map(|datagram| datagram.kind())
        };
        assert_eq!(kind(&[0xff]), Some(NatTraversalKind::KeepAlive));
        assert_eq!(kind(&[0, 0, 0, 0, 1]), Some(NatTraversalKind::Isakmp));
        assert_eq!(kind(&[0, 0, 0, 7]), Some(NatTraversalKind::Esp));
        assert_eq!(kind(&[0, 0, 0]), None);
    }
}
