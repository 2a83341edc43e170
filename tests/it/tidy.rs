//! The house rules that a compiler cannot check, checked on the text of the sources.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Lines of a source file, tests included.
const FILE_LINES_MAX: usize = 600;
/// Lines of a function, from `fn` to its closing brace.
const FUNCTION_LINES_MAX: usize = 70;

/// What may lie at the top. Everything else has a place inside one of these.
const TOP: &[&str] = &[
    ".ci",
    ".gitattributes",
    ".gitignore",
    "ARCHITECTURE.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "adapters",
    "build.rs",
    "clippy.toml",
    "deny.toml",
    "migrations",
    "ops",
    "rust-toolchain.toml",
    "rustfmt.toml",
    "schema",
    "src",
    "tests",
];

/// Words of unfinished or silenced work. Split, so that this list does not find itself.
const BANNED: &[&str] = &[
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
    concat!("FIX", "ME"),
    concat!("#[", "ignore"),
    concat!("#[", "allow("),
    concat!("#![", "allow("),
];

/// Where (a path, or a folder with `/` at its end), what must not stand there, and why.
const IMPORT_RULES: &[(&str, &[&str], &str)] = &[
    ("src/graphql/", &["World", "domain::world"], "GraphQL is handed a View, never the World"),
    ("src/web/", &["World", "domain::world"], "the web server is handed a View, never the World"),
    ("adapters/", &["muster::"], "adapters know nothing but the contract"),
];

/// A file of the repository.
struct Source {
    /// Its path from the top, with `/`.
    path: String,
    text: String,
}

#[test]
fn files_and_functions_are_short() {
    let mut long = String::new();
    for Source { path, text } in rust_sources() {
        let lines = text.lines().count();
        if lines > FILE_LINES_MAX {
            writeln!(long, "{path} has {lines} lines and may have {FILE_LINES_MAX}").unwrap();
        }
        for (line, name, lines) in functions(&text) {
            if lines > FUNCTION_LINES_MAX {
                let most = FUNCTION_LINES_MAX;
                writeln!(long, "{path}:{line}: `{name}` has {lines} lines and may have {most}")
                    .unwrap();
            }
        }
    }
    assert_eq!(long, "");
}

#[test]
fn nothing_unfinished_or_silenced_is_in_the_sources() {
    let mut found = String::new();
    for Source { path, text } in rust_sources() {
        for (number, line) in numbered(&text) {
            for word in BANNED.iter().filter(|word| line.contains(**word)) {
                writeln!(found, "{path}:{number}: {word}").unwrap();
            }
        }
    }
    assert_eq!(found, "");
}

#[test]
fn the_domain_imports_no_other_module() {
    let mut found = String::new();
    for Source { path, text } in sources_under("src/domain/") {
        for (number, line) in numbered(&text) {
            let mut others =
                line.match_indices("crate::").map(|(at, name)| &line[at + name.len()..]);
            if others.any(|rest| !rest.starts_with("domain")) {
                writeln!(found, "{path}:{number}: {line}").unwrap();
            }
        }
    }
    assert_eq!(found, "");
}

#[test]
fn nobody_but_the_command_line_imports_the_web_server() {
    let mut found = String::new();
    for Source { path, text } in sources_under("src/") {
        // The command line is main.rs and, if it has grown, the folder of its subcommands.
        let may = path == "src/main.rs" || path == "src/lib.rs";
        if may || path.starts_with("src/web/") || path.starts_with("src/cli/") {
            continue;
        }
        for (number, line) in numbered(&text).filter(|(_, line)| line.contains("crate::web")) {
            writeln!(found, "{path}:{number}: {line}").unwrap();
        }
    }
    assert_eq!(found, "");
}

#[test]
fn imports_keep_to_the_architecture() {
    let mut found = String::new();
    for (place, words, why) in IMPORT_RULES {
        for Source { path, text } in sources_under(place) {
            for (number, line) in numbered(&text) {
                if words.iter().any(|word| has_word(line, word)) {
                    writeln!(found, "{path}:{number}: {line} ({why})").unwrap();
                }
            }
        }
    }
    assert_eq!(found, "");
}

#[test]
fn adapters_depend_on_no_part_of_muster_but_the_contract() {
    let mut found = String::new();
    for path in tracked().into_iter().filter(|path| path.starts_with("adapters/")) {
        if !path.ends_with("/Cargo.toml") {
            continue;
        }
        let text = read(&path);
        let normal = text.split("[dev-dependencies]").next().unwrap();
        for line in normal.lines().filter(|line| line.starts_with("muster")) {
            // Web push posts by the same guarded client as webhooks.
            let guarded =
                path == "adapters/webpush/Cargo.toml" && line.starts_with("muster-webhook");
            if !line.starts_with("muster-contract") && !guarded {
                writeln!(found, "{path}: {line}").unwrap();
            }
        }
    }
    assert_eq!(found, "");
}

