//! What the messages of `OpenFlow` 1.3 hold, as far as they have no lists of matches, actions and instructions.

use crate::decode::Payload;
use crate::decode::message::part;

part! {
    /// A port of a switch.
    Port {
        /// Its number; from 0xffffff00 on those of virtual ports.
        number: u32 = 0,
        /// Its hardware address.
        address: [u8; 6] = 8,
        /// Its name, with zeros behind.
        name: [u8; 16] = 16,
        /// What it is told to do, bit by bit.
        config: u32 = 32,
        /// Its state: 1 the link is down, 2 blocked, 4 live.
        state: u32 = 36,
        /// What it does, bit by bit.
        current: u32 = 40,
        /// What it says that it can do.
        advertised: u32 = 44,
        /// What it can do.
        supported: u32 = 48,
        /// What its peer says that it can do.
        peer: u32 = 52,
        /// Its speed in kbit/s.
        current_speed: u32 = 56,
        /// The most that it can do.
        max_speed: u32 = 60,
    }
}

part! {
    /// What a switch is and can do.
    Features {
        /// The identifier of the switch.
        datapath: u64 = 0,
        /// How many packets it keeps.
        buffers: u32 = 8,
        /// How many tables it has.
        tables: u8 = 12,
        /// Which of several connections this is.
        auxiliary: u8 = 13,
        /// What it can do, bit by bit.
        capabilities: u32 = 16,
        /// Not used.
        reserved: u32 = 20,
    }
}

part! {
    /// How a table is changed.
    TableMod {
        /// The table; 255 all.
        table: u8 = 0,
        /// What it is told to do.
        config: u32 = 4,
    }
}

part! {
    /// What role a controller has.
    Role {
        /// 0 as it was, 1 equal, 2 master, 3 slave.
        role: u32 = 0,
        /// Which election this is.
        generation: u64 = 8,
    }
}

part! {
    /// What a controller wants to be told, as master or equal, and as slave.
    Async {
        /// Reasons for packets, bit by bit.
        packets: u32 = 0,
        /// The same as slave.
        packets_as_slave: u32 = 4,
        /// Changes of ports.
        ports: u32 = 8,
        /// The same as slave.
        ports_as_slave: u32 = 12,
        /// Ends of flows.
        flows: u32 = 16,
        /// The same as slave.
        flows_as_slave: u32 = 20,
    }
}

part! {
    /// How a port is changed.
    PortMod {
        /// Its number.
        number: u32 = 0,
        /// Its hardware address.
        address: [u8; 6] = 8,
        /// What it is told to do.
        config: u32 = 16,
        /// The bits that count of this.
        mask: u32 = 20,
        /// What it shall say that it can do.
        advertise: u32 = 24,
    }
}

part! {
    /// An element of a hello.
    HelloElement {
        /// The type: 1 versions.
        kind: u16 = 0,
        /// Bytes of the element.
        length: u16 = 2,
        /// The versions that its sender speaks, bit by bit.
        versions: u32 = 4,
    }
}

impl HelloElement<'_> {
    /// Bytes of type and length.
    pub const HEADER_LEN: usize = 4;
}

part! {
    /// A message of an experimenter.
    Experimenter {
        /// Who.
        experimenter: u32 = 0,
        /// What the experimenter calls it.
        kind: u32 = 4,
    }
}

impl<'a> Experimenter<'a> {
    /// What is behind the type.
    pub fn data(&self) -> Payload<'a> {
        self.whole().skip(8)
    }
}

part! {
    /// A request for the queues of a port.
    QueueRequest {
        /// The port.
        port: u32 = 0,
    }
}
