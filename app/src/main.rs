//! Ballast.

use leptos::prelude::*;

fn main() {
    mount_to_body(|| view! { <main></main> });
}
