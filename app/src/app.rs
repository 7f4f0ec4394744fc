//! The root component: contexts, frame, the screen of the address.

use crate::shell::Shell;
use crate::{bridge, screens, state};
use leptos::prelude::*;

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    state::provide();
    bridge::provide();
    screens::provide_import();
    view! { <Shell/> }
}
