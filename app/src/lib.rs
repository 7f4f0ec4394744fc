//! Ballast's user interface: a Leptos app that asks the workers for figures and draws them.
//!
//! `ui` and `charts` know no domain type; `screens` and `parts` put the engine's results into them;
//! `state` holds what the interface itself remembers. See ARCHITECTURE.md, section "app".
#![allow(
    missing_docs,
    reason = "full documentation is the rule of the engine; here the first line of an item suffices"
)]

mod app;
mod boot;
pub mod bridge;
pub mod charts;
pub mod i18n;
pub mod parts;
pub mod routes;
pub mod screens;
mod shell;
pub mod state;
pub mod ui;

/// Mounts the app; the mark tells the budgets when the frame can be used.
pub fn start() {
    leptos::mount::mount_to_body(app::App);
    let performance = web_sys::window().and_then(|window| window.performance());
    if let Some(Err(_)) = performance.map(|performance| performance.mark("app-ready")) {
        leptos::logging::warn!("this browser keeps no performance marks");
    }
}
