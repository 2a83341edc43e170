//! Prepares what is embedded into the program: the migrations, and the page to try the API.

use std::path::Path;
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

fn main() -> io::Result<()> {
    // Cargo builds again when a migration is added.
    println!("cargo::rerun-if-changed=migrations");
    println!("cargo::rerun-if-changed=build.rs");
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    lay_out_page(Path::new(PAGE), &Path::new(&out).join("graphiql"))
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
