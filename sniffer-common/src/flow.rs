//! What a flow is: the key of the flow table, and the number that decides about sampled flows. The same on every host,
//! in both directions, and in whatever way a frame was tagged.

#[cfg(feature = "user")]
use crate::Host;
use crate::numbered::numbered;

/// One end of a flow, in numbers of the host's byte order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// The address; that of IPv4 stands in the lower 32 bits of the second word.
    pub address: [u64; 2],
    /// The port, 0 for protocols without ports and for fragments.
    pub port: u16,
}

/// Two ends and a protocol. Which of the ends sends does not matter.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Flow {
    /// The addresses of both ends.
    addresses: [u64; 4],
    /// The ports of both ends, IP version and protocol.
    rest: u64,
}

const _: () = assert!(size_of::<Flow>() == Flow::WORDS * 8);

impl Flow {
    /// The size in units of `u64`, as maps are read.
    pub const WORDS: usize = 5;

    /// The flow between two ends. Different numbers of `kind` are different flows: IP version and protocol.
    #[inline(always)]
    pub const fn between(one: End, other: End, kind: u16) -> Self {
        let (first, second) = if one.is_below(&other) { (one, other) } else { (other, one) };
        let [a, b] = first.address;
        let [c, d] = second.address;
        let rest = (first.port as u64) << 48 | (second.port as u64) << 32 | kind as u64;
        Self { addresses: [a, b, c, d], rest }
    }

    /// A number that is evenly distributed over flows: a flow is in a sample of 1 in N when it is below 2³² / N. The key is
    /// fixed, so that all hosts sample the same flows, and a smaller sample is a part of every larger one.
    #[inline(always)]
    pub const fn hash(&self) -> u32 {
        let [a, b, c, d] = self.addresses;
        let mut hash = mix(HASH_KEY, a);
        hash = mix(hash, b);
        hash = mix(hash, c);
        hash = mix(hash, d);
        hash = mix(hash, self.rest);
        (mix(hash, 0) >> 32) as u32
    }
}

#[cfg(feature = "user")]
impl Flow {
    /// From the words of a map's key.
    pub const fn from_words([a, b, c, d, rest]: [u64; Self::WORDS]) -> Self {
        Self { addresses: [a, b, c, d], rest }
    }

    /// The end that is below the other, then the other.
    pub const fn ends(&self) -> [End; 2] {
        let [a, b, c, d] = self.addresses;
        let first = End { address: [a, b], port: (self.rest >> 48) as u16 };
        [first, End { address: [c, d], port: (self.rest >> 32) as u16 }]
    }

    /// The hosts at both ends.
    pub const fn hosts(&self) -> [Host; 2] {
        let is_ipv4 = self.rest >> 8 & 0xff == 4;
        let [first, second] = self.ends();
        [Host::new(first.address, is_ipv4), Host::new(second.address, is_ipv4)]
    }

    /// The IP protocol; that of the fragment header for fragments of IPv6.
    pub const fn protocol(&self) -> u8 {
        self.rest as u8
    }
}

/// Where the hash begins: the fraction of the square root of 2.
const HASH_KEY: u64 = 0x6a09_e667_f3bc_c908;

/// An odd number whose bits are in no pattern: the fraction of the golden ratio.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// Every bit of a word changes about half of the bits of a hash after two rounds.
#[inline(always)]
const fn mix(hash: u64, word: u64) -> u64 {
    let product = (hash ^ word).wrapping_mul(MULTIPLIER);
    product ^ product >> 32
}

impl End {
    /// The order of addresses, then of ports: the end that is below the other is the first one of their flow.
    #[inline(always)]
    pub const fn is_below(&self, other: &Self) -> bool {
        let ([a, b], [c, d]) = (self.address, other.address);
        if a != c {
            return a < c;
        }
        if b != d {
            return b < d;
        }
        self.port < other.port
    }
}

numbered! {
    /// The flow limit's own events; the index into the map of flow counters.
    pub enum FlowEvent: u32 {
        /// A flow was entered into the table.
        Entered,
        /// A segment with SYN, FIN or RST was kept although its flow was over the limit.
        KeptOverLimit,
    }
}

#[cfg(all(test, feature = "user"))]
mod tests {
    extern crate std;

    use std::vec::Vec;

    use super::*;

    fn end(address: u64, port: u16) -> End {
        End { address: [0, address], port }
    }

    #[test]
    fn both_directions_are_one_flow() {
        let ends = [end(1, 9), end(1, 10), end(2, 9), End { address: [1, 0], port: 0 }];
        for one in ends {
            for other in ends {
                let (there, back) = (Flow::between(one, other, 6), Flow::between(other, one, 6));
                assert_eq!(there, back);
                assert_eq!(there.hash(), back.hash());
            }
        }
        // Ports belong to their addresses, and protocols are different flows.
        let flow = Flow::between(end(1, 9), end(2, 10), 6);
        assert_ne!(flow, Flow::between(end(1, 10), end(2, 9), 6));
        assert_ne!(flow, Flow::between(end(1, 9), end(2, 10), 17));
    }

    #[test]
    fn flows_that_differ_little_are_sampled_evenly() {
        // A client's ports, a network's hosts, and a server's connections: each as a scanner or a pool would make them.
        let ports = (0..60_000).map(|port| Flow::between(end(0x0a00_0001, port), end(0x0a00_0002, 443), 6));
        let hosts = (0..60_000).map(|host| Flow::between(end(0x0a00_0000 + host, 0), end(1, 0), 1));
        let networks =
            (0..60_000).map(|high| Flow::between(End { address: [high << 16, 1], port: 1 }, end(7, 53), 17));
        for flows in [ports.collect::<Vec<_>>(), hosts.collect(), networks.collect()] {
            let mut buckets = [0_u32; 64];
            for flow in &flows {
                buckets[(flow.hash() >> 26) as usize] += 1;
            }
            // 937.5 are expected in each; six standard deviations are 184.
            assert!(buckets.iter().all(|count| (754..=1121).contains(count)), "{buckets:?}");
        }
    }

    #[test]
    fn the_hash_is_the_same_for_ever() {
        // Captures of different versions are to sample the same flows.
        assert_eq!(
            Flow::between(end(0x0a00_0001, 1000), end(0x0a00_0002, 443), 0x0406).hash(),
            1_376_381_833
        );
    }
}
