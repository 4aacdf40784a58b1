//! A frame taken apart into layers, with the place and the reason where decoding stopped. Knows no text.
#![forbid(unsafe_code)]
