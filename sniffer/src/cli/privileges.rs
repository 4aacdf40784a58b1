//! `-Z`: another user than root, once everything is open that takes root.

use anyhow::{Context as _, ensure};
use nix::unistd::{Uid, User, initgroups, setgid, setuid};
use rustix::thread::{CapabilitySet, CapabilitySets, capabilities, set_capabilities, set_keep_capabilities};
use sniffer::load::KernelPath;

use super::summary;

/// Becomes that user, with the user's groups and no others. All threads do, and those to come.
///
/// `CAP_BPF` is kept by the calling thread and those that it starts: kernels before 6.0 ask for it when the counters are
/// read.
pub(crate) fn relinquish(user: Option<&str>) -> anyhow::Result<()> {
    let Some(name) = user else { return Ok(()) };
    if !Uid::effective().is_root() {
        summary::not_root(name);
        return Ok(());
    }
    let user = User::from_name(name)?.with_context(|| format!("couldn't find user '{name}'"))?;
    if user.uid.is_root() {
        return Ok(());
    }
    become_user(&user).with_context(|| format!("cannot become user '{name}'"))
}

/// Whether this thread may still load filters that read frames in that way: their verification takes the same capabilities as
/// that of the stages.
pub(crate) fn can_load(path: KernelPath) -> bool {
    let needed = match path {
        KernelPath::Direct => CapabilitySet::BPF | CapabilitySet::PERFMON,
        KernelPath::Compat => CapabilitySet::BPF,
    };
    // Where that cannot be told, what the kernel says stands for itself. CAP_SYS_ADMIN stands for both.
    capabilities(None).map_or(true, |sets| {
        sets.effective.contains(needed) || sets.effective.contains(CapabilitySet::SYS_ADMIN)
    })
}

fn become_user(user: &User) -> anyhow::Result<()> {
    let name = std::ffi::CString::new(user.name.as_str())?;
    set_keep_capabilities(true)?;
    initgroups(&name, user.gid)?;
    setgid(user.gid)?;
    setuid(user.uid)?;
    let kept = CapabilitySets {
        effective: CapabilitySet::BPF,
        permitted: CapabilitySet::BPF,
        inheritable: CapabilitySet::empty(),
    };
    // A container's root may be without it.
    if set_capabilities(None, kept).is_err() {
        let none = CapabilitySet::empty();
        set_capabilities(None, CapabilitySets { effective: none, permitted: none, inheritable: none })?;
    }
    ensure!(setuid(Uid::from_raw(0)).is_err(), "the way back to root is still open");
    Ok(())
}
