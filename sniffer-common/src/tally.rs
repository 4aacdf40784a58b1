//! What is counted beside classes when a capture only counts: flows, hosts and ports, each in a table that forgets what was
//! not met for longest.

use crate::Cell;

/// The frames of a key of a table in both directions.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// What a host has sent, what came from a port, and what the first end of a flow has sent.
    pub sent: Cell,
    /// What a host was sent, what went to a port, and what the second end of a flow has sent.
    pub received: Cell,
}

const _: () = assert!(size_of::<Traffic>() == Traffic::WORDS * 8);

impl Traffic {
    /// The size in units of `u64`, as maps are read.
    pub const WORDS: usize = 4;

    /// None yet.
    pub const NONE: Self = Self { sent: Cell::NONE, received: Cell::NONE };
}

/// An IP address; that of IPv4 as IPv6 maps it (RFC 4291, section 2.5.5.2).
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Host(pub [u64; 2]);

impl Host {
    /// The host of an address as [`End`](crate::End) has it.
    #[inline(always)]
    pub const fn new(address: [u64; 2], is_ipv4: bool) -> Self {
        let [high, low] = address;
        if is_ipv4 { Self([high, low | 0xffff << 32]) } else { Self([high, low]) }
    }
}

/// A port of a protocol. A number of eight bytes, as the rest of what is kept on the kernel side's stack.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Port(u64);

impl Port {
    /// That port of an IP protocol.
    #[inline(always)]
    pub const fn new(protocol: u8, number: u16) -> Self {
        Self((protocol as u64) << 16 | number as u64)
    }

    /// The number.
    pub const fn number(self) -> u16 {
        self.0 as u16
    }

    /// The IP protocol.
    pub const fn protocol(self) -> u8 {
        (self.0 >> 16) as u8
    }
}

/// The tables.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// By [`Flow`](crate::Flow). All processors share a value: those of one flow mostly come to one of them.
    Flows = 0,
    /// By [`Host`]. Each processor has a value of its own, since this host is in every frame.
    Hosts = 1,
    /// By [`Port`], as hosts.
    Ports = 2,
}

/// What a table has to tell beside what is in it.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableEvent {
    /// A key was entered.
    Entered = 0,
    /// The kernel had no place for a key: a frame is missing.
    Missed = 1,
}

impl Table {
    /// How many counters of events all of them have.
    pub const EVENTS: u32 = 6;

    /// The index into the map of events.
    #[inline(always)]
    pub const fn event(self, event: TableEvent) -> u32 {
        self as u32 * 2 + event as u32
    }
}

#[cfg(feature = "user")]
mod user {
    //! Conversions that only user space needs.

    use core::net::{IpAddr, Ipv6Addr};
    use core::ops::{Add, AddAssign, Sub};

    use super::{Host, Port, Traffic};
    use crate::Cell;

    impl Host {
        /// The address.
        pub fn address(self) -> IpAddr {
            let [high, low] = self.0;
            Ipv6Addr::from_bits(u128::from(high) << 64 | u128::from(low)).to_canonical()
        }

        /// From the words of a map's key.
        pub const fn from_words(words: [u64; 2]) -> Self {
            Self(words)
        }
    }

    impl Port {
        /// From the word of a map's key.
        pub const fn from_words([word]: [u64; 1]) -> Self {
            Self(word)
        }
    }

    impl Traffic {
        /// From the words of a map's value.
        pub const fn from_words([sent, sent_bytes, received, received_bytes]: [u64; Self::WORDS]) -> Self {
            Self {
                sent: Cell { frames: sent, bytes: sent_bytes },
                received: Cell { frames: received, bytes: received_bytes },
            }
        }

        /// Both directions together.
        pub fn total(self) -> Cell {
            self.sent + self.received
        }
    }

    impl Add for Traffic {
        type Output = Self;

        fn add(self, other: Self) -> Self {
            Self { sent: self.sent + other.sent, received: self.received + other.received }
        }
    }

    impl AddAssign for Traffic {
        fn add_assign(&mut self, other: Self) {
            *self = *self + other;
        }
    }

    impl Sub for Traffic {
        type Output = Self;

        fn sub(self, other: Self) -> Self {
            Self { sent: self.sent - other.sent, received: self.received - other.received }
        }
    }

    #[cfg(test)]
    mod tests {
        extern crate std;

        use core::net::{Ipv4Addr, Ipv6Addr};

        use super::*;

        #[test]
        fn hosts_are_the_addresses_that_they_were_made_of() {
            let v4 = Host::new([0, 0x0a00_0001], true);
            assert_eq!(v4.address(), Ipv4Addr::new(10, 0, 0, 1));
            // 0.0.0.1 and ::1 are different hosts.
            assert_ne!(Host::new([0, 1], true), Host::new([0, 1], false));
            assert_eq!(Host::new([0, 1], false).address(), Ipv6Addr::LOCALHOST);
        }

        #[test]
        fn ports_are_of_their_protocol() {
            let port = Port::new(17, 53);
            assert_eq!((port.protocol(), port.number()), (17, 53));
            assert_ne!(port, Port::new(6, 53));
        }
    }
}
