//! The protocol of Redis: strings, numbers and arrays of them.

use crate::decode::Payload;
use crate::decode::message::message;

message! {
    /// The commands or replies of a segment that begins with one.
    Resp {
        /// What comes first: `+`, `-`, `:`, `$`, `*`, or the first letter of a command in plain text.
        first: u8 = 0,
    }
}

/// One value. Arrays are no values: their elements follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RespValue<'a> {
    /// A string, a number, an error or a command, as text.
    Text(&'a [u8]),
    /// A string without bytes, or an array without elements.
    Empty,
    /// No value.
    Null,
    /// A length above 2³¹ - 1.
    TooLarge,
    /// A length below -1.
    Negative,
    /// A length that is no number.
    Invalid,
    /// The value, or the array around it, does not end in the segment.
    Truncated,
}

impl<'a> Resp<'a> {
    /// The values of the segment. The last one may be cut.
    pub fn values(&self) -> impl Iterator<Item = RespValue<'a>> + use<'a> {
        let mut reader = Reader { rest: self.whole(), awaited: 0 };
        std::iter::from_fn(move || reader.next_value())
    }
}

/// What a reader comes to.
enum Step<'a> {
    /// A value.
    Value(RespValue<'a>),
    /// An array, whose elements follow.
    Array,
}

/// Walks through values.
struct Reader<'a> {
    rest: Payload<'a>,
    /// How many elements are still to come of the arrays that have begun.
    awaited: u64,
}

impl<'a> Reader<'a> {
    fn next_value(&mut self) -> Option<RespValue<'a>> {
        loop {
            if self.rest.claimed() == 0 && self.awaited == 0 {
                return None;
            }
            match self.step() {
                Some(Step::Value(value)) => return Some(value),
                Some(Step::Array) => {}
                None => {
                    (self.rest, self.awaited) = (Payload::EMPTY, 0);
                    return Some(RespValue::Truncated);
                }
            }
        }
    }

    /// What comes next; `None` where the segment ends before it does.
    fn step(&mut self) -> Option<Step<'a>> {
        let first: u8 = self.rest.get(0)?;
        self.awaited = self.awaited.saturating_sub(1);
        if matches!(first, b'+' | b'-' | b':' | b'$' | b'*') {
            self.rest = self.rest.skip(1);
        }
        let value = match first {
            b'+' | b'-' | b':' => RespValue::Text(self.line()?),
            b'$' => self.string()?,
            b'*' => match self.length()? {
                Ok(0) => RespValue::Empty,
                Ok(count) => {
                    self.awaited = self.awaited.saturating_add(count as u64);
                    return Some(Step::Array);
                }
                Err(value) => value,
            },
            _ => self.command()?,
        };
        Some(Step::Value(value))
    }

    /// The bytes up to a carriage return and a line feed, and steps over these.
    fn line(&mut self) -> Option<&'a [u8]> {
        let bytes = self.rest.bytes();
        let len = bytes.windows(2).position(|pair| pair == b"\r\n")?;
        self.rest = self.rest.skip(len + 2);
        Some(&bytes[..len])
    }

    /// A string that has its length in front.
    fn string(&mut self) -> Option<RespValue<'a>> {
        let len = match self.length()? {
            Ok(len) => len,
            Err(value) => return Some(value),
        };
        let text = self.rest.bytes().get(..len)?;
        self.rest = self.rest.skip(len);
        if self.line().is_none() {
            // The string is whole, but what ends it is not: the next value will be the cut one.
            (self.rest, self.awaited) = (Payload::EMPTY, 1);
        }
        Some(if len == 0 { RespValue::Empty } else { RespValue::Text(text) })
    }

    /// A command in plain text, which ends with a line.
    fn command(&mut self) -> Option<RespValue<'a>> {
        let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
        self.rest = self.rest.skip(self.rest.bytes().iter().take_while(|byte| is_end(byte)).count());
        let bytes = self.rest.bytes();
        let len = bytes.iter().position(is_end)?;
        let ends = bytes[len..].iter().take_while(|byte| is_end(byte)).count();
        self.rest = self.rest.skip(len + ends);
        Some(RespValue::Text(&bytes[..len]))
    }

    /// A number with its line end, or what it is instead of a length.
    fn length(&mut self) -> Option<Result<usize, RespValue<'a>>> {
        let is_negative = self.rest.get::<u8>(0)? == b'-';
        self.rest = self.rest.skip(is_negative.into());
        let mut value = 0_u64;
        let mut digits = 0;
        loop {
            let byte: u8 = self.rest.read()?;
            match byte {
                b'0'..=b'9' => {
                    value = value.saturating_mul(10).saturating_add(u64::from(byte - b'0'));
                    digits += 1;
                }
                b'\r' if digits > 0 => break,
                _ => return Some(Err(RespValue::Invalid)),
            }
        }
        if self.rest.read::<u8>()? != b'\n' {
            return Some(Err(RespValue::Invalid));
        }
        Some(match (is_negative, value) {
            (true, 1) => Err(RespValue::Null),
            (true, _) => Err(RespValue::Negative),
            (false, 0..0x8000_0000) => Ok(value as usize),
            (false, _) => Err(RespValue::TooLarge),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_one_after_the_other() {
        let values = |text: &'static str| {
            let resp = Resp::new(Payload::new(text.as_bytes(), text.len() as u32));
            resp.values().collect::<Vec<_>>()
        };
        let text = |text: &'static str| RespValue::Text(text.as_bytes());
        assert_eq!(values("*2\r\n$4\r\nINCR\r\n$1\r\nz\r\n"), [text("INCR"), text("z")]);
        assert_eq!(values("+OK\r\n:7\r\n-ERR\r\nPING\r\n"), ["OK", "7", "ERR", "PING"].map(text));
        assert_eq!(values("$0\r\n\r\n*0\r\n$-1\r\n"), [RespValue::Empty, RespValue::Empty, RespValue::Null]);
        assert_eq!(values("$-2\r\n$4294967296\r\n"), [RespValue::Negative, RespValue::TooLarge]);
        assert_eq!(values("*2\r\n+a\r\n"), [text("a"), RespValue::Truncated]);
        assert_eq!(values("$2\r\nab"), [text("ab"), RespValue::Truncated]);
        assert_eq!(values("*99999999999999999999\r\n"), [RespValue::TooLarge]);
        assert_eq!(values("$x\r\n")[0], RespValue::Invalid);
    }
}
