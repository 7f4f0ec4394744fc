//! The search and command palette of the app: places, actions, what the search source finds.

use crate::i18n::messages::{kpi, shell};
use crate::i18n::{Language, by_id, fill, language, tr};
use crate::routes::{Place, Route, SCREENS, Screen};
use crate::screens::home::TILES;
use crate::state::{Command, Commands, Found, Router, Session, Theme};
use crate::ui::{CommandPalette, Icon, PaletteItem, match_score, ranked};
use leptos::prelude::*;

const LINES_MAX: usize = 12;
/// Lines kept for what the search found.
const FOUND_MIN: usize = 6;

#[component]
pub(super) fn Palette() -> impl IntoView {
    let (router, commands, session) = (Router::here(), Commands::here(), Session::here());
    let query = RwSignal::new(String::new());
    let found = commands.results(query);
    let items = Signal::derive(move || {
        let text = query.get();
        let mut items = places(router);
        items.extend(actions(commands, session));
        if !text.trim().is_empty() {
            items.extend(metrics(router));
        }
        let mut ranked = matching(&text, items);
        let found = found.get();
        // What was looked for by its name is not pushed out by what merely looks alike.
        ranked.truncate(LINES_MAX - found.len().min(FOUND_MIN));
        let rest = LINES_MAX - ranked.len();
        let found = found.into_iter().take(rest);
        ranked.extend(found.map(|found| found_item(router, found)));
        ranked
    });
    view! {
        <CommandPalette
            open=commands.palette_open
            query
            items
            label=shell::KEY_SEARCH
            placeholder=shell::SEARCH
        />
    }
}

fn places(router: Router) -> Vec<PaletteItem> {
    SCREENS
        .iter()
        .filter(|def| def.place != Place::Hidden)
        .map(|def| {
            let screen = def.screen;
            let key = match def.place {
                Place::Rail { key, .. } => key.to_string(),
                Place::Under(_) | Place::Hidden => String::new(),
            };
            PaletteItem {
                group: tr(shell::GROUP_PLACES).to_owned(),
                title: fill(shell::GO_TO, &[("screen", tr(def.title))]),
                detail: String::new(),
                icon: def.icon,
                keys: key,
                run: Callback::new(move |()| router.open(screen)),
            }
        })
        .collect()
}

fn actions(commands: Commands, session: Session) -> Vec<PaletteItem> {
    let item = |title: String, icon, keys: &str, run| PaletteItem {
        group: tr(shell::GROUP_ACTIONS).to_owned(),
        title,
        detail: String::new(),
        icon,
        keys: keys.to_owned(),
        run,
    };
    let mut items: Vec<_> = commands
        .list()
        .into_iter()
        .map(
            |Command {
                 title,
                 icon,
                 keys,
                 run,
             }| item(title.get(), icon, keys, run),
        )
        .collect();
    let (theme, title, icon) = match session.is_dark() {
        true => (Theme::Light, shell::LIGHT_THEME, Icon::Sun),
        false => (Theme::Dark, shell::DARK_THEME, Icon::Moon),
    };
    let other = match language() {
        Language::Zh => Language::En,
        Language::En => Language::Zh,
    };
    let help = Callback::new(move |()| commands.help_open.set(true));
    items.push(item(
        tr(title).to_owned(),
        icon,
        "",
        Callback::new(move |()| session.theme.set(theme)),
    ));
    let switch = Callback::new(move |()| session.speak(other));
    items.push(item(
        tr(shell::SWITCH_LANGUAGE).to_owned(),
        Icon::Share,
        "",
        switch,
    ));
    items.push(item(
        tr(shell::SHORTCUTS).to_owned(),
        Icon::Keyboard,
        "?",
        help,
    ));
    items
}

fn metrics(router: Router) -> impl Iterator<Item = PaletteItem> {
    let names = TILES.iter().filter_map(|id| by_id(kpi::ALL, id));
    names.map(move |name| PaletteItem {
        group: tr(shell::GROUP_METRICS).to_owned(),
        title: tr(name).to_owned(),
        detail: tr(shell::HOME).to_owned(),
        icon: Icon::Home,
        keys: String::new(),
        run: Callback::new(move |()| router.open(Screen::Home)),
    })
}

fn found_item(router: Router, found: Found) -> PaletteItem {
    PaletteItem {
        group: tr(shell::GROUP_FOUND).to_owned(),
        title: found.title,
        detail: found.detail,
        icon: Icon::Box,
        keys: String::new(),
        run: Callback::new(move |()| {
            if let Some(route) = Route::parse(&found.href) {
                router.go(route);
            }
        }),
    }
}

/// The items that match, groups kept together in their order, best match first inside a group.
fn matching(query: &str, items: Vec<PaletteItem>) -> Vec<PaletteItem> {
    let mut groups: Vec<String> = Vec::new();
    let mut scored: Vec<(usize, u32, PaletteItem)> = Vec::new();
    for item in items {
        if let Some(score) = match_score(query, &item.title) {
            let known = groups.iter().position(|group| *group == item.group);
            let group = known.unwrap_or_else(|| {
                groups.push(item.group.clone());
                groups.len() - 1
            });
            scored.push((group, score, item));
        }
    }
    let sorted = ranked(scored, |a, b| (a.0, b.1) < (b.0, a.1));
    sorted.into_iter().map(|(_, _, item)| item).collect()
}
