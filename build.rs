//! Prepares what is embedded into the program: the migrations, the page to try the API, and the
//! dashboard.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Where the page is, with the npm packages it is made of when `ops/setup` has installed them.
const PAGE: &str = "src/web/graphiql";
/// The files of those packages that the page loads.
const PACKAGED: [&str; 5] = [
    "react/umd/react.production.min.js",
    "react-dom/umd/react-dom.production.min.js",
    "graphql-ws/umd/graphql-ws.min.js",
    "graphiql/graphiql.min.js",
    "graphiql/graphiql.min.css",
];

/// The dashboard, and what `ops/setup` has built of it.
const DASHBOARD: &str = "src/dashboard";
/// The page that says how to get it.
const NO_DASHBOARD: &str = "src/web/dashboard/missing.html";

fn main() -> io::Result<()> {
    // Cargo builds again when a migration is added.
    println!("cargo::rerun-if-changed=migrations");
    println!("cargo::rerun-if-changed=build.rs");
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let out = Path::new(&out);
    lay_out_page(Path::new(PAGE), &out.join("graphiql"))?;
    list_dashboard(Path::new(DASHBOARD), &out.join("dashboard.rs"))
}

/// Copies the page and what it loads; without the packages, a page that says how to get them.
fn lay_out_page(page: &Path, out: &Path) -> io::Result<()> {
    let packages = page.join("node_modules");
    // npm writes this file last.
    let installed = packages.join(".package-lock.json");
    let is_installed = installed.exists();
    // A folder is watched with all that is in it, so not while thousands of files are.
    let watched = if is_installed { installed.as_path() } else { page };
    println!("cargo::rerun-if-changed={}", watched.display());

    fs::create_dir_all(out)?;
    let html = page.join(if is_installed { "page.html" } else { "missing.html" });
    println!("cargo::rerun-if-changed={}", html.display());
    fs::copy(html, out.join("page.html"))?;
    for file in PACKAGED.map(Path::new) {
        let Some(name) = file.file_name() else { continue };
        match is_installed {
            true => fs::copy(packages.join(file), out.join(name)).map(drop)?,
            false => fs::write(out.join(name), "")?,
        }
    }
    Ok(())
}

/// Writes the list of the dashboard's files, as a Rust expression; where it has not been built, the
/// list has one page that says how to get it.
fn list_dashboard(folder: &Path, list: &Path) -> io::Result<()> {
    let built = folder.join("dist");
    let is_built = built.join("index.html").exists();
    // As long as it is not built, the whole folder is watched for it.
    let watched = if is_built { built.as_path() } else { folder };
    println!("cargo::rerun-if-changed={}", watched.display());
    let mut files = Vec::new();
    match is_built {
        true => find_files(&built, &built, &mut files)?,
        false => files.push(("index.html".to_owned(), PathBuf::from(NO_DASHBOARD))),
    }
    files.sort();
    let mut text = String::from("&[\n");
    for (name, path) in files {
        let path = path.canonicalize()?;
        let _ = writeln!(text, "    (\"{name}\", include_bytes!({path:?})),");
    }
    text.push_str("]\n");
    fs::write(list, text)
}

/// The files in a folder and below, each with its path from the top, by `/`.
fn find_files(top: &Path, folder: &Path, found: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find_files(top, &path, found)?;
            continue;
        }
        let name = path.strip_prefix(top).map_err(io::Error::other)?;
        let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
        found.push((parts.join("/"), path));
    }
    Ok(())
}
