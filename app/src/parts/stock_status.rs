//! The six stock statuses: word, shape and colour.

use crate::i18n::messages::kit;
use crate::i18n::{Msg, t};
use crate::ui::{Shape, ShapeView};
use engine::replenish::StockStatus;
use leptos::prelude::*;

/// The status with an id of the engine.
pub fn status_of(id: &str) -> Option<StockStatus> {
    StockStatus::ALL
        .into_iter()
        .find(|status| status.as_str() == id)
}

/// The word of a status.
pub fn status_label(status: StockStatus) -> Msg {
    match status {
        StockStatus::StockedOut => kit::STOCKED_OUT,
        StockStatus::PotentialStockOut => kit::POTENTIAL_STOCK_OUT,
        StockStatus::SurplusOrders => kit::SURPLUS_ORDERS,
        StockStatus::Excess => kit::EXCESS,
        StockStatus::New => kit::NEW,
        StockStatus::Ok => kit::OK,
    }
}

fn shape(status: StockStatus) -> Shape {
    match status {
        StockStatus::StockedOut => Shape::CrossedSquare,
        StockStatus::PotentialStockOut => Shape::Triangle,
        StockStatus::SurplusOrders => Shape::Diamond,
        StockStatus::Excess => Shape::Bars,
        StockStatus::New => Shape::Ring,
        StockStatus::Ok => Shape::Disc,
    }
}

/// Shape and word in the colour of the status.
#[component]
pub fn StatusWord(status: StockStatus) -> impl IntoView {
    view! {
        <span class="status" data-status=status.as_str()>
            <ShapeView shape=shape(status)/>
            <span>{t(status_label(status))}</span>
        </span>
    }
}
