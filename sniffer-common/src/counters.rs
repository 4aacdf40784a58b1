//! What is counted: classes of frames, the matrix of counters, and its layout in the kernel's maps.

use crate::numbered::numbered;

numbered! {
    /// The protocol directly above the link layer.
    pub enum Link: u8 {
        /// IPv4, untagged.
        Ipv4,
        /// IPv6, untagged.
        Ipv6,
        /// ARP.
        Arp,
        /// A frame with a VLAN tag, in its bytes or beside them, whatever it holds.
        Vlan,
        /// MPLS, unicast or multicast.
        Mpls,
        /// IEEE 802.3 with a length field, mostly LLC.
        Llc,
        /// Everything else.
        Other,
    }
}

numbered! {
    /// The protocol above IP, in untagged frames and in those with VLAN tags.
    pub enum Transport: u8 {
        /// TCP (6).
        Tcp,
        /// UDP (17).
        Udp,
        /// SCTP (132).
        Sctp,
        /// ICMP (1).
        Icmp,
        /// `ICMPv6` (58).
        Icmpv6,
        /// IGMP (2).
        Igmp,
        /// GRE (47).
        Gre,
        /// ESP (50).
        Esp,
        /// AH (51).
        Ah,
        /// IPv4 (4) or IPv6 (41) inside IP.
        IpInIp,
        /// A fragment that is not the first one: it has no transport header.
        Fragment,
        /// Any other protocol, and IP headers that the frame does not hold whole.
        Other,
        /// No IP header.
        None,
    }
}

impl Transport {
    /// The class of an IP protocol number
    /// (<https://www.iana.org/assignments/protocol-numbers>).
    #[inline]
    pub const fn from_protocol(protocol: u8) -> Self {
        match protocol {
            1 => Self::Icmp,
            2 => Self::Igmp,
            4 | 41 => Self::IpInIp,
            6 => Self::Tcp,
            17 => Self::Udp,
            47 => Self::Gre,
            50 => Self::Esp,
            51 => Self::Ah,
            58 => Self::Icmpv6,
            132 => Self::Sctp,
            _ => Self::Other,
        }
    }
}

numbered! {
    /// Where on its way through the kernel a frame was counted; the index into the map of counters.
    pub enum Stage: u32 {
        /// Every frame that the socket was offered.
        Seen,
        /// The frames that the filter wants.
        Matched,
        /// Those of them that are not in the sample.
        SampledOut,
        /// Those of the sample whose flow has had its share.
        OverFlowLimit,
        /// Those within their flow's share that came too fast.
        OverRate,
    }
}

numbered! {
    /// What went wrong in the kernel while a frame was kept nevertheless; the index into the map of faults.
    pub enum Fault: u32 {
        /// The counters could not be reached: the frame is missing in the matrix.
        Uncounted,
        /// The accepting stage could not be reached: the frame is not counted as matched.
        Unaccepted,
        /// A reduction could not be applied: the frame is counted as matched, and kept as if there were no such reduction.
        Unreduced,
    }
}

numbered! {
    /// What became of fragments with `--see-through`; the index into their map.
    pub enum FragmentCount: u32 {
        /// First fragments.
        First,
        /// Later fragments that got the verdict of the first.
        Followed,
        /// Later fragments whose first was not seen, or is forgotten.
        Orphaned,
        /// Verdicts on first fragments that the kernel did not take.
        Unremembered,
        /// Datagrams that were not in the table of verdicts before; one that was evicted and comes again counts again.
        Entered,
    }
}

/// Frames and bytes of one pair of classes.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// How many frames.
    pub frames: u64,
    /// The sum of their lengths on the wire (`skb->len`).
    pub bytes: u64,
}

impl Cell {
    /// No frame.
    pub const NONE: Self = Self { frames: 0, bytes: 0 };
}

/// How many cells a matrix has.
pub const CELLS: usize = (Link::COUNT * Transport::COUNT) as usize;

/// A matrix in units of `u64`, as maps are read: frames and bytes in turn.
pub const MATRIX_WORDS: usize = CELLS * 2;

/// Counters by link class and transport class, in the order of [`cell`].
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// The cells, row by row: a row is a link class.
    pub cells: [Cell; CELLS],
}

/// The index of a cell in [`Matrix::cells`].
#[inline]
pub const fn cell(link: Link, transport: Transport) -> u32 {
    link as u32 * Transport::COUNT + transport as u32
}

const _: () = assert!(size_of::<Cell>() == 16);
const _: () = assert!(size_of::<Matrix>() == MATRIX_WORDS * 8);
// PCPU_MIN_UNIT_SIZE of include/linux/percpu.h limits a value of a per-CPU map to 32 KiB.
const _: () = assert!(size_of::<Matrix>() <= 32 << 10);
const _: () = assert!(cell(Link::Other, Transport::None) as usize == CELLS - 1);

#[cfg(feature = "user")]
mod user {
    //! Names, conversions and sums, which only user space needs. Counters wrap around as those of the kernel do, so that
    //! differences stay right.

    use core::{
        array,
        iter::Sum,
        ops::{Add, Sub},
    };

