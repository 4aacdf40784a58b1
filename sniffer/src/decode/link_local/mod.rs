//! What stations of one link tell each other without a network layer.

mod cdp;
mod cisco_element;
mod dtp;
mod lldp;
mod udld;
mod vqp;
mod vtp;

mod slow;
mod stp;

mod cfm;
mod eapol;
mod ectp;
mod ptp;

mod aoe;
mod calm_fast;
mod geonet;
mod nlb;

pub use self::aoe::Aoe;
pub use self::calm_fast::CalmFast;
pub use self::cdp::{Cdp, CdpAddress, CdpAddressError};
pub use self::cfm::Cfm;
pub use self::cisco_element::CiscoElement;
pub use self::dtp::Dtp;
pub use self::eapol::{Eap, Eapol};
pub use self::ectp::Ectp;
pub use self::geonet::GeoNet;
pub use self::lldp::{Lldp, LldpAddress, LldpAddressKind, LldpElement, LldpElements, LldpIdentity};
pub use self::nlb::Nlb;
pub use self::ptp::Ptp;
pub use self::slow::{LacpEnd, Slow, SlowElement};
pub use self::stp::{Stp, StpBridge, StpInstance, StpShortestPath};
pub use self::udld::Udld;
pub use self::vqp::{Vqp, VqpObject};
pub use self::vtp::{Vtp, VtpElement, VtpVlan, VtpVlanError};
