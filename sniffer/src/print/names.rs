//! Names for numbers. The printer asks; whoever owns files and resolvers answers.

use std::net::IpAddr;

/// Which table of services a port belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortProtocol {
    /// TCP ports.
    Tcp,
    /// UDP ports.
    Udp,
}

/// Where the printer finds names. Each method appends a name to `out` and says whether it did; numbers are printed
/// otherwise. Whoever prints what is being captured may not wait: a name that is not known yet is not known.
pub trait Names {
    /// Whether numbers are to stay numbers (`-n`): then the printer adds no words of its own to them either.
    fn is_numeric(&self) -> bool {
        true
    }

    /// The name of a host.
    fn host(&self, address: IpAddr, out: &mut Vec<u8>) -> bool {
        let _ = (address, out);
        false
    }

    /// The name of a service.
    fn port(&self, protocol: PortProtocol, port: u16, out: &mut Vec<u8>) -> bool {
        let _ = (protocol, port, out);
        false
    }

    /// The name of an IP protocol.
    fn protocol(&self, number: u8, out: &mut Vec<u8>) -> bool {
        let _ = (number, out);
        false
    }

    /// The name of a host by the address of its network card.
    fn ether(&self, address: [u8; 6], out: &mut Vec<u8>) -> bool {
        let _ = (address, out);
        false
    }

    /// The name of an interface by the number that frames have of it: the kernel's index, or its place in a savefile.
    fn interface(&self, index: u32, out: &mut Vec<u8>) -> bool {
        let _ = (index, out);
        false
    }
}

/// No names at all: `-n`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Numbers;

impl Names for Numbers {}