#[test]
fn only_what_belongs_there_lies_at_the_top() {
    let mut strangers: Vec<String> = tracked()
        .iter()
        .map(|path| path.split('/').next().unwrap().to_owned())
        .filter(|entry| !TOP.contains(&entry.as_str()))
        .collect();
    strangers.dedup();
    assert_eq!(strangers, [""; 0]);
}

#[test]
fn every_invariant_names_a_test_that_exists() {
    let architecture = read("ARCHITECTURE.md");
    let (_, rest) = architecture.split_once("## Invariants").expect("a section of invariants");
    let (invariants, _) = rest.split_once("\n## ").expect("a section after it");
    let sources: Vec<String> =
        rust_sources().chain(sources_under("tests/")).map(|source| source.text).collect();
    // A test is named in backticks, with its path where the name alone says too little.
    let named = invariants.split('`').skip(1).step_by(2);
    let tests: Vec<&str> = named
        .map(|name| name.rsplit("::").next().unwrap_or(name))
        .filter(|name| name.matches('_').count() > 2 && !name.contains(['/', '.']))
        .collect();
    assert!(tests.len() >= 11, "the invariants name only {tests:?}");
    for test in tests {
        let heading = format!("fn {test}(");
        assert!(sources.iter().any(|text| text.contains(&heading)), "there is no test `{test}`");
    }
}

#[test]
fn functions_are_counted_from_their_name_to_their_closing_brace() {
    let text = "\
impl A {
    fn short(&self) -> u8 { 1 }

    pub(crate) async fn long(
        &self,
    ) {
        if true {
            self.short();
        }
    }
}
trait B {
    fn declared(&self);
}
";
    let found: Vec<_> = functions(text).collect();
    assert_eq!(found, [(2, "short", 1), (4, "long", 7)]);
}

/// Where each function begins, its name, and its lines. rustfmt closes a function at the column
/// where it begins, so its end is the first line with nothing but a brace there.
fn functions(text: &str) -> impl Iterator<Item = (usize, &str, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    numbered(text).filter_map(move |(number, line)| {
        let name = function_name(line)?;
        let indent = &line[..line.len() - line.trim_start().len()];
        let closing = format!("{indent}}}");
        let from_here = lines[number - 1..].iter().enumerate();
        let mut ends = from_here.filter(|(index, l)| {
            let one_line = *index == 0 && (l.ends_with('}') || l.ends_with(';'));
            one_line || **l == closing || l.starts_with(&format!("{indent})")) && l.ends_with(';')
        });
        let (last, line) = ends.next()?;
        let snapshots = snapshot_lines(&lines[number - 1..number + last]);
        (!line.ends_with(';')).then_some((number, name, last + 1 - snapshots))
    })
}

/// How many of the lines are expected answers inside a test, which are data and no code.
fn snapshot_lines(lines: &[&str]) -> usize {
    let mut inside = false;
    let within = lines.iter().filter(|line| {
        inside = if inside { !closes_snapshot(line) } else { opens_snapshot(line) };
        inside
    });
    within.count()
}

fn opens_snapshot(line: &str) -> bool {
    let opening = line.trim_end_matches(['"', '#', 'r']);
    line.ends_with(['"', '#']) && opening.ends_with('@')
}

fn closes_snapshot(line: &str) -> bool {
    line.trim_start().starts_with('"') && line.trim_start().trim_start_matches(['"', '#']) == ");"
}

/// The name of the function that a line begins.
fn function_name(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("fn ")?;
    let qualifiers = before.split_whitespace().all(|word| {
        matches!(word, "async" | "const" | "unsafe" | "extern")
            || word.starts_with("pub")
            || word.starts_with("in")
            || word.ends_with(')')
    });
    let end = after.find(|c: char| !c.is_alphanumeric() && c != '_')?;
    (qualifiers && end > 0).then(|| &after[..end])
}

/// Whether the word stands in the line on its own, and not as a part of a longer one.
fn has_word(line: &str, word: &str) -> bool {
    let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        !before.is_some_and(part_of_word)
            && (word.ends_with(':') || !after.is_some_and(part_of_word))
    })
}

/// The lines that are not comments, numbered from 1.
fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn rust_sources() -> impl Iterator<Item = Source> {
    sources_under("")
}

fn sources_under(folder: &str) -> impl Iterator<Item = Source> {
    let of_folder = move |path: &String| path.starts_with(folder) && path.ends_with(".rs");
    tracked().into_iter().filter(of_folder).map(|path| Source { text: read(&path), path })
}

fn read(path: &str) -> String {
    std::fs::read_to_string(top().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// Every file that belongs to the repository and is still there, by its path from the top.
fn tracked() -> Vec<String> {
    let args = ["ls-files", "--cached", "--others", "--exclude-standard"];
    let output = Command::new("git").args(args).current_dir(top()).output().expect("git runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let listed = String::from_utf8(output.stdout).unwrap();
    listed.lines().filter(|path| top().join(path).is_file()).map(str::to_owned).collect()
}

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
