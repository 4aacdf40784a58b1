//! What every command needs: where the workspace is, and running programs with each step printed before it runs.

use std::path::{Path, PathBuf};
use std::process::Command;

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
    rustix::process::geteuid().is_root()
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

/// Runs a command quietly to its end and returns what it wrote on stdout.
///
/// # Errors
/// When the program cannot be started or does not exit with 0; its stderr is part of the message.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let line = typed(command);
    let output = command.output().with_context(|| format!("cannot start `{line}`"))?;
    if !output.status.success() {
        bail!("`{line}` failed: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr).trim_end());
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{line}` did not write text"))
}

/// Whether a program is found in `PATH`, or where Debian keeps what only root runs.
pub(crate) fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let administration = ["/usr/sbin", "/sbin"].map(Into::into);
    std::env::split_paths(&path).chain(administration).any(|folder| folder.join(program).is_file())
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
