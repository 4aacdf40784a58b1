//! Any text: the compiler answers with a filter, or with an error whose place lies in the text.

use super::filters::Input;
use crate::filter::{NoNames, compile};

pub(super) fn run(bytes: &[u8]) {
    let Input { text, options, .. } = Input::new(bytes);
    match compile(&text, &options, &NoNames) {
        Ok(filter) => assert!(!filter.hir().to_string().is_empty()),
        Err(error) => {
            assert!(text.get(error.span.start..error.span.end).is_some(), "{text:?}: {:?}", error.span);
            assert_eq!(error.to_string().lines().count(), 3, "{text:?}: {error}");
        }
    }
}
