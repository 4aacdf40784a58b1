//! Nanoseconds a packet for decoding and printing, by kind of packet, without reading or writing anything.
//!
//! ```text
//! cargo run --release --example text_speed -- FILE
//! ```

use std::hint::black_box;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use sniffer::decode::decode;
use sniffer::packet::{Frame, Timestamp};
use sniffer::pcap::Reader;
use sniffer::print::{Options, Printer};

/// How long each figure is measured.
const TIME: Duration = Duration::from_millis(500);

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
            checksum: Default::default(),
        })
        .collect();
    println!("{} packets", frames.len());
    println!("decode          {:6.1} ns a packet", measure(&frames, |frame, _| _ = black_box(decode(frame))));
    let mut printer = Printer::new(Options::default());
    let both = measure(&frames, |frame, out| printer.line(frame, &decode(frame), out));
    println!("decode and print {both:5.1} ns a packet");
    Ok(())
}

/// Nanoseconds a frame. Time stamps go on as in a capture of a million frames a second.
fn measure(frames: &[Frame<'_>], mut work: impl FnMut(&Frame<'_>, &mut Vec<u8>)) -> f64 {
    let mut out = Vec::with_capacity(1 << 20);
    let (start, mut count) = (Instant::now(), 0_u64);
    while start.elapsed() < TIME {
        for frame in frames {
            let micros = count;
            let timestamp =
                Timestamp { seconds: (micros / 1_000_000) as i64, nanos: (micros % 1_000_000 * 1000) as u32 };
            work(&Frame { timestamp, ..*frame }, &mut out);
            count += 1;
        }
        black_box(&out);
        out.clear();
    }
    start.elapsed().as_nanos() as f64 / count as f64
}
