//! The screens that arrive on first use, in modules of their own; what these share is one more.
//!
//! Nobody else names them: what the main module can reach by another way stays in it. The split functions only
//! give pointers, so that a screen is built where it is shown.

use crate::i18n::messages::shell;
use crate::i18n::{Msg, fill, t, tr};
use crate::ui::{ErrorState, LoadingSkeleton};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// What builds a screen.
type Screen = fn() -> AnyView;
type Fetched = Result<Screen, SplitLoaderError>;
type Fetch = fn() -> Pin<Box<dyn Future<Output = Fetched>>>;

/// The view of each screen for the table of screens, and the module it stands in.
macro_rules! lazy_screens {
    ($($name:ident in $module:ident: $title:expr;)*) => {
        $(pub fn $name() -> AnyView {
            #[wasm_split($module, wasm_split_path = leptos::wasm_split, fallible)]
            fn $name() -> Fetched {
                Ok(super::$name::screen)
            }
            arriving($title, || Box::pin($name()))
        })*
    };
}

lazy_screens! {
    demand in demand: shell::DEMAND;
    replenish in others: shell::REPLENISH;
    data in others: shell::DATA;
    settings in others: shell::SETTINGS;
}

/// Where the module of a screen is.
#[derive(Clone, Copy)]
enum Arrival {
    OnItsWay,
    Here(Screen),
    Failed,
}

impl From<Fetched> for Arrival {
    fn from(fetched: Fetched) -> Self {
        fetched.map_or(Self::Failed, Self::Here)
    }
}

/// The screen once its module is here; until then its title, and whether it comes.
fn arriving(title: Msg, fetch: Fetch) -> AnyView {
    let arrival = RwSignal::new(Arrival::OnItsWay);
    let ask = move || {
        let mut fetched = fetch();
        // A module that is here already makes nobody wait, not even for a frame.
        match fetched
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Ready(fetched) => arrival.set(fetched.into()),
            Poll::Pending => {
                arrival.set(Arrival::OnItsWay);
                spawn_local(async move {
                    // By then another screen may be shown.
                    arrival.try_set(fetched.await.into());
                });
            }
        }
    };
    ask();
    let view = move || match arrival.get() {
        Arrival::Here(screen) => screen(),
        Arrival::OnItsWay => {
            view! { <Waiting title><LoadingSkeleton rows=6/></Waiting> }.into_any()
        }
        Arrival::Failed => {
            let failure = move || fill(shell::SCREEN_AWAY, &[("screen", tr(title))]);
            view! {
                <Waiting title>
                    <ErrorState
                        title=Signal::derive(failure)
                        body=shell::SCREEN_AWAY_BODY
                        on_retry=move |()| ask()
                    />
                </Waiting>
            }
            .into_any()
        }
    };
    view.into_any()
}

#[component]
fn Waiting(title: Msg, children: Children) -> impl IntoView {
    view! {
        <header class="page-title">
            <h1 class="title">{t(title)}</h1>
        </header>
        {children()}
    }
}
