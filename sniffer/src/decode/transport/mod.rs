//! The transport layer.

mod dccp;
mod pgm;
mod sctp;
mod tcp;
mod tcp_options;
mod udp;

pub use self::dccp::{Dccp, DccpOption, DccpOptionError};
pub use self::pgm::{Pgm, PgmBody, PgmOption};
pub use self::sctp::{Sctp, SctpBody, SctpChunk, SctpChunks, SctpError};
pub use self::tcp::{Tcp, TcpFlags};
pub use self::tcp_options::{OptionError, TcpOption, TcpOptionKind, TcpOptions};
pub use self::udp::Udp;
