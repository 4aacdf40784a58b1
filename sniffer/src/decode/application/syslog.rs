//! Syslog over UDP, RFC 3164: the priority in front of a message.

use crate::decode::Payload;
use crate::decode::walk::{Next, View};

/// A syslog message.
#[derive(Clone, Copy, Debug)]
pub struct Syslog<'a> {
    priority: u16,
    text_at: u8,
    whole: Payload<'a>,
}

impl<'a> Syslog<'a> {
    /// Digits of a priority at most.
    const MAX_DIGITS: usize = 3;

    /// The message at the start of `at`, if it begins with `<`, one to three digits and `>`.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let digits = at.bytes().strip_prefix(b"<")?;
        let len = digits.iter().take(Self::MAX_DIGITS).take_while(|byte| byte.is_ascii_digit()).count();
        if digits.get(len) != Some(&b'>') {
            return None;
        }
        let priority = digits[..len].iter().fold(0, |sum, digit| sum * 10 + u16::from(digit - b'0'));
        Some(Self { priority, text_at: len as u8 + 2, whole: at })
    }

    /// Who speaks: 0 kernel, 1 user, ... 16 to 23 local.
    pub fn facility(&self) -> u16 {
        self.priority >> 3
    }

    /// How serious it is: 0 emergency to 7 debug.
    pub fn severity(&self) -> u16 {
        self.priority & 7
    }

    /// The message behind the priority.
    pub fn text(&self) -> Payload<'a> {
        self.whole.skip(self.text_at.into())
    }

    /// The message with its priority.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }
}

impl<'a> View<'a> for Syslog<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_priority_is_facility_and_severity() {
        let check = |text: &[u8], expected: Option<(u16, u16, &[u8])>| {
            let found = Syslog::new(Payload::new(text, text.len() as u32));
            let found = found.map(|syslog| (syslog.facility(), syslog.severity(), syslog.text().bytes()));
            assert_eq!(found, expected);
        };
        check(b"<34>hello", Some((4, 2, b"hello")));
        check(b"<999>", Some((124, 7, b"")));
        check(b"hello", None);
        check(b"<1234>hello", None);
        check(b"<34", None);
    }
}
