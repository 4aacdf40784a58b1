//! Random expressions: some that mean something, and some that need not. Knows no compiler.

/// A generator of expressions; the seed is the whole input (`xorshift64*` of Vigna, 2016).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % end
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

    /// An expression, one in ten without one of its words.
    pub(crate) fn expression(&mut self) -> String {
        let text = self.condition(2);
        let mut words: Vec<&str> = text.split(' ').collect();
        if self.once_in(10) {
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
        let primitive = match self.below(10) {
            0..=2 => self.pick(QUALIFIED).to_owned(),
            3 => format!("{} {}", self.head(), self.id(depth)),
            4 | 5 => {
                let relation = self.pick(&["=", "!=", ">", "<", ">=", "<=", "=="]);
                format!("{} {relation} {}", self.value(2), self.number(2))
            }
            6 if depth > 0 => format!("( {} )", self.condition(depth - 1)),
            7 => self.pick(KEYWORDS).to_owned(),
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
        let header = self.pick(&["ip", "tcp", "ether", "udp", "ip6", "icmp6", "arp", "link"]);
        let index = match depth {
            0 => self.pick(&["0", "1", "12"]).to_owned(),
            _ if self.once_in(6) => format!("{} & 0xf", self.value(0)),
            _ => self.pick(&["0", "1", "12"]).to_owned(),
        };
        let size = self.pick(&["", ":1", ":2", ":4"]);
        let mut text = if self.once_in(5) { "len".to_owned() } else { format!("{header}[{index}{size}]") };
        for _ in 0..self.below(3) {
            let operator = self.pick(&["+", "-", "*", "/", "&", "|", "^", "%", "<<", ">>"]);
            text = format!("{text} {operator} {}", self.number(1));
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

const ADDRESSES: &[&str] = &[
    "10.0.0.1",
    "10.0",
    "172.16.0.0/12",
    "10.0.0.0 mask 255.0.0.0",
    "fe80::9",
    "::1/128",
    "2001:db8::/32",
    "10.0.0",
];

const QUALIFIED: &[&str] = &[
    "port 80",
    "tcp src port ( 80 or 443 )",
    "udp dst port 53",
    "src and dst port 80",
    "portrange 1-100",
    "host 10.0.0.1",
    "src or dst host 10.0.0.2",
    "ip src 172.16.5.9",
    "arp dst 10.0.0.2",
    "host ( 10.0.0.1 and not 10.0.0.2 )",
    "net 10.0.0.0/8",
    "dst net 2001:db8::/32",
    "ip6 host fe80::9",
    "ip proto 17",
    "proto \\udp",
    "ip6 protochain 6",
    "ether src 2:0:0:0:0:2",
    "ether proto 0x806",
    "isis proto 17",
];

const SCRAPS: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    ":",
    "::",
    "/",
    "not",
    "!",
    "=",
    "==",
    "<",
    ">>",
    "%",
    "^",
    "&",
    "|",
    "-",
    "+",
    "*",
    "\\",
    "$",
    "$5",
    "é",
    "\u{3000}",
    "\0",
    "0x",
    "08",
    "4294967296",
    "1:2:3",
    "fe80::1%x",
    "99.99.99.999",
    "len",
    "ip[",
    "ether[0:2]",
    "ether[4294967295] = 1",
    "ip[len:4] = 1",
    "radio[2] = 1",
    "byte",
    "less",
    "mask",
    "host",
    "net",
    "src",
    "src or",
    "portrange",
    "proto",
    "gateway",
    "vlan",
    "geneve 7",
    "vxlan",
    "geneve",
    "mpls",
    "pppoes",
    "wlan addr3",
    "subtype ack",
    "type data",
    "dir 3",
    "ifindex 1",
    "outbound",
    "on",
    "oam",
    "AND",
    "inbound",
    "protochain 51",
    "iso proto 131",
];

const KEYWORDS: &[&str] = &[
    "vlan",
    "vlan 100",
    "vlan ( 200 )",
    "vlan 4096",
    "mpls",
    "mpls 100",
    "pppoes",
    "pppoes 0x1234",
    "pppoed",
    "llc",
    "llc rnr",
    "llc x",
    "less 60",
    "greater 100",
    "less ( 5 )",
    "byte 0 = 5",
    "byte 12 == 8",
    "broadcast",
    "multicast",
    "ip6 multicast",
    "ip broadcast",
    "tcp broadcast",
    "type mgt",
    "inbound",
    "fisu",
    "vpi 4",
];

const PROTOCOLS: &[&str] = &[
    "tcp", "udp", "ip", "ip6", "arp", "icmp", "icmp6", "ether", "stp", "iso", "isis", "radio", "ah", "lat",
    "ipx", "rarp", "decnet", "igmp", "esp",
];
