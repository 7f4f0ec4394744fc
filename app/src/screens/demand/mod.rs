//! The Demand screen: navigators, history and forecast, the plan of the next weeks, model and health.

mod accuracy;
mod bars;
mod chart_panel;
mod classes;
mod days;
mod desk;
mod draft;
mod editor;
mod empty;
mod explained;
mod export;
mod factors;
mod hand;
mod heads;
mod history;
mod ladder;
mod misses;
mod model;
mod models;
mod moving;
mod navigator;
mod new_items;
mod orders;
mod outliers;
mod parts;
mod plan_table;
mod prices;
mod replayed;
mod rungs;
mod selection;
mod side;
mod signals;
mod stockouts;
mod strip;
mod tree;
mod versions;

use crate::i18n::messages::{demand, shell};
use crate::i18n::t;
use crate::ui::{FourStates, ViewState};
use desk::Desk;
use leptos::prelude::*;
use selection::Tab;

/// The screen for the table of screens.
pub fn screen() -> AnyView {
    view! { <Demand/> }.into_any()
}

#[component]
fn Demand() -> impl IntoView {
    let desk = Desk::open();
    let state = desk.state;
    let is_forecast = Memo::new(move |_| desk.selection.with(|now| now.tab == Tab::Forecast));
    let is_accuracy = Memo::new(move |_| desk.selection.with(|now| now.tab == Tab::Accuracy));
    let is_done = move || state.get() == ViewState::Done;
    let busy = move || if desk.is_behind() { "true" } else { "false" };
    view! {
        <header class="page-title" class:only-heard=is_done>
            <h1 class="title">{t(shell::DEMAND)}</h1>
        </header>
        <FourStates
            state
            empty=move || view! { <empty::NoDemand/> }
            on_retry=move |()| desk.retry()
            unaffected=demand::UNAFFECTED
        >
            <div class="demand">
                <navigator::Navigators desk/>
                <div class="demand-main" aria-busy=busy>
                    <chart_panel::ChartPanel desk/>
                    {move || is_accuracy.get().then(|| view! { <ladder::LadderPanel desk/> <misses::MissesPanel desk/> <versions::VersionsPanel desk/> })}
                    <plan_table::PlanTable desk/>
                    {move || is_forecast.get().then(|| view! { <parts::PartsPanel desk/> <models::ModelsPanel desk/> })}
                </div>
                <div class="demand-side">
                    <side::ModelPanel desk/>
                    <side::HealthPanel desk/>
                </div>
            </div>
        </FourStates>
    }
}
