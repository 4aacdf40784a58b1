//! What every command needs: where the workspace is, and running programs with each step printed before it runs.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

/// The workspace's root folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("/"))
}

/// A command that runs in the workspace's root.
pub(crate) fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// The `cargo` that runs this command, in the workspace's root.
pub(crate) fn cargo<'a>(args: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = command(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    command.args(args);
    command
}

/// The folder that cargo builds into.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// A configuration of cargo that starts the programs it has built through sudo.
pub(crate) const SUDO_RUNNER: &str = "target.'cfg(unix)'.runner=['sudo', '--']";

/// A program to be started with root's rights: as it is when this process has them, else through sudo.
pub(crate) fn as_root(program: &Path) -> Command {
    if is_root() {
        Command::new(program)
    } else {
        let mut command = Command::new("sudo");
        command.arg("--").arg(program);
        command
    }
}

/// Whether this process has user id 0.
pub(crate) fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

/// Prints a command as it would be typed, then runs it to its end.
///
/// # Errors
/// When the program cannot be started or does not exit with 0.
pub(crate) fn step(command: &mut Command) -> Result<()> {
    let line = typed(command);
    eprintln!("$ {line}");
    let status = command.status().with_context(|| format!("cannot start `{line}`"))?;
    if !status.success() {
        bail!("`{line}` failed: {status}");
    }
    Ok(())
}

/// A [`step`] whose standard output is returned.
///
/// # Errors
/// As [`output`].
pub(crate) fn step_output(command: &mut Command) -> Result<String> {
    eprintln!("$ {}", typed(command));
    output(command.stderr(Stdio::inherit()))
}

/// Runs a command quietly to its end and returns the text that it wrote on standard output.
///
/// # Errors
/// When the program cannot be started, does not exit with 0 (its standard error is part of the message), or writes
/// anything but UTF-8.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let bytes = output_bytes(command)?;
    String::from_utf8(bytes).with_context(|| format!("`{}` did not write text", typed(command)))
}

/// Runs a command quietly to its end and returns what it wrote on standard output.
///
/// # Errors
/// When the program cannot be started or does not exit with 0; its standard error is part of the message.
pub(crate) fn output_bytes(command: &mut Command) -> Result<Vec<u8>> {
    let line = typed(command);
    let output = command.output().with_context(|| format!("cannot start `{line}`"))?;
    if !output.status.success() {
        bail!("`{line}` failed: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr).trim_end());
    }
    Ok(output.stdout)
}

/// Where a program is: in `PATH`, or where Debian keeps what only root runs.
pub(crate) fn find_program(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let administration = ["/usr/sbin", "/sbin"].map(Into::into);
    std::env::split_paths(&path)
        .chain(administration)
        .map(|folder| folder.join(program))
        .find(|path| path.is_file())
}

/// Whether a program is found.
pub(crate) fn is_installed(program: &str) -> bool {
    find_program(program).is_some()
}

/// The files of a folder in the order of their names.
///
/// # Errors
/// When the folder cannot be read.
pub(crate) fn files_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.sort();
    Ok(files)
}

/// A command with the environment that it sets, as one could type it.
pub(crate) fn typed(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = if program.ends_with("cargo") { "cargo".into() } else { program.to_string_lossy() };
    let settings = command
        .get_envs()
        .filter_map(|(key, value)| Some(format!("{}={}", key.display(), quoted(&value?.to_string_lossy()))));
    let args = command.get_args().map(|arg| quoted(&arg.to_string_lossy()));
    settings.chain([name.into_owned()]).chain(args).collect::<Vec<_>>().join(" ")
}

/// A word quoted for the shell when it holds anything that a shell might expand.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_=./:,+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(program: &str, args: &[&str], expected: &str) {
        assert_eq!(typed(Command::new(program).args(args)), expected);
    }

    #[test]
    fn commands_are_printed_as_one_could_type_them() {
        check("ip", &["link", "show"], "ip link show");
        check("/usr/bin/cargo", &["build"], "cargo build");
        check("sniffer", &["tcp port 80", "it's", ""], r"sniffer 'tcp port 80' 'it'\''s' ''");
        assert_eq!(typed(Command::new("make").env("A", "b c")), "A='b c' make");
    }
}
