# shellcheck shell=bash
# What the scripts of this folder share. Sourced, never run.

# Everything runs from the top of the repository.
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
die() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# The oldest compiler that Cargo.toml promises to work, such as 1.95.
rust_wanted() { sed -n 's/^rust-version = "\([0-9.]*\)".*/\1/p' Cargo.toml | head -n 1; }

# Makes `cargo` run with a compiler that is new enough. rustup wants to fetch the pinned toolchain;
# where its servers cannot be reached, a default toolchain that is new enough does as well.
use_rust() {
  # rustup's installer puts its programs here and leaves the PATH of open shells as it was.
  export PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"
  have cargo || die "cargo is missing; install Rust with rustup (https://rustup.rs) and run this again"
  cargo --version >/dev/null 2>&1 || {
    say "the toolchain pinned in rust-toolchain.toml is not installed and cannot be fetched; using stable"
    export RUSTUP_TOOLCHAIN=stable
  }
  local wanted found
  wanted=$(rust_wanted)
  found=$(rustc --version 2>/dev/null | cut -d ' ' -f 2)
  [ -n "$found" ] || die "rustc does not run; try: rustup toolchain install $wanted"
  printf '%s\n%s\n' "$wanted" "$found" | sort --check --version-sort 2>/dev/null ||
    die "rustc is $found and must be at least $wanted; run: rustup update"
}
