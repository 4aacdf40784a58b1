//! The link layer: headers of frames, and tags that stand in front of the network layer.

mod ethernet;
mod llc;
mod snap;
mod vlan;

mod linux_sll;
mod linux_sll2;
mod loopback;

mod ieee80211;
mod radiotap;

mod chdlc;
mod ppp;
mod ppp_control;

mod arista;
mod macsec;

pub use self::arista::{Arista, AristaTime};
pub use self::chdlc::{Chdlc, Slarp};
pub use self::ethernet::Ethernet;
pub use self::ieee80211::{Ieee80211, Ieee80211Kind};
pub use self::linux_sll::LinuxSll;
pub use self::linux_sll2::LinuxSll2;
pub use self::llc::{Llc, LlcControl};
pub use self::loopback::Loopback;
pub use self::macsec::Macsec;
pub use self::ppp::{Ppp, PppFraming};
pub use self::ppp_control::{PppControl, PppOption};
pub use self::radiotap::{Radiotap, RadiotapField, RadiotapFields};
pub use self::snap::Snap;
pub use self::vlan::Vlan;
