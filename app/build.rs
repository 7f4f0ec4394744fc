//! The interface and the engine keep their relocations: `cargo xtask build` splits seldom used code off by them.

fn main() {
    // Of both packages this is the build script; their own manifest is what may change what it says.
    println!("cargo::rerun-if-changed=Cargo.toml");
    if std::env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm") {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
