//! The lines of every case in every form, kept in `testdata/golden`: what no other program prints, JSON above all, stays as
//! it is unless somebody wants it to change. `UPDATE_GOLDEN=1 cargo test --lib golden` writes the files anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use super::{Case, lines};
use crate::decode::decode_as;
use crate::print::{Json, Lines as _, Numbers};

const FLAGS: &[&str] = &["-n", "-nv", "-ne", "-nx"];

#[test]
fn golden_files_hold_what_is_printed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/golden");
    let is_updating = env::var_os("UPDATE_GOLDEN").is_some();
    let mut unknown: BTreeSet<_> = fs::read_dir(&folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a plain name"))
        .collect();
    let mut differences = Vec::new();
    for case in lines::cases() {
        let (name, printed) = (file_name(case.name), printed(&case));
        let is_equal = fs::read_to_string(folder.join(&name)).is_ok_and(|golden| golden == printed);
        if is_updating && !is_equal {
            fs::write(folder.join(&name), &printed).expect("the folder is writable");
        } else if !is_equal {
            differences.push(format!("{name} should be:\n{printed}"));
        }
        unknown.remove(&name);
    }
    if is_updating {
        for name in std::mem::take(&mut unknown) {
            fs::remove_file(folder.join(name)).expect("the folder is writable");
        }
    }
    assert!(unknown.is_empty(), "no case has these: {unknown:?}");
    assert!(differences.is_empty(), "UPDATE_GOLDEN=1 takes this:\n{}", differences.join("\n"));
}

/// The name of a case with nothing but letters, digits and hyphens.
fn file_name(case: &str) -> String {
    let words: Vec<_> =
        case.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.join("-") + ".txt"
}

/// Each form under its options.
fn printed(case: &Case) -> String {
    let mut text = String::new();
    for flags in FLAGS {
        let lines = case.print(flags).join("\n");
        writeln!(text, "# {flags}\n{lines}\n").expect("a string takes everything");
    }
    let mut json = Json::new(false, Box::new(Numbers)).of_type(case.forced());
    let mut out = Vec::new();
    for bytes in &case.frames {
        let frame = case.frame(bytes);
        json.line(&frame, &decode_as(&frame, case.forced()), &mut out);
    }
    text + "# --json\n" + str::from_utf8(&out).expect("JSON is UTF-8")
}
