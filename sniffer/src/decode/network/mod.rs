//! The network layer: IPv4 and IPv6 with their options and headers, and what serves them.

mod ipv4;
mod ipv4_options;
mod ipv6;
mod ipv6_extension;
mod ipv6_options;
mod ipx;

mod arp;
mod icmpv4;
mod icmpv6;
mod icmpv6_node;
mod igmp;
mod mobility;

pub use self::arp::{Arp, ArpOperation};
pub use self::icmpv4::{Icmpv4, Icmpv4Type};
pub use self::icmpv6::{Icmpv6, Icmpv6Type};
pub use self::icmpv6_node::{NodeInformation, NodeQuestion, NodeSubject};
pub use self::igmp::{Igmp, IgmpRecord, IgmpType};
pub use self::ipv4::Ipv4;
pub use self::ipv4_options::{Ipv4Option, Ipv4Options};
pub use self::ipv6::Ipv6;
pub use self::ipv6_extension::{Ipv6Extension, Ipv6Fragment};
pub use self::ipv6_options::{Ipv6Option, Ipv6Options};
pub use self::ipx::{Ipx, IpxAddress};
pub use self::mobility::Mobility;
