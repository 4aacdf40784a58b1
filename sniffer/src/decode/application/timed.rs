//! The time synchronisation protocol of BSD's timed.

use crate::decode::Payload;
use crate::decode::message::message;

message! {
    /// A message.
    Timed {
        /// What is said: 1 adjust the time, 2 acknowledged, 5 set it, 24 a loop was looked for.
        kind: u8 = 0,
        /// The version.
        version: u8 = 1,
        /// The number of the message.
        sequence: u16 = 2,
        /// Through how many networks it went, where a loop is looked for.
        hops: u8 = 4,
        /// Seconds, where a time is set.
        seconds: [u8; 4] = 4,
        /// And microseconds.
        micros: [u8; 4] = 8,
    }
}

impl<'a> Timed<'a> {
    /// Who says it, with a zero behind.
    pub fn name(&self) -> Payload<'a> {
        self.whole().skip(12)
    }

    /// The time that is set: seconds and microseconds, both signed.
    pub fn time(&self) -> Option<[i32; 2]> {
        Some([i32::from_be_bytes(self.seconds()?), i32::from_be_bytes(self.micros()?)])
    }
}
