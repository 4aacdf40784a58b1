//! What a machine's console says about its tests.

use std::collections::BTreeSet;
use std::fmt;

use super::qemu::Console;

/// The outcome of one kernel.
#[derive(Default, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    passed: u64,
    failed: u64,
    /// What tests said they left out and why.
    skipped: BTreeSet<String>,
    /// What ended the run before its end, if anything did.
    broken: Option<&'static str>,
}

impl Verdict {
    /// Reads the lines of the test harness, of the tests that skip, and of the first process.
    pub(super) fn of(console: &Console) -> Self {
        let mut verdict = Self::default();
        for line in console.text.lines() {
            if let Some((_, counts)) = line.split_once("test result: ") {
                verdict.passed += count(counts, "passed");
                verdict.failed += count(counts, "failed");
            }
            // The harness writes the name of a test before it runs, so that the line may stand behind it.
            if let Some((_, skipped)) = line.split_once("skipped ") {
                verdict.skipped.insert(skipped.to_owned());
            }
        }
        verdict.broken = broken(console, verdict.passed + verdict.failed);
        verdict
    }

    /// Whether tests ran and all of them passed.
    pub(super) fn passed(&self) -> bool {
        self.failed == 0 && self.broken.is_none()
    }
}

/// Why the run is not a full one. The exit status of qemu tells nothing: a panic leaves it 0.
fn broken(console: &Console, run: u64) -> Option<&'static str> {
    let says = |text| console.text.contains(text);
    match () {
        () if console.hung => Some("it hung"),
        () if says("Kernel panic") => Some("the kernel panicked"),
        () if !says("init: success") && !says("init: failure") => Some("ended before its tests did"),
        () if run == 0 => Some("no test ran"),
        () if says("init: failure") => Some("the first process reports failure"),
        () => None,
    }
}

/// The number before a word in `ok. 3 passed; 0 failed; …`.
fn count(counts: &str, word: &str) -> u64 {
    let fields = counts.split([';', '.']).map(str::trim);
    fields.filter_map(|field| field.strip_suffix(word)?.trim().parse::<u64>().ok()).sum()
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, ", if self.passed() { "ok" } else { "FAILED" })?;
        write!(f, "{} run, {} passed", self.passed + self.failed, self.passed)?;
        if let Some(broken) = self.broken {
            write!(f, ", {broken}")?;
        }
        let skipped: Vec<_> = self.skipped.iter().map(String::as_str).collect();
        match skipped.as_slice() {
            [] => write!(f, ", none skipped"),
            skipped => write!(f, ", {} skipped ({})", skipped.len(), skipped.join("; ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RESULT: &str =
        "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s\n";

    #[track_caller]
    fn check(text: &str, hung: bool, expected: &str) {
        let verdict = Verdict::of(&Console { text: text.to_owned(), hung });
        assert_eq!(verdict.to_string(), expected);
        assert_eq!(verdict.passed(), expected.starts_with("ok"));
    }

    #[test]
    fn a_run_passes_when_tests_ran_and_init_is_content() {
        check(&format!("{RESULT}init: success\n"), false, "ok, 3 run, 3 passed, none skipped");
        let skip = "test traffic::ping ... skipped ping: there is no ping\nok\n";
        check(
            &format!("{skip}{RESULT}{RESULT}init: success\n"),
            false,
            "ok, 6 run, 6 passed, 1 skipped (ping: there is no ping)",
        );
    }

    #[test]
    fn everything_else_fails() {
        let failed = RESULT.replace("ok. 3 passed; 0", "FAILED. 2 passed; 1");
        check(
            &format!("{failed}init: failure\n"),
            false,
            "FAILED, 3 run, 2 passed, the first process reports failure, none skipped",
        );
        check("init: success\n", false, "FAILED, 0 run, 0 passed, no test ran, none skipped");
        check(RESULT, false, "FAILED, 3 run, 3 passed, ended before its tests did, none skipped");
        check(RESULT, true, "FAILED, 3 run, 3 passed, it hung, none skipped");
        check(
            &format!("{RESULT}init: success\nKernel panic - not syncing: Fatal exception\n"),
            false,
            "FAILED, 3 run, 3 passed, the kernel panicked, none skipped",
        );
        check(
            &format!("{RESULT}init: failure\n"),
            false,
            "FAILED, 3 run, 3 passed, the first process reports failure, none skipped",
        );
        check("", false, "FAILED, 0 run, 0 passed, ended before its tests did, none skipped");
    }
}
