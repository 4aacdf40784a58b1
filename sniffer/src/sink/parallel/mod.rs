//! Frames as lines of text, made by several threads at once and written in order: for sources that are faster than one
//! thread prints, which savefiles are. Knows no protocol.
//!
//! Frames are collected into batches. A worker decodes a batch and makes its lines beside the other workers. Two things
//! happen in the order of the frames, each worker waiting for its turn: taking note of what lines need to know of the
//! packets before them, which is little work, and writing.

mod batch;
mod turns;

#[cfg(test)]
mod tests;

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use self::batch::Batch;
use self::turns::{GivenUp, Turns};
use super::{Error, Output, Sink, Written};
use crate::decode::{Layers, decode_as};
use crate::packet::Frame;
use crate::print::{Before, Lines};

/// How many batches there are for each worker. With their size this bounds the memory.
const BATCHES_A_WORKER: usize = 3;

/// Lines of text, one a frame, by several threads.
pub struct ParallelText<P> {
    batch: Batch,
    /// How many batches have been given away.
    given: u64,
    empty: Receiver<Batch>,
    workers: Workers<P>,
}

impl<P: Lines + 'static> ParallelText<P> {
    /// Lines as such makers make them, by as many threads as the process may use processors.
    ///
    /// # Errors
    /// [`Error::Threads`] when the system has no threads left.
    pub fn new(output: Output, lines: impl Fn() -> P) -> Result<Self, Error> {
        let count = thread::available_parallelism().map_or(1, NonZero::get);
        let (full, receiver) = mpsc::channel();
        let (recycle, empty) = mpsc::channel();
        let shared = Arc::new(Shared {
            full: Mutex::new(receiver),
            notes: Turns::new(lines()),
            writing: Turns::new(Writing { output, error: None }),
        });
        let threads = (0..count)
            .map(|_| {
                let (shared, maker, recycle) = (Arc::clone(&shared), lines(), recycle.clone());
                let thread = thread::Builder::new().name("printer".to_owned());
                thread.spawn(move || work(&shared, maker, &recycle))
            })
            .collect::<Result<_, _>>()
            .map_err(Error::Threads)?;
        for _ in 0..count * BATCHES_A_WORKER {
            // The other end is in this function.
            let _ = recycle.send(Batch::default());
        }
        let workers = Workers { full: Some(full), threads, shared };
        Ok(Self { batch: Batch::default(), given: 0, empty, workers })
    }

    /// Gives the collected frames to the workers.
    fn give(&mut self) -> Result<(), Error> {
        let Ok(empty) = self.empty.recv() else { self.workers.fail() };
        let mut batch = std::mem::replace(&mut self.batch, empty);
        batch.number = self.given;
        self.given += 1;
        self.workers.give(batch)
    }

    /// Waits until all frames are in the output, and then has something done with it.
    fn drained<T>(&mut self, work: impl FnOnce(&mut Output) -> Result<T, Error>) -> Result<T, Error> {
        if !self.batch.is_empty() {
            self.give()?;
        }
        let done = self.workers.shared.writing.after(self.given, |writing| match writing.error.take() {
            Some(error) => Err(error),
            None => work(&mut writing.output),
        });
        done.unwrap_or_else(|GivenUp| self.workers.fail())
    }
}

impl<P: Lines + 'static> Sink for ParallelText<P> {
    #[inline]
    fn frame(&mut self, frame: &Frame<'_>) -> Result<(), Error> {
        self.batch.push(frame);
        if self.batch.is_full() { self.give() } else { Ok(()) }
    }

    fn idle(&mut self) -> Result<Option<Duration>, Error> {
        self.drained(Output::idle)
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.drained(Output::flush_all)
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.drained(Output::close)?;
        self.workers.end();
        Ok(())
    }

    /// Frames count when their lines are made.
    fn written(&self) -> Written {
        self.workers.shared.writing.now(|writing| writing.output.written()).unwrap_or_default()
    }
}

