//! The import and export worker.

fn main() {}
