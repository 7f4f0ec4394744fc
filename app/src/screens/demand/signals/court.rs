//! Rulings: who entered the forecast, and what losers would have cost.

use super::super::heads::{cell, cell_of, line, table};
use super::part;
use crate::i18n::messages::{self, signals};
use crate::i18n::{ABSENT, Msg, by_id, change, fill, number, percent, tr};
use crate::parts::name_of;
use crate::ui::{Badge, BadgeTone};
use leptos::prelude::*;
use protocol::signals::{CourtLine, SignalDesk};

const REASONS: &[(&str, Msg)] = &[
    ("chance", signals::CHANCE),
    ("constant", signals::CONSTANT),
    ("engine", signals::ENGINE_REASON),
    ("faded", signals::FADED),
    ("no_gain", signals::NO_GAIN),
    ("redundant", signals::REDUNDANT),
    ("too_short", signals::TOO_SHORT),
];

/// Streams that are judged as signals are, without a word.
const STREAMS: &[(&str, Msg)] = &[
    ("campaign", messages::table::CAMPAIGNS),
    ("pipeline", signals::PIPELINE),
];

/// In how many categories a stream counts; nothing where it was not judged.
pub(super) fn counted_in(shown: &SignalDesk, stream: &str) -> Option<String> {
    let own = shown.court.iter();
    let own = own.filter(|line| line.keyword.is_empty() && line.source == stream);
    let counted = own.clone().filter(|line| line.reason.is_none()).count();
    let all = own.count();
    let parts = [("n", &counted.to_string()), ("of", &all.to_string())];
    let parts = parts.map(|(name, text)| (name, text.as_str()));
    (all > 0).then(|| fill(signals::COUNTED_IN, &parts))
}

const HEADS: [(Msg, bool); 8] = [
    (signals::KEYWORD, false),
    (signals::GOODS, false),
    (signals::VERDICT, false),
    (signals::LEAD, true),
    (signals::WAPE, true),
    (signals::COST, true),
    (signals::ENGINE, true),
    (signals::BETA, true),
];

pub(super) fn section(shown: &SignalDesk) -> AnyView {
    let weeks = shown.court.iter().map(|line| line.periods).max();
    let weeks = number(f64::from(weeks.unwrap_or(0)), 0);
    let rows = shown.court.iter().map(row).collect();
    let table = table(signals::COURT, "demand-factors signals-court", &HEADS, rows);
    let basis = fill(signals::COURT_BASIS, &[("n", &weeks)]);
    part(signals::COURT, basis, table)
}

fn row(ruling: &CourtLine) -> AnyView {
    let was_tried = ruling.periods > 0;
    let tried = |text: String| if was_tried { text } else { ABSENT.to_owned() };
    let lag = number(f64::from(ruling.lag), 0);
    let stream = by_id(STREAMS, &ruling.source).filter(|_| ruling.keyword.is_empty());
    let (name, lag, beta) = match stream {
        // Units that come by themselves lead nothing.
        Some(stream) => (
            tr(stream).to_owned(),
            ABSENT.to_owned(),
            fill(signals::YIELD, &[("n", &number(ruling.beta, 2))]),
        ),
        None => (
            ruling.keyword.clone(),
            tried(fill(signals::WEEKS, &[("n", &lag)])),
            number(ruling.beta, 2),
        ),
    };
    let cells = vec![
        cell("cut", name_of(&ruling.names)),
        cell_of("", verdict(ruling.reason.as_deref())),
        cell("num", lag),
        cell("num strong", from_to(ruling.wape)),
        cell("num strong", tried(change(ruling.cost, 0))),
        cell("num dim", from_to(ruling.engine_wape)),
        cell("num dim", tried(beta)),
    ];
    line(name, Some(ruling.source.clone()), cells)
}

/// Error shares without and with the signal.
fn from_to(wapes: Option<(f64, f64)>) -> String {
    let share = |value: f64| percent(value * 100.0, 1);
    wapes.map_or_else(
        || ABSENT.to_owned(),
        |(a, b)| fill(signals::FROM_TO, &[("from", &share(a)), ("to", &share(b))]),
    )
}

fn verdict(reason: Option<&str>) -> AnyView {
    let Some(reason) = reason else {
        let label = Signal::derive(move || tr(signals::ACCEPTED).to_owned());
        return view! { <Badge label tone=BadgeTone::Good/> }.into_any();
    };
    let word = by_id(REASONS, reason);
    let text = move || {
        let word = word.map_or("", tr);
        fill(signals::REJECTED, &[("reason", word)])
    };
    view! { <span class="dim">{text}</span> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::signals::Reason;

    #[test]
    fn every_reason_has_words() {
        for reason in Reason::ALL {
            assert!(by_id(REASONS, reason.as_str()).is_some(), "{reason:?}");
        }
    }
}
