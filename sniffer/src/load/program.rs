//! Single programs: generated instructions loaded as one, and programs of an object by name.

use aya::programs::SocketFilter;
use aya::{Ebpf, EbpfLoader, VerifierLogLevel};

use super::elf;
use super::error::Error;
use crate::bpf::{Insn, RawInsn, encode};

/// The name of generated programs, as `bpftool prog` shows it.
pub(super) const NAME: &str = "filter";

/// A loader for objects without type information. Of a program that it refuses the verifier is to say why, and not each step that it took
/// before: there may be a million, and it is asked anew with ever more room for them.
pub(super) fn loader() -> EbpfLoader<'static> {
    let mut loader = EbpfLoader::new();
    loader.btf(None).verifier_log_level(VerifierLogLevel::STATS);
    loader
}

/// Loads generated instructions as a socket filter.
pub(super) fn load(loader: &mut EbpfLoader<'_>, insns: &[Insn]) -> Result<Ebpf, Error> {
    let code: Vec<u8> = encode(insns).into_iter().flat_map(RawInsn::to_bytes).collect();
    let mut ebpf = loader.load(&elf::wrap(NAME, &code)?).map_err(Error::load)?;
    socket_filter_mut(&mut ebpf, NAME)?.load().map_err(Error::program(NAME))?;
    Ok(ebpf)
}

/// The generated program of what [`load`] returned.
pub(super) fn generated(ebpf: &Ebpf) -> Result<&SocketFilter, Error> {
    socket_filter(ebpf, NAME)
}

pub(super) fn socket_filter<'a>(ebpf: &'a Ebpf, name: &'static str) -> Result<&'a SocketFilter, Error> {
    ebpf.program(name).ok_or(Error::Missing(name))?.try_into().map_err(Error::program(name))
}

pub(super) fn socket_filter_mut<'a>(
    ebpf: &'a mut Ebpf,
    name: &'static str,
) -> Result<&'a mut SocketFilter, Error> {
    ebpf.program_mut(name).ok_or(Error::Missing(name))?.try_into().map_err(Error::program(name))
}
