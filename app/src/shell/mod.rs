//! The frame: rail, header, the screen of the address, notices, shortcuts.

mod badges;
mod header;
mod help;
mod language;
mod palette;
mod rail;
mod shortcuts;
mod update;

use crate::i18n::messages::shell;
use crate::i18n::{fill, t, tr};
use crate::routes::Screen;
use crate::state::Router;
use crate::ui::Toaster;
use header::Header;
use help::Help;
use leptos::html;
use leptos::prelude::*;
use palette::Palette;
use rail::{BottomBar, Rail};
use update::Update;

/// The frame with the current screen in it.
#[component]
pub(crate) fn Shell() -> impl IntoView {
    let router = Router::here();
    let screen = router.screen();
    let page = NodeRef::<html::Main>::new();
    shortcuts::listen();
    title_follows(screen);
    focus_follows(screen, page);
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        focus_page(page);
    };
    view! {
        <a class="skip" href="#page" on:click=skip>{t(shell::SKIP)}</a>
        <div class="shell">
            <Rail screen/>
            <Header/>
            <main id="page" class="page" tabindex="-1" node_ref=page>
                <Update/>
                {move || (screen.get().def().view)()}
            </main>
            <BottomBar screen/>
        </div>
        <Palette/>
        <Help/>
        <Toaster/>
    }
}

fn title_follows(screen: Memo<Screen>) {
    Effect::new(move || {
        let name = tr(screen.get().def().title);
        document().set_title(&fill(shell::PAGE_TITLE, &[("screen", name)]));
    });
}

/// A new screen starts at its top with the focus on it, so that reading continues there.
fn focus_follows(screen: Memo<Screen>, page: NodeRef<html::Main>) {
    Effect::new(move |before: Option<Screen>| {
        let now = screen.get();
        if before.is_some_and(|before| before != now) {
            focus_page(page);
        }
        now
    });
}

fn focus_page(page: NodeRef<html::Main>) {
    if let Some(page) = page.get_untracked() {
        page.set_scroll_top(0);
        crate::ui::focus(&page);
    }
}
