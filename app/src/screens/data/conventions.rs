//! How numbers and dates of the file are written, and what its lines mean.

use super::draft::Draft;
use super::mapping_table::change;
use super::questions::asked;
use crate::i18n::messages::data;
use crate::i18n::tr;
use crate::ui::{Checkbox, Choice, Select};
use engine::dataset::{DuplicateRule, TableId};
use engine::import::{DateOrder, DecimalMark, Mapping};
use leptos::prelude::*;

#[component]
pub(super) fn Conventions(draft: RwSignal<Option<Draft>>) -> impl IntoView {
    let mark = read(draft, |mapping| mapping.decimal_mark);
    let order = read(draft, |mapping| mapping.date_order);
    let number_example =
        move || draft.with(|draft| draft.as_ref()?.number_example().map(str::to_owned));
    let date_example =
        move || draft.with(|draft| draft.as_ref()?.date_example().map(str::to_owned));
    let unless_asked = |example: Option<String>| {
        tr(if example.is_some() {
            data::MARK_UNDECLARED
        } else {
            data::UNAMBIGUOUS
        })
        .to_owned()
    };
    let no_mark = Signal::derive(move || unless_asked(number_example()));
    let no_order = Signal::derive(move || unless_asked(date_example()));
    let marks = vec![
        Choice::new(DecimalMark::Undeclared, no_mark),
        Choice::new(DecimalMark::Point, data::MARK_POINT),
        Choice::new(DecimalMark::Comma, data::MARK_COMMA),
    ];
    let orders = vec![
        Choice::new(DateOrder::Undeclared, no_order),
        Choice::new(DateOrder::DayFirst, data::DAY_FIRST),
        Choice::new(DateOrder::MonthFirst, data::MONTH_FIRST),
        Choice::new(DateOrder::Serial1900, data::SERIAL_1900),
        Choice::new(DateOrder::Serial1904, data::SERIAL_1904),
    ];
    view! {
        <Select
            label=Signal::derive(move || {
                asked(data::DECIMAL_MARK, data::DECIMAL_EXAMPLE, number_example())
            })
            choices=Signal::stored(marks)
            value=Signal::derive(move || mark.get().unwrap_or_default())
            on_change=move |mark| change(draft, |draft| draft.mapping.decimal_mark = mark)
        />
        <Select
            label=Signal::derive(move || {
                asked(data::DATE_ORDER, data::DATE_EXAMPLE, date_example())
            })
            choices=Signal::stored(orders)
            value=Signal::derive(move || order.get().unwrap_or_default())
            on_change=move |order| change(draft, |draft| draft.mapping.date_order = order)
        />
        <LineRules draft/>
    }
}

/// What happens to lines that share a key, are negative or have no price.
#[component]
fn LineRules(draft: RwSignal<Option<Draft>>) -> impl IntoView {
    let sums = read(draft, |mapping| mapping.duplicates == DuplicateRule::Sum);
    let returns = read(draft, |mapping| mapping.routing.returns_negative);
    let aside = read(draft, |mapping| mapping.routing.set_aside_unpriced);
    let priced = read(draft, |mapping| mapping.revenue_from_price);
    let is_sales = read(draft, |mapping| mapping.table == TableId::Demand);
    let on = |flag: Memo<Option<bool>>| Signal::derive(move || flag.get() == Some(true));
    view! {
        <Checkbox
            label=data::SUM_DUPLICATES
            checked=on(sums)
            on_change=move |now| change(draft, |draft| draft.set_summing(now))
        />
        <Show when=move || is_sales.get() == Some(true)>
            <Checkbox
                label=data::RETURNS_NEGATIVE
                checked=on(returns)
                on_change=move |now| {
                    change(draft, |draft| draft.mapping.routing.returns_negative = now)
                }
            />
            <Checkbox
                label=data::ASIDE_UNPRICED
                checked=on(aside)
                on_change=move |now| {
                    change(draft, |draft| draft.mapping.routing.set_aside_unpriced = now)
                }
            />
            <Checkbox
                label=data::REVENUE_FROM_PRICE
                checked=on(priced)
                on_change=move |now| change(draft, |draft| draft.mapping.revenue_from_price = now)
            />
        </Show>
    }
}

fn read<T: PartialEq + Send + Sync + 'static>(
    draft: RwSignal<Option<Draft>>,
    of: fn(&Mapping) -> T,
) -> Memo<Option<T>> {
    Memo::new(move |_| draft.with(|draft| draft.as_ref().map(|draft| of(&draft.mapping))))
}
