//! Telnet, RFC 854: the commands that a segment begins with.

use crate::decode::Payload;
use crate::decode::message::message;

message! {
    /// The commands at the start of a segment; text may follow.
    Telnet {
        /// Where commands begin, [`Telnet::ESCAPE`].
        first: u8 = 0,
    }
}

/// A command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TelnetCommand<'a> {
    /// What it is.
    pub code: u8,
    /// The option that it is about, in negotiations.
    pub option: Option<u8>,
    /// What is between the option and the command that ends the negotiation of its parameters, if that is what it is.
    pub parameters: Option<&'a [u8]>,
}

/// Why a command cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TelnetError {
    /// It goes beyond what was captured.
    Truncated,
    /// It is none, or does not end in its segment.
    Incomplete,
}

impl<'a> Telnet<'a> {
    /// The byte in front of a command (IAC).
    pub const ESCAPE: u8 = 0xff;

    /// The commands up to the first text, or the first command that cannot be read.
    pub fn commands(&self) -> impl Iterator<Item = Result<TelnetCommand<'a>, TelnetError>> + use<'a> {
        let mut rest = self.whole();
        std::iter::from_fn(move || {
            let is_cut = rest.bytes().is_empty() && rest.claimed() > 0;
            if !is_cut && rest.get::<u8>(0)? != Self::ESCAPE {
                return None;
            }
            let command = TelnetCommand::next(&mut rest);
            rest = if command.is_ok() { rest } else { Payload::EMPTY };
            Some(command)
        })
    }
}

impl<'a> TelnetCommand<'a> {
    /// The end of the negotiation of parameters (SE).
    const END: u8 = 240;
    /// The negotiation of parameters (SB).
    const BEGIN: u8 = 250;
    /// The lowest command.
    const FIRST: u8 = 236;

    fn next(rest: &mut Payload<'a>) -> Result<Self, TelnetError> {
        let read = |rest: &mut Payload<'a>| match rest.claimed() {
            0 => Err(TelnetError::Incomplete),
            _ => rest.read::<u8>().ok_or(TelnetError::Truncated),
        };
        read(rest)?;
        let code = read(rest)?;
        let (mut option, mut parameters) = (None, None);
        match code {
            0..Self::FIRST => return Err(TelnetError::Incomplete),
            Self::BEGIN => {
                option = Some(read(rest)?);
                parameters = Some(Self::up_to_end(rest)?);
            }
            251..=254 => option = Some(read(rest)?),
            _ => {}
        }
        Ok(Self { code, option, parameters })
    }

    /// The bytes in front of the command that ends a negotiation, and steps over that.
    fn up_to_end(rest: &mut Payload<'a>) -> Result<&'a [u8], TelnetError> {
        let bytes = rest.bytes();
        match bytes.windows(2).position(|pair| pair == [Telnet::ESCAPE, Self::END]) {
            Some(len) => {
                *rest = rest.skip(len + 2);
                Ok(&bytes[..len])
            }
            None if rest.is_truncated() || bytes.is_empty() => Err(TelnetError::Truncated),
            None => Err(TelnetError::Incomplete),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commands(bytes: &[u8], claimed: u32) -> Vec<Result<TelnetCommand<'_>, TelnetError>> {
        Telnet::new(Payload::new(bytes, claimed)).commands().collect()
    }

    #[test]
    fn commands_are_read_up_to_the_text() {
        let plain = |code, option| Ok(TelnetCommand { code, option, parameters: None });
        let window = TelnetCommand { code: 250, option: Some(31), parameters: Some(&[0, 80, 0, 24]) };
        let bytes = [255, 253, 1, 255, 250, 31, 0, 80, 0, 24, 255, 240, 255, 241, b'x', 255, 241];
        assert_eq!(commands(&bytes, 17), [plain(253, Some(1)), Ok(window), plain(241, None)]);
        assert_eq!(commands(b"text", 4), []);
    }

    #[test]
    fn a_command_that_does_not_end_says_why() {
        assert_eq!(commands(&[255, 250, 31, 0], 9), [Err(TelnetError::Truncated)]);
        assert_eq!(commands(&[255, 250, 31, 0], 4), [Err(TelnetError::Incomplete)]);
        assert_eq!(commands(&[255, 1], 2), [Err(TelnetError::Incomplete)]);
        assert_eq!(commands(&[255], 3), [Err(TelnetError::Truncated)]);
    }
}
