//! One boot of one kernel under qemu, to its end or until it hangs.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use super::machine::Machine;
use crate::workspace;

/// A machine that writes nothing for so long hangs. The slowest test takes a tenth of it when emulated on an idle host, and
/// several times as long on a busy one.
const SILENCE: Duration = Duration::from_mins(20);

/// The namespaces of tests have no interfaces but those that a test makes, whatever tunnels the kernel knows (`gre0` and its
/// like, which have no Ethernet headers).
const NO_TUNNELS: &str = "sysctl.net.core.fb_tunnels_only_for_init_net=1";

/// What a machine wrote until it ended.
pub(super) struct Console {
    /// Every line of the serial console.
    pub(super) text: String,
    /// Whether it fell silent and was ended.
    pub(super) hung: bool,
}

/// A machine ready to be started.
pub(super) struct Boot {
    /// What kind of machine.
    pub(super) machine: Machine,
    /// The kernel's release.
    pub(super) release: String,
    /// The kernel.
    pub(super) vmlinuz: PathBuf,
    /// The memory image.
    pub(super) image: PathBuf,
}

impl Boot {
    /// Starts the machine and shows its console as it runs; `filters` go to the first process.
    ///
    /// # Errors
    /// When qemu is missing or cannot be started.
    pub(super) fn run(&self, filters: &[String]) -> Result<Console> {
        let mut qemu = self.command(filters);
        eprintln!("$ {}", workspace::typed(&qemu));
        qemu.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = qemu.spawn().context("cannot start qemu; `cargo xtask setup --vm` installs it")?;
        let output = child.stdout.take().context("qemu has no output")?;
        let (sender, lines) = mpsc::channel();
        let reader = thread::spawn(move || forward(output, &sender));
        let console = self.follow(&lines, SILENCE);
        if console.hung {
            child.kill().context("cannot end qemu")?;
        }
        child.wait().context("cannot wait for qemu")?;
        drop(lines);
        reader.join().ok().context("the console's reader has panicked")?;
        Ok(console)
    }

    /// Shows the console's lines, with the time since the start, and collects them until they end or none comes for so
    /// long.
    fn follow(&self, lines: &Receiver<String>, silence: Duration) -> Console {
        let mut console = Console { text: String::new(), hung: false };
        let start = Instant::now();
        loop {
            match lines.recv_timeout(silence) {
                Ok(line) => {
                    eprintln!("{} {:6.1} s: {line}", self.release, start.elapsed().as_secs_f32());
                    console.text.push_str(&line);
                    console.text.push('\n');
                }
                Err(RecvTimeoutError::Disconnected) => return console,
                Err(RecvTimeoutError::Timeout) => {
                    console.hung = true;
                    return console;
                }
            }
        }
    }

    fn command(&self, filters: &[String]) -> Command {
        let arguments = filters.join(" ");
        let mut qemu = self.machine.qemu();
        qemu.args(["-nodefaults", "-no-user-config", "-no-reboot", "-display", "none", "-serial", "stdio"]);
        qemu.args(["-m", "1G", "-kernel"]).arg(&self.vmlinuz).arg("-initrd").arg(&self.image);
        let parameters = self.machine.parameters();
        qemu.arg("-append");
        qemu.arg(format!("{parameters} quiet panic=-1 oops=panic {NO_TUNNELS} -- {arguments}"));
        qemu
    }
}

/// Sends each line of the console, without what only terminals need, until either end closes.
fn forward(console: impl std::io::Read, lines: &Sender<String>) {
    let console = BufReader::new(console).split(b'\n').map_while(Result::ok);
    for line in console {
        let line = String::from_utf8_lossy(&line).trim_end_matches('\r').to_owned();
        if lines.send(line).is_err() {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn follow(lines: &Receiver<String>, silence: Duration) -> Console {
        let file = PathBuf::new;
        let (machine, release) = (Machine::Amd64, "6.1".to_owned());
        Boot { machine, release, vmlinuz: file(), image: file() }.follow(lines, silence)
    }

    #[test]
    fn a_machine_hangs_that_says_nothing_and_does_not_end() {
        let (sender, lines) = mpsc::channel();
        sender.send("first".to_owned()).unwrap();
        let console = follow(&lines, Duration::ZERO);
        assert_eq!((console.text.as_str(), console.hung), ("first\n", true));

        sender.send("second".to_owned()).unwrap();
        drop(sender);
        let console = follow(&lines, SILENCE);
        assert_eq!((console.text.as_str(), console.hung), ("second\n", false));
    }
}
