//! Options of the expression and of what it is compiled to.

use std::path::PathBuf;

use clap::{ArgAction, Args};
use sniffer::filter::Tunnel;

/// Options of the expression and of what it is compiled to.
#[derive(Debug, Args)]
#[command(next_help_heading = "Filter")]
pub(crate) struct FilterArgs {
    /// Read the expression from a file
    #[arg(short = 'F', value_name = "FILE", conflicts_with = "expression")]
    pub(crate) expression_file: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) meaning: MeaningArgs,

    /// Print the compiled expression and exit: -d as assembly, -dd as a C array, -ddd as decimal numbers
    #[arg(short, action = ArgAction::Count)]
    pub(crate) dump_code: u8,

    /// Compile the expression without the optimizer; the verdicts are the same
    #[arg(short = 'O', long)]
    pub(crate) no_optimize: bool,

    /// Say in plain words what the expression keeps, how it was read, and what may surprise, and exit
    #[arg(long)]
    pub(crate) explain: bool,
}

/// Options of what an expression may name, and of where its tests hold.
#[derive(Debug, Args)]
#[command(next_help_heading = "Filter")]
pub(crate) struct MeaningArgs {
    /// Name the addresses or ports of a file, one a line, for `host in @NAME`, `port in @NAME` and their like
    #[arg(long = "set", value_name = "NAME=FILE", value_parser = set_file)]
    pub(crate) sets: Vec<SetFile>,

    /// Let tests of addresses, ports and protocols hold at any layer, inside tunnels and behind extension headers too, and
    /// give later fragments the verdict of the first
    #[arg(long)]
    pub(crate) see_through: bool,

    /// UDP ports of a tunnel with --see-through, such as `vxlan=4789,8472`, `geneve=6081` or `gtpu=2152`, which are the
    /// default
    #[arg(long, value_name = "TUNNEL=PORTS", requires = "see_through", action = ArgAction::Append, value_parser = tunnel)]
    pub(crate) tunnel_ports: Vec<TunnelArg>,
}

/// The ports of one tunnel.
#[derive(Clone, Debug)]
pub(crate) struct TunnelArg {
    pub(crate) tunnel: Tunnel,
    pub(crate) ports: Vec<u16>,
}

fn tunnel(text: &str) -> Result<TunnelArg, String> {
    let (name, ports) =
        text.split_once('=').ok_or("expected a tunnel, `=`, and its ports with commas between")?;
    let tunnel = match name {
        "vxlan" => Tunnel::Vxlan,
        "geneve" => Tunnel::Geneve,
        "gtpu" => Tunnel::Gtp,
        _ => return Err(format!("`{name}` is none of vxlan, geneve and gtpu")),
    };
    let port = |text: &str| match text.parse() {
        Ok(port @ 1..) => Ok(port),
        _ => Err(format!("`{text}` is no port from 1 to 65535")),
    };
    Ok(TunnelArg { tunnel, ports: ports.split(',').map(port).collect::<Result<_, _>>()? })
}

/// A file of entries, and the name of the set that they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SetFile {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
}

fn set_file(text: &str) -> Result<SetFile, String> {
    let (name, path) = text.split_once('=').ok_or("expected NAME=FILE")?;
    let is_name =
        |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    let has_edges =
        name.starts_with(|edge: char| edge.is_ascii_alphanumeric()) && !name.ends_with(['-', '_']);
    if !is_name(name) || !has_edges {
        return Err("a name has letters, digits and, between them, hyphens, underscores and dots".to_owned());
    }
    Ok(SetFile { name: name.to_owned(), path: path.into() })
}
