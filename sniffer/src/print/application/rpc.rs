//! Calls and replies of Sun's remote procedures: who calls which program, and whether that went well.

use super::nfs;
use crate::decode::{Nfs, Rpc};
use crate::print::line::Line;
use crate::print::names::PortProtocol;
use crate::print::packet::Network;
use crate::print::tokens;

pub(in crate::print) fn print(line: &mut Line<'_>, rpc: &Rpc<'_>, network: Option<Network<'_>>) {
    match rpc.is_call() {
        None => line.truncated("udp"),
        Some(true) => print_call(line, rpc, network).unwrap_or_else(|| line.truncated("sunrpc")),
        Some(false) => print_reply(line, rpc, network).unwrap_or_else(|| line.truncated("nfs")),
    }
}

/// Callers are told by their transactions in place of their ports.
fn print_call(line: &mut Line<'_>, rpc: &Rpc<'_>, network: Option<Network<'_>>) -> Option<()> {
    let procedure = rpc.procedure().filter(|_| rpc.whole().bytes().len() >= Rpc::CALL_LEN)?;
    if let Some(network) = network {
        line.address(network.source());
        line.byte(b'.');
        line.hex(rpc.xid()?, 1);
        line.labelled_address(" > ", network.destination());
        line.byte(b'.');
    }
    if line.names.is_numeric() {
        line.hex(Rpc::PORT, 1);
    } else {
        line.text("sunrpc");
    }
    line.labelled(": ", rpc.whole().claimed());
    line.byte(b' ');
    tokens::print(line, PROCEDURES, procedure, [" proc #", ""]);
    let rpc_version = rpc.rpc_version()?;
    if rpc_version != 2 {
        line.labelled(" [rpcver ", rpc_version);
        line.byte(b']');
    }
    if matches!(procedure, 1..=3 | 5) {
        line.text(if line.names.is_numeric() { " " } else { " #" });
        line.number(rpc.program()?);
        line.labelled(".", rpc.version()?);
    }
    Some(())
}

/// The procedures of the server that knows the ports of others: tcpdump takes every program for that one.
const PROCEDURES: &[(u32, &str)] =
    &[(0, "null"), (1, "set"), (2, "unset"), (3, "getport"), (4, "dump"), (5, "call")];

/// And every server for that of NFS.
fn print_reply(line: &mut Line<'_>, rpc: &Rpc<'_>, network: Option<Network<'_>>) -> Option<()> {
    if let Some(network) = network {
        line.address(network.source());
        line.byte(b'.');
        line.port(PortProtocol::Udp, Nfs::PORT);
        line.labelled_address(" > ", network.destination());
        line.labelled(".", rpc.xid()?);
        line.text(": ");
    }
    nfs::print_reply(line, &rpc.reply()?)
}
