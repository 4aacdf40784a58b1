//! What routers tell each other.

mod aodv;
mod auto_rp;
mod babel;
mod babel_message;
mod bgp;
mod clnp;
mod eigrp;
mod igrp;
mod isis;
mod isis_bridging;
mod isis_element;
mod ldp;
mod lisp;
mod olsr;
mod osi_checksum;
mod ospf;
mod rip;

mod bfd;
mod carp;
mod hsrp;
mod mpls_control;
mod pim;
mod rsvp;
mod vrrp;

pub use self::aodv::{Aodv, AodvExtension, AodvKind, AodvReply, AodvRequest};
pub use self::auto_rp::AutoRp;
pub use self::babel::{Babel, BabelElement};
pub use self::babel_message::{BabelDefaults, BabelDetail, BabelMessage, BabelPrefix, BabelUpdate};
pub use self::bfd::Bfd;
pub use self::bgp::*;
pub use self::carp::Carp;
pub use self::clnp::{Clnp, EsIs, Osi, OsiError, OsiReader};
pub use self::eigrp::{Eigrp, EigrpElement};
pub use self::hsrp::Hsrp;
pub use self::igrp::{Igrp, IgrpRoute};
pub use self::isis::{Isis, IsisBody, IsisCircuit, IsisHello, IsisLinks};
pub use self::isis_bridging::{IsisBridge, IsisConfiguration, IsisTree};
pub use self::isis_element::{
    IsisCursor, IsisElement, IsisError, IsisMetrics, IsisOldRoute, IsisPrefix, IsisRoute, IsisRouteError,
};
pub use self::ldp::{Ldp, LdpElement, LdpMessage};
pub use self::lisp::{Lisp, LispLocator, LispRecord};
pub use self::mpls_control::{Lmp, LspPing};
pub use self::olsr::{Olsr, OlsrMessage};
pub use self::osi_checksum::OsiChecksum;
pub use self::ospf::*;
pub use self::pim::{Pim, PimGroup, PimHello};
pub use self::rip::{Rip, RipEntry, Ripng, RipngRoute};
pub use self::rsvp::{Rsvp, RsvpObject, RsvpObjectError};
pub use self::vrrp::Vrrp;
