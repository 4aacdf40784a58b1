//! Compiling `host A or host B or …`, beside libpcap as the installed tcpdump shows it.

use std::net::Ipv4Addr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use sniffer::filter::emit::{Access, OnMatch, Target};
use sniffer::filter::{NoNames, Options, compile};
use sniffer::packet::LinkType;

use super::report::{Figures, Table};
use super::sets::{Elements, Random};
use super::support::skip;

const ROUNDS: usize = 11;

/// Longer than this libpcap is not waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// Measures and tabulates.
pub(super) fn measure() -> Result<String> {
    let tcpdump = skip::program("the comparison of compile times", "tcpdump");
    let mut table = Table::new(&["alternatives", "sniffer, ms", "instructions", "tcpdump -d, ms"]);
    let mut keeps_up = true;
    for count in [10, 100, 1000, 10_000] {
        let mut random = Random(5);
        let mut host = || {
            let key = Elements::Hosts.key(&mut random);
            format!("host {}", Ipv4Addr::new(key[0], key[1], key[2], key[3]))
        };
        let text = (0..count).map(|_| host()).collect::<Vec<_>>().join(" or ");
        let (mut figures, mut instructions) = (Figures::default(), 0);
        for _ in 0..ROUNDS {
            let start = Instant::now();
            let options =
                Options { link_type: LinkType::ETHERNET, live: true, netmask: None, see_through: false };
            let target = Target { access: Access::Compat, on_match: OnMatch::Return(1) };
            instructions = compile(&text, &options, &NoNames)?.emit(&target)?.insns.len();
            figures.push(start.elapsed().as_secs_f64() * 1e3);
        }
        let theirs = match &tcpdump {
            Some(program) if keeps_up => milliseconds(program, &text)?,
            _ => None,
        };
        keeps_up = theirs.is_some();
        let theirs =
            theirs.map_or_else(|| format!("over {}", PATIENCE.as_millis()), |time| format!("{time:.0}"));
        table.row([count.to_string(), format!("{:.2}", figures.median()), instructions.to_string(), theirs]);
    }
    Ok(format!(
        "From text to instructions, the median of {ROUNDS} rounds; tcpdump once, with its start.\n\n{table}"
    ))
}

/// The time that tcpdump takes; none when it takes too long or refuses.
fn milliseconds(tcpdump: &Path, expression: &str) -> Result<Option<f64>> {
    let start = Instant::now();
    let mut child = Command::new(tcpdump)
        .args(["-y", "EN10MB", "-d", expression])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success().then(|| start.elapsed().as_secs_f64() * 1e3));
        }
        if start.elapsed() > PATIENCE {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(1));
    }
}
