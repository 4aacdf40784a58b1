//! What every form of output can do: append one packet to a buffer, alone or beside other threads.

use super::flows::Notes;
use crate::decode::{ForcedType, Layers};
use crate::packet::{Frame, Timestamp};

/// Makes the lines of packets in one form.
///
/// What a line needs to know of the packets before it is kept by whoever makes it. To make lines on several threads, one
/// maker takes [`note`](Self::note) of every batch in the order of the packets; others [`resume`](Self::resume) from there
/// and make the [noted lines](Self::noted_line), in any order of the batches.
pub trait Lines: Send {
    /// Appends what is to be said of one packet to `out`, and a line end.
    fn line(&mut self, frame: &Frame<'_>, layers: &Layers<'_>, out: &mut Vec<u8>);

    /// What packets are to be taken for, whoever makes their layers.
    fn forced_type(&self) -> Option<ForcedType> {
        None
    }

    /// How many packets there have been.
    fn count(&mut self) -> &mut u64;

    /// Takes note of a batch of packets without making their lines: what these need to know of the packets before them
    /// is put into `before`. This is the only part that has to be done in the order of the packets. Lines that know
    /// nothing of earlier packets but their number need no more than is done here.
    fn note<'f>(&mut self, batch: impl Iterator<Item = (Frame<'f>, &'f Layers<'f>)>, before: &mut Before) {
        before.count = *self.count();
        *self.count() += batch.count() as u64;
    }

    /// Goes on behind the packets that came before a batch.
    fn resume(&mut self, before: &Before) {
        *self.count() = before.count;
    }

    /// The same as [`line`](Self::line) for a packet of which note was taken.
    fn noted_line(
        &mut self,
        frame: &Frame<'_>,
        layers: &Layers<'_>,
        _before: &mut Before,
        out: &mut Vec<u8>,
    ) {
        self.line(frame, layers, out);
    }
}

/// What the lines of a batch of packets need to know of the packets before them.
#[derive(Debug, Default)]
pub struct Before {
    pub(super) count: u64,
    pub(super) reference: Option<Timestamp>,
    pub(super) notes: Notes,
}
