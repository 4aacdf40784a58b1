//! Nanoseconds a packet for decoding and printing, by kind of packet, without reading or writing anything.
//!
//! ```text
//! cargo run --release --example text_speed -- FILE
//! ```

use std::hint::black_box;
use std::time::Duration;

use anyhow::{Context, Result};
use nix::time::{ClockId, clock_gettime};
use sniffer::decode::decode;
use sniffer::packet::{ChecksumState, Frame, Timestamp};
use sniffer::pcap::Reader;
use sniffer::print::{Lines as _, Options, Printer};

/// How long each figure is measured.
const TIME: Duration = Duration::from_millis(500);
/// How often all frames are gone through between two looks at the clock.
const ROUNDS: usize = 100;

fn main() -> Result<()> {
    let path = std::env::args().nth(1).context("no savefile given")?;
    let bytes = std::fs::read(&path)?;
    let mut reader = Reader::new(bytes.as_slice())?;
    let mut frames = Vec::new();
    while let Some(frame) = reader.next_frame()? {
        frames.push((frame.timestamp, frame.link_type, frame.data.to_vec(), frame.original_len));
    }
    let frames: Vec<Frame<'_>> = frames
        .iter()
        .map(|(timestamp, link_type, data, original_len)| Frame {
            timestamp: *timestamp,
            link_type: *link_type,
            data,
            original_len: *original_len,
            interface: 0,
            packet_type: None,
            checksum: ChecksumState::default(),
        })
        .collect();
    println!("{} packets", frames.len());
    let decoding = measure(&frames, |frame, _| _ = black_box(decode(frame)))?;
    println!("decode           {decoding:6.1} ns a packet");
    let mut printer = Printer::new(Options::default());
    let both = measure(&frames, |frame, out| printer.line(frame, &decode(frame), out))?;
    println!("decode and print {both:6.1} ns a packet");
    Ok(())
}

/// Nanoseconds of the thread's CPU time a frame. Time stamps go on as in a capture of a million frames a second.
fn measure(frames: &[Frame<'_>], mut work: impl FnMut(&Frame<'_>, &mut Vec<u8>)) -> Result<f64> {
    let mut out = Vec::with_capacity(1 << 20);
    let (start, mut count) = (cpu_time()?, 0_u32);
    let mut used = Duration::ZERO;
    while used < TIME {
        for _ in 0..ROUNDS {
            for frame in frames {
                let timestamp =
                    Timestamp { seconds: (count / 1_000_000).into(), nanos: count % 1_000_000 * 1000 };
                work(&Frame { timestamp, ..*frame }, &mut out);
                count += 1;
            }
            black_box(&out);
            out.clear();
        }
        used = cpu_time()?.saturating_sub(start);
    }
    Ok(used.as_secs_f64() * 1e9 / f64::from(count))
}

fn cpu_time() -> Result<Duration> {
    Ok(clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID)?.into())
}
