//! Which UDP ports lead into which tunnels.

/// A tunnel over UDP, by number.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tunnel {
    /// VXLAN, RFC 7348.
    Vxlan = 1,
    /// Geneve, RFC 8926.
    Geneve = 2,
    /// GTP-U, 3GPP TS 29.281.
    Gtp = 3,
}

/// How many ports there may be.
pub const MAX_TUNNEL_PORTS: usize = 8;

/// Destination ports of tunnels, each in the lower half of a word below its tunnel's number; 0 for none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TunnelPorts(pub [u32; MAX_TUNNEL_PORTS]);

impl TunnelPorts {
    /// The word for a port.
    pub const fn word(tunnel: Tunnel, port: u16) -> u32 {
        (tunnel as u32) << 16 | port as u32
    }

    /// The ports of a tunnel.
    pub fn of(self, tunnel: Tunnel) -> impl Iterator<Item = u16> {
        self.0.into_iter().filter(move |word| word >> 16 == tunnel as u32).map(|word| word as u16)
    }

    /// The number of the tunnel in a word if it is for this port, else 0.
    #[inline(always)]
    pub const fn number(word: u32, port: u16) -> u32 {
        if word as u16 == port { word >> 16 } else { 0 }
    }
}

/// Where the ports are looked up.
pub trait Ports {
    /// The number of the tunnel that datagrams to this port are of; 0 for none.
    fn find(&self, port: u16) -> u32;
}

impl Ports for TunnelPorts {
    fn find(&self, port: u16) -> u32 {
        self.0.iter().fold(0, |found, word| found | Self::number(*word, port))
    }
}

impl Default for TunnelPorts {
    /// The assigned ports, and the one that Linux used for VXLAN before there was one.
    fn default() -> Self {
        let mut words = [0; MAX_TUNNEL_PORTS];
        words[0] = Self::word(Tunnel::Vxlan, 4789);
        words[1] = Self::word(Tunnel::Vxlan, 8472);
        words[2] = Self::word(Tunnel::Geneve, 6081);
        words[3] = Self::word(Tunnel::Gtp, 2152);
        Self(words)
    }
}
