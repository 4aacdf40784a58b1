//! Kernel modules: which a virtual machine needs, and in which order they go in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::workspace;

/// What the kernel tests use of a kernel. A module that a kernel's package lacks is built into that kernel, or the
/// tests that use it say that they cannot run.
pub(super) const WANTED: &[&str] = &["af_packet", "af_packet_diag", "veth", "8021q", "ip_gre", "nf_tables"];

/// The modules of an unpacked package and those they depend on, in the order of insertion, uncompressed.
///
/// # Errors
/// When a module cannot be read or unpacked.
pub(super) fn collect(tree: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = BTreeMap::new();
    index(tree, &mut files)?;
    let mut modules = Vec::new();
    for name in WANTED {
        insert(name, &files, &mut modules)?;
    }
    Ok(modules)
}

/// Appends a module after its dependencies, unless it is in already or built in.
fn insert(name: &str, files: &BTreeMap<String, PathBuf>, modules: &mut Vec<(String, Vec<u8>)>) -> Result<()> {
    let Some(path) = files.get(name) else { return Ok(()) };
    if modules.iter().any(|(known, _)| known == name) {
        return Ok(());
    }
    let module = read(path)?;
    for dependency in dependencies(&module) {
        insert(&dependency, files, modules)?;
    }
    modules.push((name.to_owned(), module));
    Ok(())
}

/// All module files below a folder by module name. The kernel takes `-` and `_` in names as the same.
fn index(folder: &Path, files: &mut BTreeMap<String, PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            index(&entry.path(), files)?;
        } else if let Some((stem, "" | ".xz")) = name.split_once(".ko") {
            files.insert(stem.replace('-', "_"), entry.path());
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<Vec<u8>> {
    if path.extension().is_some_and(|extension| extension == "xz") {
        return workspace::output_bytes(
            workspace::command("xz").args(["--decompress", "--stdout"]).arg(path),
        );
    }
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// What a module's `depends=` line says. The lines of `.modinfo` are `key=value`, each ended by a zero byte.
fn dependencies(module: &[u8]) -> Vec<String> {
    let lines = module.split(|byte| *byte == 0);
    let list = lines.filter_map(|line| std::str::from_utf8(line.strip_prefix(b"depends=")?).ok());
    list.flat_map(|list| list.split(','))
        .filter(|name| !name.is_empty())
        .map(|name| name.replace('-', "_"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(module: &[u8], expected: &[&str]) {
        assert_eq!(dependencies(module), expected);
    }

    #[test]
    fn dependencies_are_read_from_the_module() {
        check(b"\x7fELF\0license=GPL\0depends=garp,mrp\0name=8021q\0", &["garp", "mrp"]);
        check(b"\0depends=nf-conntrack\0", &["nf_conntrack"]);
        check(b"\0depends=\0name=veth\0", &[]);
        check(b"\0softdepends=a\0", &[]);
    }
}
