//! The options of a TCP header (<https://www.iana.org/assignments/tcp-parameters>).

use crate::decode::Payload;
use crate::decode::number::wire_numbers;

wire_numbers! {
    /// The kinds of TCP option.
    TcpOptionKind: u8 {
        /// End of the list.
        End = 0,
        /// No operation.
        Nop = 1,
        /// Maximum segment size.
        Mss = 2,
        /// Window scale, RFC 7323.
        WindowScale = 3,
        /// Selective acknowledgements are permitted, RFC 2018.
        SackPermitted = 4,
        /// Selective acknowledgements, RFC 2018.
        Sack = 5,
        /// Echo, RFC 1072, obsolete.
        Echo = 6,
        /// Echo reply, RFC 1072, obsolete.
        EchoReply = 7,
        /// Timestamps, RFC 7323.
        Timestamps = 8,
        /// Connection count of T/TCP, RFC 1644, historic.
        ConnectionCount = 11,
        /// New connection count of T/TCP.
        ConnectionCountNew = 12,
        /// Connection count echo of T/TCP.
        ConnectionCountEcho = 13,
        /// MD5 signature, RFC 2385.
        Md5 = 19,
        /// SCPS capabilities.
        Scps = 20,
        /// User timeout, RFC 5482.
        UserTimeout = 28,
        /// Authentication option, RFC 5925.
        Ao = 29,
        /// Multipath TCP, RFC 8684.
        Mptcp = 30,
        /// Fast open cookie, RFC 7413.
        FastOpen = 34,
        /// Accurate ECN counters, order 0, RFC 9768.
        AccEcn0 = 172,
        /// Accurate ECN counters, order 1, RFC 9768.
        AccEcn1 = 174,
        /// Experiments with a magic number, RFC 6994.
        Experiment2 = 254,
    }
}

/// One option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TcpOption<'a> {
    /// What the option is.
    pub kind: TcpOptionKind,
    /// The length byte, kind and length included; 1 for the kinds without one.
    pub len: u8,
    /// The captured bytes behind the length byte: fewer than `len - 2` where the capture ends.
    pub data: &'a [u8],
}

/// Why the rest of the options cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionError {
    /// The capture ends.
    Truncated,
    /// A length byte is below 2 or reaches behind the header.
    BadLength,
}

/// An iterator over the options of a TCP header. It ends at the end-of-list option, at the header's end, and behind the
/// first error.
#[derive(Clone, Debug)]
pub struct TcpOptions<'a> {
    rest: Payload<'a>,
}

impl<'a> TcpOptions<'a> {
    pub(super) fn new(rest: Payload<'a>) -> Self {
        Self { rest }
    }

    /// Bytes of options that are left by the header's claim.
    pub fn claimed(&self) -> u32 {
        self.rest.claimed()
    }

    fn option(&self) -> Result<TcpOption<'a>, OptionError> {
        let bytes = self.rest.bytes();
        let kind = TcpOptionKind::from(*bytes.first().ok_or(OptionError::Truncated)?);
        if matches!(kind, TcpOptionKind::End | TcpOptionKind::Nop) {
            return Ok(TcpOption { kind, len: 1, data: &[] });
        }
        let len = *bytes.get(1).ok_or(OptionError::Truncated)?;
        if len < 2 || u32::from(len) > self.rest.claimed() {
            return Err(OptionError::BadLength);
        }
        Ok(TcpOption { kind, len, data: &bytes[2..bytes.len().min(len as usize)] })
    }
}

impl<'a> Iterator for TcpOptions<'a> {
    type Item = Result<TcpOption<'a>, OptionError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.claimed() == 0 {
            return None;
        }
        let option = self.option();
        self.rest = match option {
            Ok(TcpOption { kind: TcpOptionKind::End, .. }) | Err(_) => Payload::EMPTY,
            Ok(TcpOption { len, .. }) => self.rest.skip(len as usize),
        };
        Some(option)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], claimed: u32, expected: &[Result<(u8, &[u8]), OptionError>]) {
        let found: Vec<_> = TcpOptions::new(Payload::new(bytes, claimed))
            .map(|option| option.map(|option| (u8::from(option.kind), option.data)))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn options_are_walked_to_the_end_of_the_list() {
        check(&[1, 3, 3, 7, 4, 2, 0, 9], 8, &[Ok((1, &[])), Ok((3, &[7])), Ok((4, &[])), Ok((0, &[]))]);
    }

    #[test]
    fn bad_lengths_and_cut_captures_end_the_walk() {
        check(&[2, 1, 5, 0xb4], 4, &[Err(OptionError::BadLength)]);
        check(&[2, 5, 5, 0xb4], 4, &[Err(OptionError::BadLength)]);
        check(&[2, 4, 5], 4, &[Ok((2, &[5]))]);
        check(&[2], 4, &[Err(OptionError::Truncated)]);
        check(&[1], 4, &[Ok((1, &[])), Err(OptionError::Truncated)]);
    }
}
