//! All `unsafe` code: memory maps, `TPACKET_V3` layouts, sockets, direct file I/O. Holds no policy.
