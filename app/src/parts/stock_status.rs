//! The six stock statuses: word, shape and colour.

use crate::i18n::messages::kit;
use crate::i18n::{Msg, t};
use crate::ui::{Shape, ShapeView};
use leptos::prelude::*;

/// The status of an item at a site; each has exactly one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StockStatus {
    StockedOut,
    PotentialStockOut,
    SurplusOrders,
    Excess,
    New,
    Ok,
}

impl StockStatus {
    /// From shortage to normal, the order of panels and bars.
    pub const ALL: [Self; 6] = [
        Self::StockedOut,
        Self::PotentialStockOut,
        Self::SurplusOrders,
        Self::Excess,
        Self::New,
        Self::Ok,
    ];

    /// The id the engine and the files use.
    pub fn id(self) -> &'static str {
        match self {
            Self::StockedOut => "stocked_out",
            Self::PotentialStockOut => "potential_stock_out",
            Self::SurplusOrders => "surplus_orders",
            Self::Excess => "excess",
            Self::New => "new",
            Self::Ok => "ok",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.id() == id)
    }

    pub fn label(self) -> Msg {
        match self {
            Self::StockedOut => kit::STOCKED_OUT,
            Self::PotentialStockOut => kit::POTENTIAL_STOCK_OUT,
            Self::SurplusOrders => kit::SURPLUS_ORDERS,
            Self::Excess => kit::EXCESS,
            Self::New => kit::NEW,
            Self::Ok => kit::OK,
        }
    }

    pub fn shape(self) -> Shape {
        match self {
            Self::StockedOut => Shape::CrossedSquare,
            Self::PotentialStockOut => Shape::Triangle,
            Self::SurplusOrders => Shape::Diamond,
            Self::Excess => Shape::Bars,
            Self::New => Shape::Ring,
            Self::Ok => Shape::Disc,
        }
    }
}

/// Shape and word in the colour of the status.
#[component]
pub fn StatusWord(status: StockStatus) -> impl IntoView {
    view! {
        <span class="status" data-status=status.id()>
            <ShapeView shape=status.shape()/>
            <span>{t(status.label())}</span>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::StockStatus;

    #[test]
    fn ids_read_back() {
        for status in StockStatus::ALL {
            assert_eq!(StockStatus::from_id(status.id()), Some(status));
        }
    }
}
