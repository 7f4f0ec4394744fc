//! The lines of the list as a file for people: a workbook or a CSV file, in the language of the page.

use super::model::{Wanted, decision};
use super::row::decision_words;
use crate::bridge::Bridge;
use crate::i18n::messages::{export, replenish};
use crate::i18n::{Msg, tr};
use crate::parts::{Exporter, Rows, Sheet, status_label, status_of};
use crate::ui::{Button, ButtonKind, Icon, Popover, close_popovers};
use leptos::prelude::*;
use protocol::io::ExportFormat;
use protocol::view::RowsQuery;
use protocol::{AppError, Code, Column, ColumnData, Response, View, ViewData};

#[component]
pub(super) fn ExportMenu(
    /// What the list shows.
    wanted: impl Fn() -> Wanted + Copy + Send + Sync + 'static,
    #[prop(into)] is_empty: Signal<bool>,
) -> impl IntoView {
    let (job, bridge) = (Exporter::here(), Bridge::here());
    let disabled = Signal::derive(move || job.is_running() || is_empty.get());
    let choice = move |label: Msg, format: ExportFormat| {
        view! {
            <Button
                kind=ButtonKind::Quiet
                label
                disabled
                on_press=move |()| {
                    close_popovers();
                    let name = untrack(|| tr(replenish::SHEET).to_owned());
                    job.start(name, format, listed(bridge, untrack(wanted)));
                }
            />
        }
    };
    view! {
        <Popover label=export::EXPORT icon=Icon::Download>
            <div class="menu">
                {choice(export::WORKBOOK, ExportFormat::Xlsx)}
                {choice(export::CSV, ExportFormat::Csv)}
            </div>
        </Popover>
    }
}

/// The list as a sheet.
async fn listed(bridge: Bridge, wanted: Wanted) -> Result<Vec<Sheet>, AppError> {
    let asked = RowsQuery {
        len: u32::MAX,
        ..wanted.query()
    };
    let answer = bridge.view(View::Rows(asked)).await?;
    let Response::View(data) = answer.response else {
        return Err(Code::BadMessage.into());
    };
    let rows = Rows::of(&data, &answer.bufs);
    let currency = currency(bridge).await?;
    Ok(untrack(|| {
        let name = tr(replenish::SHEET).to_owned();
        let columns = sheet(&rows, &currency);
        vec![Sheet { name, columns }]
    }))
}

async fn currency(bridge: Bridge) -> Result<String, AppError> {
    match bridge.view(View::Kpis).await?.response {
        Response::View(data) => match *data {
            ViewData::Kpis { currency, .. } => Ok(currency),
            _ => Err(Code::BadMessage.into()),
        },
        _ => Err(Code::BadMessage.into()),
    }
}

/// The columns of the sheet, headed in the language of the page. Figures stay numbers.
fn sheet(rows: &Rows, currency: &str) -> Vec<Column> {
    let all = || 0..rows.count();
    let texts = |header: Msg, of: &dyn Fn(usize) -> String| {
        Column::new(tr(header), ColumnData::Text(all().map(of).collect()))
    };
    let figures = |header: String, name: &str, decimals: i32| {
        let scale = 10_f64.powi(decimals);
        let cell = |row| match rows.figure(name, row) {
            Some(value) => (value * scale).round() / scale,
            None => f64::NAN,
        };
        Column::new(&header, ColumnData::F64(all().map(cell).collect()))
    };
    let money = |header: Msg| match currency {
        "" => tr(header).to_owned(),
        currency => format!("{} ({currency})", tr(header)),
    };
    let status = |row| {
        let status = status_of(rows.text("status", row));
        status
            .map_or("", |status| tr(status_label(status)))
            .to_owned()
    };
    vec![
        texts(replenish::OUT_PROPOSAL, &|row| {
            rows.text("proposal", row).to_owned()
        }),
        texts(replenish::OUT_SKU, &|row| rows.text("sku", row).to_owned()),
        texts(replenish::OUT_NAME, &|row| {
            rows.local("name", row).to_owned()
        }),
        texts(replenish::OUT_SITE, &|row| {
            rows.text("warehouse", row).to_owned()
        }),
        texts(replenish::OUT_SITE_NAME, &|row| {
            rows.local("warehouse", row).to_owned()
        }),
        texts(replenish::STATUS, &status),
        figures(
            tr(replenish::OUT_COVER_BEFORE).to_owned(),
            "cover_before",
            1,
        ),
        figures(tr(replenish::OUT_COVER_AFTER).to_owned(), "cover_after", 1),
        figures(tr(replenish::OUT_QUANTITY).to_owned(), "quantity", 3),
        figures(money(replenish::VALUE), "value", 2),
        figures(money(replenish::OUT_LOSS), "loss", 2),
        texts(replenish::DECISION, &|row| {
            tr(decision_words(decision(rows.text("decision", row))).0).to_owned()
        }),
        texts(replenish::OUT_REASON, &|row| {
            rows.local("reason", row).to_owned()
        }),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Language, set_language};
    use protocol::columns::pack;
    use protocol::view::RowsHead;

    fn rows() -> Rows {
        let text =
            |name: &str, value: &str| Column::new(name, ColumnData::Text(vec![value.into()]));
        let figure = |name: &str, value| Column::new(name, ColumnData::F64(vec![value]));
        let (columns, bufs) = pack(&[
            text("sku", "=A1"),
            text("name_zh", "奶粉"),
            text("name_en", "Milk powder"),
            text("status", "stocked_out"),
            text("decision", "approved"),
            figure("quantity", 24.0),
            figure("value", 1_234.567),
            figure("cover_before", f64::NAN),
        ]);
        let head = RowsHead {
            total: 1,
            from: 0,
            columns,
        };
        Rows::of(&ViewData::Rows(head), &bufs)
    }

    #[test]
    fn the_sheet_speaks_the_language_of_the_page_and_keeps_figures_as_numbers() {
        set_language(Language::En);
        let columns = sheet(&rows(), "CNY");
        let found = |name: &str| {
            &columns
                .iter()
                .find(|column| column.name == name)
                .unwrap()
                .data
        };
        assert_eq!(found("SKU"), &ColumnData::Text(vec!["=A1".into()]));
        assert_eq!(found("Name"), &ColumnData::Text(vec!["Milk powder".into()]));
        assert_eq!(
            found("Decision"),
            &ColumnData::Text(vec!["Approved".into()])
        );
        assert_eq!(found("Order, units"), &ColumnData::F64(vec![24.0]));
        assert_eq!(found("Value (CNY)"), &ColumnData::F64(vec![1_234.57]));
        assert!(matches!(found("Cover before, days"), ColumnData::F64(cells) if cells[0].is_nan()));
        set_language(Language::Zh);
        let columns = sheet(&rows(), "CNY");
        assert_eq!(columns[2].name, "商品名称");
        assert_eq!(columns[2].data, ColumnData::Text(vec!["奶粉".into()]));
    }
}
