//! sFlow version 5: the header of a datagram.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::decode::message::message;

message! {
    /// A datagram of sFlow.
    Sflow {
        /// The version; only 5 is understood.
        version: u32 = 0,
        /// The family of the agent's address: 1 IPv4, 2 IPv6.
        family: u32 = 4,
    }
}

impl Sflow<'_> {
    /// Bytes of the header where the agent has an IPv4 address.
    pub const HEADER_LEN: usize = 28;
    /// Bytes of the header where the agent has an IPv6 address.
    pub const HEADER_LEN_V6: usize = 40;

    /// The agent that takes samples.
    pub fn agent(&self) -> Option<IpAddr> {
        match self.family()? {
            1 => self.whole().get::<Ipv4Addr>(8).map(IpAddr::V4),
            _ => self.whole().get::<Ipv6Addr>(8).map(IpAddr::V6),
        }
    }

    /// The number that tells several agents of one address apart.
    pub fn agent_id(&self) -> Option<u32> {
        self.whole().get(if self.family()? == 1 { 12 } else { 24 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Payload;

    #[test]
    fn the_agent_is_of_either_family() {
        let mut bytes = [0; 40];
        (bytes[3], bytes[7], bytes[11], bytes[15], bytes[27]) = (5, 1, 9, 7, 8);
        let sflow = Sflow::new(Payload::new(&bytes, 40));
        assert_eq!((sflow.agent(), sflow.agent_id()), (Some([0, 0, 0, 9].into()), Some(7)));
        bytes[7] = 2;
        let sflow = Sflow::new(Payload::new(&bytes, 40));
        let agent = Ipv6Addr::new(0, 9, 0, 7, 0, 0, 0, 0);
        assert_eq!((sflow.agent(), sflow.agent_id()), (Some(agent.into()), Some(8)));
    }
}
