//! What the kernel side says in the log, and what becomes of frames when something fails there.

use std::sync::{Mutex, Once};

use log::{LevelFilter, Log, Metadata, Record};
use sniffer::bpf::{Helper, Insn, Reg, Size};
use sniffer::load::{Config, Pipeline, TestFrame};
use sniffer_common::{Note, Slot};

use crate::pipeline::{always, config, counters, pipelines_of};
use crate::support::skip;

/// Collects what the kernel side logs, for one test at a time.
struct Lines(Mutex<Vec<String>>);

static LINES: Lines = Lines(Mutex::new(Vec::new()));

impl Log for Lines {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sniffer::kernel"
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let line = format!("{} {}", record.level(), record.args());
            self.0.lock().expect("no holder panics").push(line);
        }
    }

    fn flush(&self) {}
}

/// The offset of `cb` in `struct __sk_buff`.
const CB: i16 = 48;

/// A filter that passes every frame on with a cell that does not exist.
fn misleading(pipeline: &Pipeline) -> [Insn; 7] {
    let cell = CB + 4 * Note::Cell as i16;
    [
        // Kernels before 6.4 let only registers be stored into the context.
        Insn::mov(Reg::R2, 10_000),
        Insn::Store { size: Size::Word, base: Reg::R1, offset: cell, src: Reg::R2.into() },
        Insn::LoadMap { dst: Reg::R2, fd: pipeline.stages_fd() },
        Insn::mov(Reg::R3, Slot::Accept as u32),
        Insn::Call(Helper::TailCall),
        Insn::mov(Reg::R0, 0),
        Insn::Exit,
    ]
}

#[test]
fn lines_tell_of_the_first_frame_of_each_filter_and_of_faults() {
    static LOGGER: Once = Once::new();
    if !skip::is_root() {
        return;
    }
    LOGGER.call_once(|| {
        log::set_logger(&LINES).expect("no other test logs");
        log::set_max_level(LevelFilter::Info);
    });
    for mut pipeline in pipelines_of(&Config { log_level: LevelFilter::Info, ..config() }) {
        let mut logs = pipeline.take_logs().expect("the log is on");
        let mut check = |pipeline: &Pipeline, expected: &[&str]| {
            pipeline.run(&TestFrame::ethernet(&[0; 60])).expect("the frame is taken");
            logs.drain();
            let lines = std::mem::take(&mut *LINES.0.lock().expect("no holder panics"));
            assert_eq!(lines, expected, "{:?}", pipeline.path());
        };
        check(&pipeline, &["INFO program attached"]);
        check(&pipeline, &[]);
        pipeline.set_filter(&always(0)).expect("a filter");
        check(&pipeline, &["INFO slot swapped, generation 2"]);
        pipeline.clear_filter().expect("an empty slot");
        check(&pipeline, &["INFO slot swapped, generation 3"]);
        pipeline.set_filter(&misleading(&pipeline)).expect("a filter");
        check(&pipeline, &["INFO slot swapped, generation 4", "WARN frame kept because a look-up failed"]);
        check(&pipeline, &["WARN frame kept because a look-up failed"]);
    }
}

#[test]
fn a_frame_is_kept_and_counted_when_a_look_up_fails() {
    if !skip::is_root() {
        return;
    }
    for mut pipeline in pipelines_of(&config()) {
        pipeline.set_filter(&misleading(&pipeline)).expect("a filter");
        assert!(pipeline.take_logs().is_none(), "the log is off");
        let counters = counters(&mut pipeline);
        let verdict = pipeline.run(&TestFrame::ethernet(&[0; 60])).expect("the frame is taken");
        let snapshot = counters.read().expect("the counters can be read");
        assert_eq!(verdict, config().snaplen, "the frame is kept");
        assert_eq!((snapshot.seen.total().frames, snapshot.matched.total().frames), (1, 0));
        assert_eq!(snapshot.kept_on_error, 1);
    }
}
