//! sFlow, in one line.

use crate::decode::Sflow;
use crate::print::line::Line;

pub(in crate::print) fn print(line: &mut Line<'_>, sflow: &Sflow<'_>) {
    print_header(line, sflow).unwrap_or_else(|| line.truncated("sflow"));
}

fn print_header(line: &mut Line<'_>, sflow: &Sflow<'_>) -> Option<()> {
    let (claimed, family, version) = (sflow.whole().claimed(), sflow.family()?, sflow.version()?);
    let least = match family {
        1 => Sflow::HEADER_LEN,
        2 => Sflow::HEADER_LEN_V6,
        _ => 0,
    };
    if claimed < least as u32 {
        line.labelled("sFlowv", version);
        line.labelled(" [length ", claimed);
        line.text(" < 28]");
        line.invalid();
        return Some(());
    }
    sflow.whole().get::<[u8; Sflow::HEADER_LEN]>(0)?;
    if version != 5 {
        line.labelled("sFlow version ", version);
        line.text(" packet not supported");
        return Some(());
    }
    line.text("sFlowv5, ");
    let agent = sflow.agent()?;
    line.text(if agent.is_ipv4() { "IPv4 agent " } else { "IPv6 agent " });
    line.address(agent);
    line.labelled(", agent-id ", sflow.agent_id()?);
    line.labelled(", length ", claimed);
    Some(())
}
