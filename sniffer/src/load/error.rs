//! What can go wrong between the object file and the running pipeline.

use std::{fs, io, iter};

use aya::EbpfError;
use aya::maps::MapError;
use aya::programs::ProgramError;
use thiserror::Error;

use super::btf::BtfError;
use super::elf::ElfError;
use crate::sys::limits;

/// Why the pipeline could not be loaded, attached or changed.
#[derive(Debug, Error)]
pub enum Error {
    /// The process may not load programs.
    #[error(
        "loading eBPF programs needs the capability CAP_BPF: run as root, or once \
         `sudo setcap cap_net_raw,cap_bpf,cap_perfmon+ep {program}`"
    )]
    Permission {
        /// The path of the running program, for the command.
        program: String,
        /// What could not be done.
        #[source]
        source: Box<Error>,
    },
    /// The kernel has no eBPF at all.
    #[error("this kernel has no eBPF (CONFIG_BPF_SYSCALL)")]
    NoBpf {
        /// What could not be done.
        #[source]
        source: Box<Error>,
    },
    /// The kernel lacks something that the stages are made of; the cause says what.
    #[error(
        "this kernel (Linux {release}) cannot run the eBPF programs of a capture; from 5.10 on kernels can"
    )]
    Kernel {
        /// The release of the running kernel, for the message alone.
        release: String,
        /// What could not be done.
        #[source]
        source: Box<Error>,
    },
    /// Direct reads were asked for and cannot be had.
    #[error("packets cannot be read in place")]
    Direct(#[from] DirectError),
    /// The prebuilt object is not as expected: a fault of the build.
    #[error("the built-in eBPF object is damaged")]
    Object(#[from] ElfError),
    /// The prebuilt object lacks a program or map: a fault of the build.
    #[error("the built-in eBPF object has no {0}")]
    Missing(&'static str),
    /// Maps or programs of the prebuilt object could not be created.
    #[error("cannot load the built-in eBPF object")]
    Load(#[source] Box<EbpfError>),
    /// The kernel refused a program; the last lines of the verifier say why.
    #[error("the kernel refused the program `{name}`: {}", last_lines(verifier_log, 4))]
    Refused {
        /// Which program.
        name: &'static str,
        /// What the verifier wrote.
        verifier_log: String,
        /// What the kernel said.
        #[source]
        source: io::Error,
    },
    /// A program could not be loaded or attached for a reason that is not the verifier's.
    #[error("cannot use the program `{name}`")]
    Program {
        /// Which program.
        name: &'static str,
        /// What aya said.
        #[source]
        source: Box<ProgramError>,
    },
    /// A map could not be read or written.
    #[error("cannot access the eBPF map `{name}`")]
    Map {
        /// Which map.
        name: &'static str,
        /// What aya said.
        #[source]
        source: Box<MapError>,
    },
}

/// Why packets cannot be read in place.
#[derive(Debug, Error)]
pub enum DirectError {
    /// The kernel does not describe itself, or not the functions and types that are needed.
    #[error(transparent)]
    Btf(#[from] BtfError),
    /// The verifier refused the program that reads in place; without `CAP_PERFMON` it does.
    #[error("the kernel refused them, as it does without CAP_PERFMON: {}", last_lines(verifier_log, 1))]
    Refused {
        /// What the verifier wrote.
        verifier_log: String,
        /// What the kernel said.
        #[source]
        source: io::Error,
    },
}

impl Error {
    pub(super) fn map(name: &'static str) -> impl FnOnce(MapError) -> Self {
        move |source| Self::Map { name, source: Box::new(source) }.or_permission()
    }

    pub(super) fn program(name: &'static str) -> impl FnOnce(ProgramError) -> Self {
        move |error| {
            let error = match error {
                ProgramError::LoadError { io_error, verifier_log } => {
                    Self::Refused { name, verifier_log: verifier_log.to_string(), source: io_error }
                }
                error => Self::Program { name, source: Box::new(error) },
            };
            error.or_permission()
        }
    }

    pub(super) fn load(error: EbpfError) -> Self {
        Self::Load(Box::new(error)).or_permission()
    }

    /// `NoBpf` or `Kernel` for a stage or map that the kernel does not take for another reason than missing rights, or having no
    /// room for more.
    pub(super) fn of_kernel(self) -> Self {
        let source = match self {
            Self::Load(_) | Self::Refused { .. } | Self::Program { .. } | Self::Map { .. } => Box::new(self),
            other => return other,
        };
        if is_caused_by(&source, |error| error.kind() == io::ErrorKind::Unsupported) {
            return Self::NoBpf { source };
        }
        if is_caused_by(&source, limits::is_exhaustion) {
            return *source;
        }
        let release = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
        Self::Kernel { release: release.trim_end().to_owned(), source }
    }

    /// `Permission` where the kernel says EPERM or EACCES, and it is not the verifier who says it for a fault of the
    /// program.
    fn or_permission(self) -> Self {
        let by_verifier = matches!(&self, Self::Refused { verifier_log, .. } if !verifier_log.is_empty());
        if by_verifier || !is_caused_by(&self, |error| error.kind() == io::ErrorKind::PermissionDenied) {
            return self;
        }
        let program =
            std::env::current_exe().map_or_else(|_| "sniffer".to_owned(), |path| path.display().to_string());
        Self::Permission { program, source: Box::new(self) }
    }
}

/// Whether such an error of the system is among the causes of an error: the kind `PermissionDenied` is EPERM or EACCES,
/// `Unsupported` is ENOSYS.
fn is_caused_by(error: &(dyn std::error::Error + 'static), is_it: impl Fn(&io::Error) -> bool) -> bool {
    iter::successors(Some(error), |error| error.source())
        .filter_map(|error| error.downcast_ref::<io::Error>())
        .any(is_it)
}

/// What begins a page of explanation behind the reason, in kernels since 7.3.
const EXPLANATION: &str = "Verification failed: ";

/// The end of a verifier's log, where its reason stands, as one line.
fn last_lines(log: &str, count: usize) -> String {
    let lines = log.lines().map(str::trim).take_while(|line| !line.starts_with(EXPLANATION));
    let lines: Vec<_> = lines.filter(|line| !line.is_empty() && !is_statistics(line)).collect();
    match lines.as_slice() {
        [] => "it gave no reason".to_owned(),
        lines => lines[lines.len().saturating_sub(count)..].join("; "),
    }
}

/// The verifier ends every log with how much work it had.
fn is_statistics(line: &str) -> bool {
    ["processed ", "verification time ", "stack depth "].iter().any(|start| line.starts_with(start))
}

#[cfg(test)]
mod tests {
    use rustix::io::Errno;

    use super::*;

    #[test]
    fn the_reason_of_the_verifier_is_told_without_its_statistics() {
        let log = "0: (b7) r0 = 0\n1: (bf) r1 = r9\nR9 !read_ok\n\
                   processed 2 insns (limit 1000000) max_states_per_insn 0\nverification time 3 usec\nstack depth 0\n";
        assert_eq!(last_lines(log, 1), "R9 !read_ok");
        assert_eq!(last_lines(log, 2), "1: (bf) r1 = r9; R9 !read_ok");
        assert_eq!(last_lines(log, 9), "0: (b7) r0 = 0; 1: (bf) r1 = r9; R9 !read_ok");
        // As 7.3 writes it.
        let log = "0: R1=ctx() R10=fp0\n0: (bf) r0 = r5\nR5 !read_ok\n\nVerification failed: Register Type Safety: Unreadable \
                   register\n\nReason:\n  R5 has never been initialized on this path\n\nAt:\n  insn 0\n\nverification time 5060 usec\n";
        assert_eq!(last_lines(log, 2), "0: (bf) r0 = r5; R5 !read_ok");
        assert_eq!(last_lines("", 1), "it gave no reason");
    }

    #[test]
    fn a_denial_deep_in_the_causes_becomes_the_setcap_advice() {
        let refused = |kind: io::ErrorKind, log: &str| {
            let source = kind.into();
            Error::Refused { name: "accept", verifier_log: log.to_owned(), source }.or_permission()
        };
        let message = refused(io::ErrorKind::PermissionDenied, "").to_string();
        assert!(message.contains("CAP_BPF") && message.contains("setcap cap_net_raw,cap_bpf,cap_perfmon+ep"));
        assert!(matches!(refused(io::ErrorKind::PermissionDenied, "R9 !read_ok"), Error::Refused { .. }));
        assert!(matches!(refused(io::ErrorKind::InvalidInput, ""), Error::Refused { .. }));
    }

    #[test]
    fn what_the_kernel_lacks_is_told_from_what_the_user_may_not() {
        let failed = |errno: Errno| {
            let source = errno.into();
            Error::Refused { name: "accept", verifier_log: String::new(), source }.or_permission().of_kernel()
        };
        assert!(matches!(failed(Errno::NOSYS), Error::NoBpf { .. }));
        assert!(matches!(failed(Errno::INVAL), Error::Kernel { .. }));
        assert!(matches!(failed(Errno::PERM), Error::Permission { .. }));
        assert!(matches!(failed(Errno::MFILE), Error::Refused { .. }));
        assert!(matches!(Error::Missing("map").of_kernel(), Error::Missing("map")));
    }
}
