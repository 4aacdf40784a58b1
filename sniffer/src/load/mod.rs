//! Generated code and the prebuilt object become loaded programs and maps. Knows no filter source text.
#![forbid(unsafe_code)]
