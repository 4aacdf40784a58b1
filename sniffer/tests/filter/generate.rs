//! Random expressions: some that mean something, and some that need not. Knows no compiler.

use sniffer::packet::LinkType;

use crate::vocabulary::{ADDRESSES, COOKED, KEYWORDS, PROTOCOLS, QUALIFIED, RADIO, SCRAPS, TUNNELS};

/// A generator of expressions; the seed is the whole input (`xorshift64*` of Vigna, 2016).
pub(crate) struct Random {
    state: u64,
    /// Tests that only some link types have.
    family: &'static [&'static str],
}

impl Random {
    /// A sequence of its own for each seed but 0.
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed, family: KEYWORDS }
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        (self.state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % end
    }

    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    /// Words of the language and of none, with blanks between most of them.
    pub(crate) fn soup(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..=self.below(8) {
            let words = [QUALIFIED, KEYWORDS, PROTOCOLS, ADDRESSES, SCRAPS, SCRAPS][self.below(6)];
            text.push_str(self.pick(words));
            text.push_str(self.pick(&[" ", " ", " ", " and ", " or ", "", "\n"]));
        }
        text
    }

    /// An expression with words of the link type's family, one in twenty without one of its words.
    pub(crate) fn expression(&mut self, link_type: LinkType) -> String {
        self.family = match link_type {
            LinkType::LINUX_SLL | LinkType::LINUX_SLL2 => COOKED,
            LinkType::IEEE802_11
            | LinkType::IEEE802_11_RADIOTAP
            | LinkType::IEEE802_11_AVS
            | LinkType::IEEE802_11_PRISM => RADIO,
            _ => KEYWORDS,
        };
        let text = self.condition(2);
        let mut words: Vec<&str> = text.split(' ').collect();
        if self.once_in(20) {
            words.remove(self.below(words.len()));
        }
        words.join(" ")
    }

    fn condition(&mut self, depth: usize) -> String {
        let mut text = self.term(depth);
        for _ in 0..self.below(4) {
            let connective = self.pick(&["and", "or", "&&", "||"]);
            let next = if self.once_in(6) { self.id(depth) } else { self.term(depth) };
            text = format!("{text} {connective} {next}");
        }
        text
    }

    fn term(&mut self, depth: usize) -> String {
        let not = if self.once_in(6) { self.pick(&["not ", "! "]) } else { "" };
        let primitive = match self.below(12) {
            0..=2 => self.pick(QUALIFIED).to_owned(),
            3 => format!("{} {}", self.head(), self.id(depth)),
            4 | 5 => {
                let relation = self.pick(&["=", "!=", ">", "<", ">=", "<=", "=="]);
                format!("{} {relation} {}", self.value(2), self.number(2))
            }
            6 if depth > 0 => format!("( {} )", self.condition(depth - 1)),
            7 => self.pick(KEYWORDS).to_owned(),
            8 => self.pick(self.family).to_owned(),
            // Rarely, because little is left to compare behind a tunnel that is not there.
            9 if self.once_in(3) => self.pick(TUNNELS).to_owned(),
            _ => self.pick(PROTOCOLS).to_owned(),
        };
        format!("{not}{primitive}")
    }

    fn head(&mut self) -> String {
        let words = [
            self.pick(&["", "", "", "tcp", "udp", "ip", "ip6", "arp", "ether", "sctp", "icmp", "iso"]),
            self.pick(&["", "", "src", "dst", "src or dst", "dst and src", "ra"]),
            self.pick(&["", "host", "net", "port", "port", "portrange", "proto", "protochain"]),
        ];
        words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }

    fn id(&mut self, depth: usize) -> String {
        match self.below(10) {
            0..=2 => self.pick(&["80", "443", "53", "(80)", "0120"]).to_owned(),
            3..=5 => self.pick(ADDRESSES).to_owned(),
            6 => self.pick(&["2:0:0:0:0:1", "0200.0000.0002", "123456789012"]).to_owned(),
            7 => format!("not {}", self.id(depth)),
            8 if depth > 0 => {
                let connective = self.pick(&["and", "or"]);
                format!("( {} {connective} {} )", self.id(depth - 1), self.id(depth - 1))
            }
            8 => format!("( {} )", self.pick(ADDRESSES)),
            _ => self.pick(&["\\tcp", "\\udp", "80-90", "5-3"]).to_owned(),
        }
    }

    /// Packet data, and operators with numbers on their right.
    fn value(&mut self, depth: usize) -> String {
        let header = self.pick(HEADERS);
        let index = match depth {
            0 => self.pick(&["0", "1", "12"]).to_owned(),
            _ if self.once_in(6) => format!("{} & 0xf", self.value(0)),
            _ => self.pick(&["0", "1", "12"]).to_owned(),
        };
        let size = self.pick(&["", ":1", ":2", ":4"]);
        let mut text = if self.once_in(5) { "len".to_owned() } else { format!("{header}[{index}{size}]") };
        for _ in 0..self.below(3) {
            let operator = self.pick(&["+", "-", "*", "/", "&", "|", "^", "%", "<<", ">>"]);
            let operand = if depth > 0 && self.once_in(8) { self.value(0) } else { self.number(1) };
            text = format!("{text} {operator} {operand}");
        }
        text
    }

    fn number(&mut self, depth: usize) -> String {
        if depth > 0 && self.once_in(3) {
            let operator = self.pick(&["+", "-", "*", "&", "|", "^"]);
            return format!("{} {operator} {}", self.number(depth - 1), self.number(depth - 1));
        }
        self.pick(&["5", "0x10", "1", "( 3 )", "7", "icmptype", "tcp-syn"]).to_owned()
    }
}

/// Words that may stand before brackets, the common ones more than once.
const HEADERS: &[&str] = &[
    "ip", "ip", "tcp", "tcp", "ether", "udp", "ip6", "icmp6", "arp", "link", "icmp", "sctp", "igmp", "rarp",
    "decnet", "pim", "vrrp", "lat", "wlan", "radio",
];
