//! Which tunnels an expression sees through, from what was typed.

use anyhow::{Context as _, ensure};
use sniffer::filter::{MAX_TUNNEL_PORTS, Tunnel, TunnelPorts};

use super::args::{MeaningArgs, TunnelArg};

/// The ports of tunnels, if the expression is to see through them.
pub(crate) fn seen_through(args: &MeaningArgs) -> anyhow::Result<Option<TunnelPorts>> {
    args.see_through.then(|| ports(&args.tunnel_ports)).transpose()
}

/// The ports of all tunnels: those that were typed, and the usual ones of tunnels that were not named.
fn ports(typed: &[TunnelArg]) -> anyhow::Result<TunnelPorts> {
    let mut words = [0; MAX_TUNNEL_PORTS];
    let mut free = words.iter_mut();
    let mut taken: Vec<u16> = Vec::new();
    for tunnel in [Tunnel::Vxlan, Tunnel::Geneve, Tunnel::Gtp] {
        let mut named = typed.iter().filter(|arg| arg.tunnel == tunnel).peekable();
        let ports: Vec<u16> = match named.peek() {
            Some(_) => named.flat_map(|arg| arg.ports.iter().copied()).collect(),
            None => TunnelPorts::default().of(tunnel).collect(),
        };
        for port in ports {
            ensure!(!taken.contains(&port), "port {port} is given twice as one of a tunnel");
            taken.push(port);
            let word =
                free.next().with_context(|| format!("more than {MAX_TUNNEL_PORTS} ports of tunnels"))?;
            *word = TunnelPorts::word(tunnel, port);
        }
    }
    Ok(TunnelPorts(words))
}
