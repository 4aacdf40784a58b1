//! Headers with another packet behind them: tunnels, encryption, labels.

mod geneve;
mod gre;
mod gtpu;
mod otv;
mod vxlan;

mod l2tp;
mod mpls;
mod pppoe;

mod ah;
mod esp;
mod ipcomp;
mod nat_traversal;
mod shim;

pub use self::ah::Ah;
pub use self::esp::Esp;
pub use self::geneve::Geneve;
pub use self::gre::Gre;
pub use self::gtpu::GtpU;
pub use self::ipcomp::Ipcomp;
pub use self::l2tp::{L2tp, L2tpAttribute};
pub use self::mpls::Mpls;
pub use self::nat_traversal::{NatTraversal, NatTraversalKind};
pub use self::otv::Otv;
pub use self::pppoe::{Pppoe, PppoeTag};
pub use self::shim::InterceptShim;
pub use self::vxlan::Vxlan;
