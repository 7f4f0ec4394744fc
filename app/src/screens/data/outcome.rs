//! What reading every row gave: totals, notes, refused rows, and the decision to import.

use super::importing::{Importing, Step, loaded_rows};
use super::refused::RefusedPanel;
use super::reused::ReusedBanner;
use super::totals::{balance, lines, quantity, value};
use crate::i18n::messages::data;
use crate::i18n::{fill, number, t, tr};
use crate::parts::issue_text;
use crate::state::Tone;
use crate::ui::{Banner, Button, ButtonKind, Panel};
use leptos::prelude::*;
use protocol::io::StagedFile;
use std::sync::Arc;

#[component]
pub(super) fn Outcome(importing: Importing) -> impl IntoView {
    let shown = move || {
        importing.staged.get().map(|staged| {
            view! {
                <div class="stack">
                    <ReusedBanner importing/>
                    <TotalsPanel importing staged=staged.clone()/>
                    <RefusedPanel importing staged=staged.clone()/>
                    <Decision importing staged/>
                </div>
            }
        })
    };
    view! { {shown} }
}

#[component]
fn TotalsPanel(importing: Importing, staged: Arc<StagedFile>) -> impl IntoView {
    let (totals, peak_bytes) = (staged.totals, staged.peak_bytes);
    let caption = {
        let staged = staged.clone();
        Signal::derive(move || {
            let values = [
                ("file", &*importing.name.get()),
                ("rows", &*number(staged.rows_read as f64, 0)),
                ("seconds", &*number(f64::from(staged.took_ms) / 1e3, 1)),
            ];
            fill(data::TOTALS_NOTE, &values)
        })
    };
    let verdict = Signal::derive(move || {
        if totals.is_balanced() {
            balance(&totals)
        } else {
            tr(data::UNBALANCED).to_owned()
        }
    });
    let tone = if totals.is_balanced() {
        Tone::Good
    } else {
        Tone::Bad
    };
    let unreadable = move || {
        (totals.unreadable > 0).then(|| {
            let count = number(totals.unreadable as f64, 0);
            view! { <p class="warn">{fill(data::UNREADABLE, &[("n", &count)])}</p> }
        })
    };
    let rows = lines(&totals).into_iter().map(|line| {
        view! {
            <tr>
                <th scope="row">{t(line.group)}</th>
                <td class="num">{move || number(line.measure.rows as f64, 0)}</td>
                <td class="num">{move || quantity(line.measure)}</td>
                <td class="num">{move || value(line.measure)}</td>
            </tr>
        }
    });
    view! {
        <Panel title=data::TOTALS caption>
            <div class="stack" data-peak-bytes=peak_bytes>
                <Banner tone text=verdict/>
                <div class="totals-columns">
                    <table class="plain-table totals-table">
                        <thead>
                            <tr>
                                <th scope="col">{t(data::GROUP)}</th>
                                <th scope="col" class="num">{t(data::ROWS)}</th>
                                <th scope="col" class="num">{t(data::QUANTITY)}</th>
                                <th scope="col" class="num">{t(data::VALUE)}</th>
                            </tr>
                        </thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                    <div class="stack">
                        {unreadable}
                        <Notes staged/>
                    </div>
                </div>
            </div>
        </Panel>
    }
}

/// What should be known about the import as a whole.
#[component]
fn Notes(staged: Arc<StagedFile>) -> impl IntoView {
    let notes = staged.notes.clone();
    (!notes.is_empty()).then(|| {
        let items = notes.into_iter().map(|note| {
            view! { <li>{move || issue_text(&note)}</li> }
        });
        view! {
            <section>
                <h3 class="strong">{t(data::NOTES)}</h3>
                <ul class="notes">{items.collect_view()}</ul>
            </section>
        }
    })
}

#[component]
fn Decision(importing: Importing, staged: Arc<StagedFile>) -> impl IntoView {
    let rows = loaded_rows(&staged);
    let is_sound = staged.totals.is_balanced();
    let is_applying = Memo::new(move |_| importing.step.get() == Step::Applying);
    let label = Signal::derive(move || {
        if is_applying.get() {
            tr(data::APPLYING).to_owned()
        } else if rows == 0 {
            tr(data::NOTHING_TO_APPLY).to_owned()
        } else {
            fill(data::APPLY, &[("rows", &number(rows as f64, 0))])
        }
    });
    view! {
        <footer class="row wizard-foot">
            <Button label=data::BACK on_press=move |()| importing.back() disabled=is_applying/>
            <span class="grow"></span>
            <Button
                kind=ButtonKind::Primary
                label
                disabled=Signal::derive(move || is_applying.get() || rows == 0 || !is_sound)
                on_press=move |()| importing.apply()
            />
        </footer>
    }
}
