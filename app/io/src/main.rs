//! Entry point of the import and export worker.

fn main() {
    #[cfg(target_arch = "wasm32")]
    ballast_io::worker::start();
}