/// The threads, and what they share with each other.
struct Workers<P> {
    /// `None` when they have been told to end.
    full: Option<Sender<Batch>>,
    threads: Vec<JoinHandle<()>>,
    shared: Arc<Shared<P>>,
}

impl<P> Workers<P> {
    fn give(&mut self, batch: Batch) -> Result<(), Error> {
        let error = self.shared.writing.now(|writing| writing.error.take());
        if let Ok(Some(error)) = error {
            return Err(error);
        }
        let is_taken = self.full.as_ref().is_some_and(|full| full.send(batch).is_ok());
        if is_taken { Ok(()) } else { self.fail() }
    }

    /// Lets the threads finish what they have, and hands on the panic of one that did not.
    fn end(&mut self) {
        self.full = None;
        for thread in self.threads.drain(..) {
            if let Err(panic) = thread.join() {
                resume_unwind(panic);
            }
        }
    }

    /// Hands on the panic that has ended a thread: nothing else keeps one from its work.
    fn fail(&mut self) -> ! {
        self.end();
        unreachable!("a thread ends by a panic or when it is told to");
    }
}

/// What the threads share.
struct Shared<P> {
    full: Mutex<Receiver<Batch>>,
    /// The maker of lines that knows what came before.
    notes: Turns<P>,
    writing: Turns<Writing>,
}

/// The output, and what kept lines from it.
struct Writing {
    output: Output,
    error: Option<Error>,
}

impl Writing {
    /// Takes the lines, unless an earlier batch could not be written.
    fn write(&mut self, lines: &LinesOfFrames) {
        if self.error.is_none() && self.output.is_open() {
            self.error = lines.write_to(&mut self.output).err();
        }
    }
}

/// The lines of some frames, and where those of each end: an output that fails tells which frames it holds.
#[derive(Default)]
struct LinesOfFrames {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl LinesOfFrames {
    fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }

    fn write_to(&self, output: &mut Output) -> Result<(), Error> {
        let mut start = 0;
        for &end in &self.ends {
            output.put(&self.bytes[start..end])?;
            output.frame_ends()?;
            start = end;
        }
        Ok(())
    }
}

/// One thread's work: batch after batch, until no more come or another thread has panicked.
fn work<P: Lines>(shared: &Shared<P>, mut maker: P, recycle: &Sender<Batch>) {
    let _alarm = Alarm(shared);
    let (mut before, mut lines) = (Before::default(), LinesOfFrames::default());
    while let Some(batch) = shared.next_batch() {
        if print(shared, &batch, &mut maker, &mut before, &mut lines).is_err() {
            return;
        }
        // Who gives batches may have gone.
        let _ = recycle.send(batch.cleared());
    }
}

fn print<P: Lines>(
    shared: &Shared<P>,
    batch: &Batch,
    maker: &mut P,
    before: &mut Before,
    lines: &mut LinesOfFrames,
) -> Result<(), GivenUp> {
    let forced = maker.forced_type();
    let layers: Vec<Layers<'_>> = batch.frames().map(|frame| decode_as(&frame, forced)).collect();
    let packets = || batch.frames().zip(&layers);
    shared.notes.in_turn(batch.number, |maker| maker.note(packets(), before))?;
    maker.resume(before);
    lines.clear();
    for (frame, layers) in packets() {
        maker.noted_line(&frame, layers, before, &mut lines.bytes);
        lines.ends.push(lines.bytes.len());
    }
    shared.writing.in_turn(batch.number, |writing| writing.write(lines))
}

impl<P> Shared<P> {
    fn next_batch(&self) -> Option<Batch> {
        self.full.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
    }
}

/// Keeps the other threads from waiting for the turn of one that has panicked.
struct Alarm<'a, P>(&'a Shared<P>);

impl<P> Drop for Alarm<'_, P> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.notes.give_up();
            self.0.writing.give_up();
        }
    }
}
