//! Entry point of the engine worker.

fn main() {
    worker::role::start();
}