    use super::{CELLS, Cell, Link, MATRIX_WORDS, Matrix, Transport, cell};

    impl Link {
        /// The name in reports; stable, since scripts read it.
        pub const fn name(self) -> &'static str {
            match self {
                Self::Ipv4 => "ipv4",
                Self::Ipv6 => "ipv6",
                Self::Arp => "arp",
                Self::Vlan => "vlan",
                Self::Mpls => "mpls",
                Self::Llc => "llc",
                Self::Other => "other",
            }
        }
    }

    impl Transport {
        /// The name in reports; stable, since scripts read it.
        pub const fn name(self) -> &'static str {
            match self {
                Self::Tcp => "tcp",
                Self::Udp => "udp",
                Self::Sctp => "sctp",
                Self::Icmp => "icmp",
                Self::Icmpv6 => "icmpv6",
                Self::Igmp => "igmp",
                Self::Gre => "gre",
                Self::Esp => "esp",
                Self::Ah => "ah",
                Self::IpInIp => "ipip",
                Self::Fragment => "fragment",
                Self::Other => "other",
                Self::None => "none",
            }
        }
    }

    impl Matrix {
        /// A matrix from the words of a map's value.
        pub fn from_words(words: &[u64; MATRIX_WORDS]) -> Self {
            let mut matrix = Self::default();
            for (cell, pair) in matrix.cells.iter_mut().zip(words.chunks_exact(2)) {
                *cell = Cell { frames: pair[0], bytes: pair[1] };
            }
            matrix
        }

        /// The counters of one pair of classes.
        pub fn get(&self, link: Link, transport: Transport) -> Cell {
            self.cells[cell(link, transport) as usize]
        }

        /// All frames of a link class.
        pub fn link(&self, link: Link) -> Cell {
            Transport::ALL.into_iter().map(|transport| self.get(link, transport)).sum()
        }

        /// All frames of a transport class.
        pub fn transport(&self, transport: Transport) -> Cell {
            Link::ALL.into_iter().map(|link| self.get(link, transport)).sum()
        }

        /// All frames.
        pub fn total(&self) -> Cell {
            self.cells.iter().copied().sum()
        }
    }

    impl Add for Cell {
        type Output = Self;

        fn add(self, other: Self) -> Self {
            Self {
                frames: self.frames.wrapping_add(other.frames),
                bytes: self.bytes.wrapping_add(other.bytes),
            }
        }
    }

    impl Sub for Cell {
        type Output = Self;

        fn sub(self, other: Self) -> Self {
            Self {
                frames: self.frames.wrapping_sub(other.frames),
                bytes: self.bytes.wrapping_sub(other.bytes),
            }
        }
    }

    impl Sum for Cell {
        fn sum<I: Iterator<Item = Self>>(cells: I) -> Self {
            cells.fold(Self::default(), Self::add)
        }
    }

    impl Add for Matrix {
        type Output = Self;

        fn add(self, other: Self) -> Self {
            Self { cells: array::from_fn(|index| self.cells[index] + other.cells[index]) }
        }
    }

    impl Sub for Matrix {
        type Output = Self;

        fn sub(self, other: Self) -> Self {
            Self { cells: array::from_fn(|index| self.cells[index] - other.cells[index]) }
        }
    }

    impl Default for Matrix {
        fn default() -> Self {
            Self { cells: [Cell::default(); CELLS] }
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn words_of_a_map_land_in_the_cell_of_their_classes() {
            let mut words = [0; MATRIX_WORDS];
            let index = cell(Link::Vlan, Transport::Udp) as usize;
            words[index * 2] = 3;
            words[index * 2 + 1] = 180;
            let matrix = Matrix::from_words(&words);
            assert_eq!(matrix.get(Link::Vlan, Transport::Udp), Cell { frames: 3, bytes: 180 });
            assert_eq!(matrix.total(), Cell { frames: 3, bytes: 180 });
        }

        #[test]
        fn rows_and_columns_both_add_up_to_the_total() {
            let mut numbers = 1..;
            let words = array::from_fn(|_| numbers.next().expect("numbers do not end"));
            let matrix = Matrix::from_words(&words);
            let by_link: Cell = Link::ALL.into_iter().map(|link| matrix.link(link)).sum();
            let by_transport: Cell =
                Transport::ALL.into_iter().map(|transport| matrix.transport(transport)).sum();
            assert_eq!(by_link, matrix.total());
            assert_eq!(by_transport, matrix.total());
            // The last row of the matrix is that of the last link class.
            let last_row: u64 = words[MATRIX_WORDS - 2 * Transport::COUNT as usize..].iter().step_by(2).sum();
            assert_eq!(matrix.link(Link::Other).frames, last_row);
        }

        #[test]
        fn differences_stay_right_when_a_counter_wraps_around() {
            let early = Cell { frames: u64::MAX, bytes: u64::MAX - 9 };
            let late = early + Cell { frames: 2, bytes: 100 };
            assert_eq!(late - early, Cell { frames: 2, bytes: 100 });
        }
    }
}
