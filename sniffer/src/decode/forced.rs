//! The types that a user may say all packets are of, whatever their ports tell. Knows no header.

use super::Application;

/// What packets are taken for in place of what they seem to be, as `tcpdump -T` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForcedType {
    /// What datagrams of UDP hold.
    pub(super) datagram: Option<Application>,
    /// What segments of TCP hold.
    pub(super) segment: Option<Application>,
    /// Whether IP protocol 112 is CARP and not VRRP.
    pub(super) is_carp: bool,
    /// Whether the data of PGM are frames of ZMTP/1.0.
    pub(super) is_zmtp_in_pgm: bool,
}

impl ForcedType {
    /// The type that is called so, in letters of any size.
    pub fn named(name: &str) -> Option<Self> {
        let is_named = |(known, _): &&(&str, Self)| known.eq_ignore_ascii_case(name);
        TYPES.iter().find(is_named).map(|(_, forced)| *forced)
    }

    /// Whether the data of PGM are frames of ZMTP/1.0.
    pub fn is_zmtp_in_pgm(&self) -> bool {
        self.is_zmtp_in_pgm
    }

    /// The names of all types.
    pub fn names() -> impl Iterator<Item = &'static str> {
        TYPES.iter().map(|(name, _)| *name)
    }
}

const NOTHING: ForcedType =
    ForcedType { datagram: None, segment: None, is_carp: false, is_zmtp_in_pgm: false };

const fn datagrams(application: Application) -> ForcedType {
    ForcedType { datagram: Some(application), ..NOTHING }
}

const fn segments(application: Application) -> ForcedType {
    ForcedType { segment: Some(application), ..NOTHING }
}

const TYPES: &[(&str, ForcedType)] = &[
    ("aodv", datagrams(Application::Aodv)),
    ("carp", ForcedType { is_carp: true, ..NOTHING }),
    ("cnfp", datagrams(Application::NetFlow)),
    ("domain", ForcedType { segment: Some(Application::DnsOverTcp), ..datagrams(Application::Dns) }),
    ("lmp", datagrams(Application::Lmp)),
    ("pgm", datagrams(Application::Pgm)),
    ("pgm_zmtp1", ForcedType { is_zmtp_in_pgm: true, ..datagrams(Application::Pgm) }),
    ("ptp", datagrams(Application::Ptp)),
    ("radius", datagrams(Application::Radius)),
    ("resp", segments(Application::Resp)),
    ("rpc", datagrams(Application::Rpc)),
    ("rtcp", datagrams(Application::Rtcp)),
    ("rtp", datagrams(Application::Rtp)),
    ("snmp", datagrams(Application::Snmp)),
    ("someip", datagrams(Application::SomeIp)),
    ("tftp", datagrams(Application::Tftp)),
    ("vat", datagrams(Application::Vat)),
    ("vxlan", datagrams(Application::Vxlan)),
    ("wb", datagrams(Application::Whiteboard)),
    ("zmtp1", segments(Application::Zmtp)),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_told_by_their_names() {
        assert_eq!(ForcedType::named("TFTP").and_then(|forced| forced.datagram), Some(Application::Tftp));
        assert_eq!(ForcedType::named("tft"), None);
        assert!(ForcedType::names().all(|name| ForcedType::named(name).is_some()));
    }
}
