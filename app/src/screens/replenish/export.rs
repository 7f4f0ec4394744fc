//! The lines of the list as a file for people: a workbook or a CSV file, in the language of the page.

use super::model::{Wanted, decision};
use super::row::decision_words;
use crate::bridge::{Bridge, IoWorker, Visits};
use crate::i18n::messages::{replenish, settings};
use crate::i18n::{Msg, day_iso, fill, number, tr};
use crate::parts::{Rows, status_label, status_of};
use crate::state::{Notice, Notices, Workspace};
use crate::ui::{Button, ButtonKind, Icon, Popover, close_popovers, save_file};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::columns::pack;
use protocol::io::{ExportFormat, IoRequest, SheetHead};
use protocol::view::RowsQuery;
use protocol::{AppError, Code, Column, ColumnData, Response, View, ViewData};

#[component]
pub(super) fn ExportMenu(
    /// What the list shows.
    wanted: impl Fn() -> Wanted + Copy + Send + Sync + 'static,
    #[prop(into)] is_empty: Signal<bool>,
) -> impl IntoView {
    let job = Export {
        bridge: Bridge::here(),
        visits: Visits::here(),
        notices: Notices::here(),
        frame: Workspace::here(),
        is_running: RwSignal::new(false),
    };
    let disabled = Signal::derive(move || job.is_running.get() || is_empty.get());
    let choice = move |label: Msg, format: ExportFormat| {
        view! {
            <Button
                kind=ButtonKind::Quiet
                label
                disabled
                on_press=move |()| {
                    close_popovers();
                    job.start(untrack(wanted), format);
                }
            />
        }
    };
    view! {
        <Popover label=replenish::EXPORT icon=Icon::Download>
            <div class="menu">
                {choice(replenish::EXPORT_XLSX, ExportFormat::Xlsx)}
                {choice(replenish::EXPORT_CSV, ExportFormat::Csv)}
            </div>
        </Popover>
    }
}

#[derive(Clone, Copy)]
struct Export {
    bridge: Bridge,
    visits: Visits,
    notices: Notices,
    frame: Workspace,
    is_running: RwSignal<bool>,
}

impl Export {
    fn start(self, wanted: Wanted, format: ExportFormat) {
        self.is_running.set(true);
        spawn_local(async move {
            match self.write(wanted, format).await {
                Ok((bytes, rows)) => self.save(&bytes, rows, format),
                Err(error) => self.visits.failed(error),
            }
            self.is_running.set(false);
        });
    }

    async fn write(
        self,
        wanted: Wanted,
        format: ExportFormat,
    ) -> Result<(Vec<u8>, usize), AppError> {
        let asked = RowsQuery {
            len: u32::MAX,
            ..wanted.query()
        };
        let answer = self.bridge.view(View::Rows(asked)).await?;
        let Response::View(data) = answer.response else {
            return Err(Code::BadMessage.into());
        };
        let rows = Rows::of(&data, &answer.bufs);
        let currency = self.currency().await?;
        let (columns, bufs) = pack(&untrack(|| sheet(&rows, &currency)));
        let name = untrack(|| tr(replenish::SHEET).to_owned());
        let sheets = vec![SheetHead { name, columns }];
        let worker = IoWorker::start(|_progress| {}).await?;
        let written = worker
            .ask(&IoRequest::Export { format, sheets }, None, bufs)
            .await?;
        let file = written.bufs.into_iter().next();
        file.map(|file| (file, rows.count()))
            .ok_or_else(|| Code::BadMessage.into())
    }

    async fn currency(self) -> Result<String, AppError> {
        match self.bridge.view(View::Kpis).await?.response {
            Response::View(data) => match *data {
                ViewData::Kpis { currency, .. } => Ok(currency),
                _ => Err(Code::BadMessage.into()),
            },
            _ => Err(Code::BadMessage.into()),
        }
    }

    fn save(self, bytes: &[u8], rows: usize, format: ExportFormat) {
        let (ending, mime) = match format {
            ExportFormat::Xlsx => (
                "xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
            ExportFormat::Csv => ("csv", "text/csv;charset=utf-8"),
        };
        let day = self.frame.as_of.get_untracked().map(day_iso);
        let stem = untrack(|| tr(replenish::SHEET).replace(' ', "_"));
        let name = format!("{stem}_{}.{ending}", day.unwrap_or_default());
        self.notices.show(match save_file(&name, mime, bytes) {
            Ok(()) => Notice::done(Signal::derive(move || {
                let rows = number(rows as f64, 0);
                fill(replenish::EXPORTED, &[("file", &name), ("rows", &rows)])
            })),
            Err(_) => Notice::bad(settings::BACKUP_REFUSED),
        });
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
