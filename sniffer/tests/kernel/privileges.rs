//! What a process with fewer capabilities than root's can load. Capabilities belong to threads, so that each test gives up
//! those of a thread of its own.

use std::thread;

use rustix::thread::{CapabilitySet, CapabilitySets, set_capabilities};
use sniffer::filter::TunnelPorts;
use sniffer::load::{Config, Error, KernelPath, Pipeline, Reductions, TestFrame};

use crate::pipeline::{always, config};
use crate::reductions;
use crate::support::skip;
use crate::tally::counting;

/// What the stages are like for a thread that has these capabilities and no other.
fn load_with(capabilities: CapabilitySet, path: Option<KernelPath>) -> Result<Pipeline, Error> {
    load_reducing_with(capabilities, path, Reductions::default())
}

fn load_reducing_with(
    capabilities: CapabilitySet,
    path: Option<KernelPath>,
    reductions: Reductions,
) -> Result<Pipeline, Error> {
    load_config_with(capabilities, Config { path, reductions, ..config() })
}

fn load_config_with(capabilities: CapabilitySet, config: Config) -> Result<Pipeline, Error> {
    // aya finds out once a process what the kernel can do: with all rights, or the other tests would suffer.
    Pipeline::load(&crate::pipeline::config()).expect("root can load the stages");
    let reduced = thread::spawn(move || {
        let sets = CapabilitySets {
            effective: capabilities,
            permitted: capabilities,
            inheritable: CapabilitySet::empty(),
        };
        set_capabilities(None, sets).expect("a thread can give up capabilities");
        let mut pipeline = Pipeline::load(&config)?;
        pipeline.set_filter(&always(0))?;
        Ok(pipeline)
    });
    reduced.join().expect("loading does not panic")
}

#[test]
fn without_cap_perfmon_packets_are_read_by_copy_and_the_reason_is_told() {
    if !skip::is_root() {
        return;
    }
    let pipeline = load_with(CapabilitySet::BPF | CapabilitySet::NET_RAW, None).expect("CAP_BPF is enough");
    assert_eq!(pipeline.path(), KernelPath::Compat);
    assert!(pipeline.why_not_direct().is_some());
    assert_eq!(pipeline.run(&TestFrame::ethernet(&[0; 60])).expect("the frame is taken"), 0);
}

/// What verifiers up to 6.12 say without `CAP_PERFMON` of programs that spill halves of registers to the stack, as a compiler
/// makes of long ones. There the longer stages need the capability, and the refusal says so.
const HALF_SPILLS: [&str; 2] =
    ["attempt to corrupt spilled pointer on stack", "invalid size of register spill"];

fn assert_loaded(what: &str, loaded: &Result<Pipeline, Error>) {
    let Err(error) = loaded else { return };
    let told = format!("{error:?}");
    assert!(HALF_SPILLS.iter().any(|words| told.contains(words)), "{what}: {told}");
    skip::say(
        "a long stage",
        "without CAP_PERFMON this kernel takes no program that spills halves of registers",
    );
}

#[test]
fn seeing_through_tunnels_needs_no_more_than_the_rest() {
    if !skip::is_root() {
        return;
    }
    let config = Config { see_through: Some(TunnelPorts::default()), ..config() };
    let loaded = load_config_with(CapabilitySet::BPF | CapabilitySet::NET_RAW, config);
    assert_loaded("seeing through tunnels", &loaded);
}

#[test]
fn reductions_need_no_more_than_the_rest() {
    if !skip::is_root() {
        return;
    }
    for reductions in reductions::each() {
        let loaded = load_reducing_with(CapabilitySet::BPF | CapabilitySet::NET_RAW, None, reductions);
        assert_loaded(&format!("{reductions:?}"), &loaded);
    }
}

#[test]
fn counting_alone_needs_no_more_than_the_rest() {
    if !skip::is_root() {
        return;
    }
    let config = counting([100, 100, 100]);
    let loaded = load_config_with(CapabilitySet::BPF | CapabilitySet::NET_RAW, config);
    assert_loaded("counting alone", &loaded);
}

#[test]
fn direct_reads_that_cannot_be_had_are_an_error_when_they_are_forced() {
    if !skip::is_root() {
        return;
    }
    let forced = load_with(CapabilitySet::BPF | CapabilitySet::NET_RAW, Some(KernelPath::Direct));
    assert!(matches!(forced, Err(Error::Direct(_))));
}

#[test]
fn without_cap_bpf_the_error_says_what_to_do() {
    if !skip::is_root() {
        return;
    }
    let error = load_with(CapabilitySet::NET_RAW, None).err().expect("maps need CAP_BPF");
    let message = error.to_string();
    assert!(matches!(error, Error::Permission { .. }), "{message}");
    assert!(message.contains("CAP_BPF") && message.contains("setcap cap_net_raw,cap_bpf,cap_perfmon+ep"));
}
