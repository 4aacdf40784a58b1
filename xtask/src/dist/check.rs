//! Trying what was made: in a copy of this system, or in a system of nothing else, that vanishes with its mount namespace.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Result, ensure};

use crate::workspace;

/// Lays a layer in memory over this system, and goes there with the package.
const IN_A_COPY: &str = r#"
mount -t tmpfs none /mnt
mkdir /mnt/upper /mnt/work /mnt/root
mount -t overlay none -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work /mnt/root
cp "$1" /mnt/root/sniffer.deb
for folder in proc dev sys; do mount --rbind /$folder /mnt/root/$folder; done
exec chroot /mnt/root sh -euxc "$2"
"#;

/// What is asked of a package: it installs without a question, works, grants nothing, and leaves nothing.
const PACKAGE: &str = r#"
dpkg --install /sniffer.deb </dev/null
sniffer --version
sniffer -d 'tcp port 443' >/dev/null
timeout 60 sniffer -i lo -c 1 -w /dev/null icmp &
while kill -0 $! 2>/dev/null; do ping -c 1 127.0.0.1 >/dev/null; done
wait $!
! command -v getcap || test -z "$(getcap /usr/bin/sniffer)"
gzip --decompress --to-stdout /usr/share/man/man8/sniffer.8.gz | grep --quiet --fixed-strings 'flow\-limit'
gzip --test /usr/share/man/man8/sniffer-taps.8.gz
bash -euc '. /usr/share/bash-completion/completions/sniffer; complete -p sniffer'
test -s /usr/share/zsh/vendor-completions/_sniffer
test -s /usr/share/fish/vendor_completions.d/sniffer.fish
dpkg --purge sniffer
test ! -e /usr/bin/sniffer
test ! -e /usr/share/man/man8/sniffer.8.gz
test ! -e /usr/share/doc/sniffer
"#;

/// What is asked of a program that stands alone, with nothing but the kernel's own file systems: everything but the names of hosts and users, which are numbers there.
const ALONE: &str = r#"
mount -t tmpfs none /mnt
mkdir /mnt/proc /mnt/sys
for folder in proc sys; do mount --rbind /$folder /mnt/$folder; done
cp "$1" /mnt/sniffer
chroot /mnt /sniffer --version
chroot /mnt /sniffer -d 'tcp port 443 and host 192.0.2.7' >/dev/null
timeout 60 chroot /mnt /sniffer -i lo -c 1 -w /x.pcap icmp &
while kill -0 $! 2>/dev/null; do ping -c 1 127.0.0.1 >/dev/null; done
wait $!
chroot /mnt /sniffer -n -r /x.pcap | grep --quiet 'ICMP echo'
"#;

/// Installs the package, uses it, and removes it.
///
/// # Errors
/// When any of it fails.
pub(super) fn package(package: &Path) -> Result<()> {
    apart(IN_A_COPY, [package.as_os_str(), OsStr::new(PACKAGE)])
}

/// Installs the program from its sources as a user would, and runs it.
///
/// # Errors
/// When that fails.
pub(super) fn installation() -> Result<()> {
    let root = workspace::target().join("dist-root");
    let install = ["install", "--locked", "--force", "--path", "sniffer", "--root"];
    workspace::step(workspace::cargo(install).arg(&root))?;
    workspace::step(
        Command::new(root.join("bin/sniffer")).args(["-d", "tcp port 443"]).stdout(Stdio::null()),
    )?;
    Ok(std::fs::remove_dir_all(root)?)
}

/// Runs a program where there is nothing else.
///
/// # Errors
/// When it needs anything.
pub(super) fn static_program(program: &Path) -> Result<()> {
    apart(ALONE, [program.as_os_str()])
}

/// Runs a script in mount and network namespaces of its own, with `lo` up.
fn apart<'a>(script: &str, args: impl IntoIterator<Item = &'a OsStr>) -> Result<()> {
    ensure!(workspace::is_root(), "trying what was made takes root");
    let mut command = workspace::command("unshare");
    command.args(["--mount", "--net", "sh", "-euxc"]).arg(format!("ip link set lo up\n{script}"));
    workspace::step(command.arg("sh").args(args))
}
