//! What the network layer says, and what serves it.

pub(super) mod arp;
mod dvmrp;
mod group_records;
pub(super) mod icmpv4;
pub(super) mod icmpv6;
mod icmpv6_node;
mod icmpv6_options;
mod icmpv6_rpl;
pub(super) mod igmp;
pub(super) mod ip_protocol;
pub(super) mod ipv4;
mod ipv4_options;
pub(super) mod ipv6;
mod ipv6_routing;
pub(super) mod ipx;
mod mld;
pub(super) mod mobility;
