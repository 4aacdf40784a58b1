//! What is counted: classes of frames, the matrix of counters, and its layout in the kernel's maps.

/// The protocol directly above the link layer.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Link {
    /// IPv4, untagged.
    Ipv4 = 0,
    /// IPv6, untagged.
    Ipv6 = 1,
    /// ARP.
    Arp = 2,
    /// A frame with a VLAN tag, in its bytes or beside them, whatever it holds.
    Vlan = 3,
    /// MPLS, unicast or multicast.
    Mpls = 4,
    /// IEEE 802.3 with a length field, mostly LLC.
    Llc = 5,
    /// Everything else.
    Other = 6,
}

/// The protocol above IP, in untagged frames and in those with VLAN tags.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Transport {
    /// TCP (6).
    Tcp = 0,
    /// UDP (17).
    Udp = 1,
    /// SCTP (132).
    Sctp = 2,
    /// ICMP (1).
    Icmp = 3,
    /// `ICMPv6` (58).
    Icmpv6 = 4,
    /// IGMP (2).
    Igmp = 5,
    /// GRE (47).
    Gre = 6,
    /// ESP (50).
    Esp = 7,
    /// AH (51).
    Ah = 8,
    /// IPv4 (4) or IPv6 (41) inside IP.
    IpInIp = 9,
    /// A fragment that is not the first one: it has no transport header.
    Fragment = 10,
    /// Any other protocol, and IP headers that the frame does not hold whole.
    Other = 11,
    /// No IP header.
    None = 12,
}

impl Link {
    /// How many classes there are.
    pub const COUNT: usize = 7;
}

impl Transport {
    /// How many classes there are.
    pub const COUNT: usize = 13;

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

/// Where on its way through the kernel a frame was counted; the index into the map of counters.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Every frame that the socket was offered.
    Seen = 0,
    /// The frames that the filter wants.
    Matched = 1,
    /// Those of them that are not in the sample.
    SampledOut = 2,
    /// Those of the sample whose flow has had its share.
    OverFlowLimit = 3,
    /// Those within their flow's share that came too fast.
    OverRate = 4,
}

impl Stage {
    /// How many stages count.
    pub const COUNT: u32 = 5;
}

/// What went wrong in the kernel while a frame was kept nevertheless; the index into the map of faults.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The counters could not be reached: the frame is missing in the matrix.
    Uncounted = 0,
    /// The accepting stage could not be reached: the frame is not counted as matched.
    Unaccepted = 1,
    /// A reduction could not be applied: the frame is counted as matched, and kept as if there were no such reduction.
    Unreduced = 2,
}

impl Fault {
    /// How many kinds of faults there are.
    pub const COUNT: u32 = 3;
}

/// What became of fragments with `--see-through`; the index into their map.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FragmentCount {
    /// First fragments.
    First = 0,
    /// Later fragments that got the verdict of the first.
    Followed = 1,
    /// Later fragments whose first was not seen, or is forgotten.
    Orphaned = 2,
    /// Verdicts on first fragments that the kernel did not take.
    Unremembered = 3,
}

impl FragmentCount {
    /// How many counters there are.
    pub const COUNT: u32 = 4;
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
pub const CELLS: usize = Link::COUNT * Transport::COUNT;

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
    link as u32 * Transport::COUNT as u32 + transport as u32
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

    use super::{CELLS, Cell, Fault, Link, MATRIX_WORDS, Matrix, Transport, cell};

    impl Link {
        /// All classes in the order of their numbers.
        pub const ALL: [Self; Self::COUNT] =
            [Self::Ipv4, Self::Ipv6, Self::Arp, Self::Vlan, Self::Mpls, Self::Llc, Self::Other];

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
        /// All classes in the order of their numbers.
        pub const ALL: [Self; Self::COUNT] = [
            Self::Tcp,
            Self::Udp,
            Self::Sctp,
            Self::Icmp,
            Self::Icmpv6,
            Self::Igmp,
            Self::Gre,
            Self::Esp,
            Self::Ah,
            Self::IpInIp,
            Self::Fragment,
            Self::Other,
            Self::None,
        ];

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

    impl Fault {
        /// All kinds in the order of their numbers.
        pub const ALL: [Self; Self::COUNT as usize] = [Self::Uncounted, Self::Unaccepted, Self::Unreduced];
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
        fn lists_of_classes_are_in_the_order_of_the_map() {
            for (number, link) in Link::ALL.into_iter().enumerate() {
                assert_eq!(link as usize, number);
            }
            for (number, transport) in Transport::ALL.into_iter().enumerate() {
                assert_eq!(transport as usize, number);
            }
            for (number, fault) in Fault::ALL.into_iter().enumerate() {
                assert_eq!(fault as usize, number);
            }
        }

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
            let last_row: u64 = words[MATRIX_WORDS - 2 * Transport::COUNT..].iter().step_by(2).sum();
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
