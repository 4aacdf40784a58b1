//! What the transport layer says.

pub(super) mod dccp;
mod dccp_options;
mod endpoints;
mod mptcp;
pub(super) mod pgm;
pub(super) mod sctp;
pub(super) mod tcp;
mod tcp_options;
pub(super) mod udp;
