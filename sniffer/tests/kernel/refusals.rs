//! Kernels that lack what a capture is made of: the program says what is missing, and how it ends. They are imitated by a
//! seccomp filter, which a thread keeps for the programs it starts.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use nix::errno::Errno;
use nix::libc::{AF_NETLINK, AF_PACKET, SYS_bpf, SYS_setsockopt, SYS_socket, c_long};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
    apply_filter,
};

use crate::support::namespace::Namespace;
use crate::support::process::{Outcome, Running, SNIFFER};
use crate::support::skip;

/// A system call that a kernel answers with an error: always, or when one of its arguments has a value.
pub(crate) struct Refusal {
    call: c_long,
    argument: Option<(u8, u32)>,
    answer: Errno,
}

/// The commands of bpf(2) (`enum bpf_cmd` of `linux/bpf.h`).
const MAP_CREATE: u32 = 0;
const PROG_LOAD: u32 = 5;

/// `PACKET_RX_RING` of `linux/if_packet.h`.
const RX_RING: u32 = 5;

const NO_BPF: Refusal = Refusal { call: SYS_bpf, argument: None, answer: Errno::ENOSYS };

const NO_PACKET_SOCKETS: Refusal =
    Refusal { call: SYS_socket, argument: Some((0, AF_PACKET as u32)), answer: Errno::EAFNOSUPPORT };

/// No interface but this one answers questions about sockets.
pub(crate) const NO_NETLINK: Refusal =
    Refusal { call: SYS_socket, argument: Some((0, AF_NETLINK as u32)), answer: Errno::EAFNOSUPPORT };

/// What an older kernel says to kinds of maps, and to instructions, that it does not know.
const OLD_MAPS: Refusal = Refusal { call: SYS_bpf, argument: Some((0, MAP_CREATE)), answer: Errno::EINVAL };
const OLD_PROGRAMS: Refusal =
    Refusal { call: SYS_bpf, argument: Some((0, PROG_LOAD)), answer: Errno::EINVAL };

/// What a kernel says that cannot make a ring of blocks.
const NO_RING: Refusal =
    Refusal { call: SYS_setsockopt, argument: Some((2, RX_RING)), answer: Errno::EINVAL };

impl Refusal {
    fn program(&self) -> BpfProgram {
        let condition = |(number, value)| {
            SeccompCondition::new(number, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, u64::from(value))
                .expect("a call has that argument")
        };
        let rules = self
            .argument
            .map(|argument| SeccompRule::new(vec![condition(argument)]).expect("there is a condition"));
        let filter = SeccompFilter::new(
            BTreeMap::from([(self.call, rules.into_iter().collect())]),
            SeccompAction::Allow,
            SeccompAction::Errno(self.answer as u32),
            std::env::consts::ARCH.try_into().expect("the machine is known"),
        );
        filter.and_then(BpfProgram::try_from).expect("the filter is small")
    }
}

/// Runs the sniffer as a kernel with that refusal would.
fn run_refused(refusal: &Refusal, args: &[&str]) -> Outcome {
    run_refused_in(&Namespace::new().expect("root can make namespaces"), refusal, args)
}

/// The same in a namespace that a test has furnished.
pub(crate) fn run_refused_in(namespace: &Namespace, refusal: &Refusal, args: &[&str]) -> Outcome {
    let filter = refusal.program();
    namespace.run(|| {
        apply_filter(&filter).expect("a thread can give up system calls");
        // Threads that this one starts, and the program that they start, have the filter too.
        let command = &mut Command::new(SNIFFER);
        Running::start_command(namespace, command.args(args).stdin(Stdio::null())).wait()
    })
}

/// Asserts that the program refuses with these words, captures nothing, and ends with status 1.
#[track_caller]
fn check(refusal: &Refusal, args: &[&str], words: &[&str]) {
    let outcome = run_refused(refusal, args);
    outcome.expect_code(1);
    // Of all interfaces together the link type is said first.
    let lines: Vec<_> = outcome.stderr.lines().filter(|line| !line.contains(": data link type ")).collect();
    let [line] = lines[..] else { panic!("one line expected: {}", outcome.stderr) };
    for word in words {
        assert!(line.starts_with("sniffer: ") && line.contains(word), "no {word:?} in: {line}");
    }
    assert!(outcome.stdout.is_empty());
}

#[test]
fn a_kernel_without_bpf_is_refused() {
    if skip::is_root() {
        check(&NO_BPF, &["-i", "lo"], &["no eBPF", "CONFIG_BPF_SYSCALL"]);
        check(&NO_BPF, &["-i", "any", "tcp"], &["no eBPF", "CONFIG_BPF_SYSCALL"]);
    }
}

#[test]
fn a_kernel_without_packet_sockets_is_refused() {
    if skip::is_root() {
        check(&NO_PACKET_SOCKETS, &["-i", "any"], &["no packet sockets", "CONFIG_PACKET"]);
    }
}

#[test]
fn a_kernel_that_does_not_know_the_maps_or_programs_is_refused_and_told_which_would() {
    if skip::is_root() {
        check(&OLD_MAPS, &["-i", "lo"], &["from 5.10 on", "failed to create map"]);
        check(&OLD_PROGRAMS, &["-i", "lo"], &["from 5.10 on", "cannot load the built-in eBPF object"]);
    }
}

#[test]
fn a_kernel_that_cannot_make_the_ring_is_refused() {
    if skip::is_root() {
        check(&NO_RING, &["-i", "lo"], &["cannot make the packet socket's ring"]);
    }
}
