//! What routers tell each other.

pub(super) mod aodv;
pub(super) mod auto_rp;
pub(super) mod babel;
mod babel_elements;
pub(super) mod bfd;
pub(super) mod bgp;
pub(super) mod clnp;
pub(super) mod eigrp;
pub(super) mod es_is;
pub(super) mod igrp;
pub(super) mod isis;
mod isis_bridging;
mod isis_elements;
mod isis_links;
mod isis_neighbours;
mod isis_routes;
pub(super) mod lisp;
pub(super) mod mpls_control;
pub(super) mod olsr;
mod olsr_messages;
mod osi;
pub(super) mod ospf;
pub(super) mod pim;
pub(super) mod redundancy;
pub(super) mod rip;
pub(super) mod rsvp;
mod traffic;
