//! Starts the user interface in the page.

fn main() {
    app::start();
}
