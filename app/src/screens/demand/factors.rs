//! What events do to the slice: factor, interval, evidence, the next time.

use super::desk::Desk;
use super::hand::{Keeper, made_by};
use super::moving::{MoveEvent, Moving, put_back};
use crate::charts::Sparkline;
use crate::i18n::messages::demand;
use crate::i18n::{ABSENT, day_short, fill, number, range, t};
use crate::parts::name_of;
use crate::ui::{EmptyState, FourStates, Icon, IconButton};
use leptos::prelude::*;
use protocol::view::EventFactor;

#[component]
pub(super) fn Factors(desk: Desk) -> impl IntoView {
    let moving = RwSignal::new(None);
    let keeper = Keeper::here();
    let first = Signal::derive(move || desk.first_day());
    view! {
        <FourStates
            state=desk.factors_state
            empty=|| {
                view! {
                    <EmptyState
                        icon=Icon::Calendar
                        title=demand::NO_FACTORS_TITLE
                        body=demand::NO_FACTORS_BODY
                    />
                }
            }
            on_retry=move |()| desk.retry()
            unaffected=demand::UNAFFECTED
        >
            <div class="demand-plan" tabindex="0" role="region" aria-label=t(demand::FACTORS)>
                {move || table(&desk.factors.get().unwrap_or_default(), moving, keeper)}
            </div>
            {move || moving.with(Option::is_some).then(|| view! { <MoveEvent moving first/> })}
            <p class="micro faint demand-note">{t(demand::FACTORS_BASIS)}</p>
        </FourStates>
    }
}

type MovingNow = RwSignal<Option<Moving>>;

fn table(factors: &[EventFactor], moving: MovingNow, keeper: Keeper) -> impl IntoView + use<> {
    let scale = Scale::over(factors);
    let rows = factors
        .iter()
        .map(|factor| row(factor, scale, next_of(factor, moving, keeper)))
        .collect_view();
    view! {
        <table class="demand-factors">
            <thead>
                <tr>
                    <th scope="col">{t(demand::EVENT)}</th>
                    <th scope="col">{t(demand::NEXT_TIME)}</th>
                    <th scope="col" class="num">{t(demand::LIFT)}</th>
                    <th scope="col" class="num">{t(demand::INTERVAL80)}</th>
                    <th scope="col" aria-hidden="true"></th>
                    <th scope="col" class="num">{t(demand::SEEN)}</th>
                    <th scope="col">{t(demand::BY_DAY)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// The next occurrence, with what moves it and puts it back.
fn next_of(factor: &EventFactor, moving: MovingNow, keeper: Keeper) -> AnyView {
    let (Some((from, to)), Some(draft)) = (factor.next, Moving::of(factor)) else {
        return ABSENT.into_any();
    };
    let days = match from == to {
        true => day_short(from),
        false => format!("{} – {}", day_short(from), day_short(to)),
    };
    let name = [("event", &*name_of(&factor.names))];
    let (to_move, to_put_back) = (
        fill(demand::MOVE_EVENT, &name),
        fill(demand::EVENT_BACK, &name),
    );
    let moved = factor.moved.as_ref();
    let arrow = moved.map(|(start, _)| {
        let (event, start) = (factor.event.clone(), *start);
        view! {
            <IconButton
                icon=Icon::Undo
                small=true
                label=Signal::stored(to_put_back)
                on_press=move |()| put_back(keeper, event.clone(), start)
            />
        }
    });
    let was = moved.map(|(start, dates)| {
        let why = [&dates.reason, " · ", &made_by(&dates.author, dates.made_on)].concat();
        let was = fill(demand::WAS_ON, &[("day", &day_short(*start))]);
        view! {
            <span class="micro dim demand-below" title=why>{was}</span>
        }
    });
    view! {
        <span class="demand-next">
            <span class="nowrap">{days}</span>
            <IconButton
                icon=Icon::Edit
                small=true
                label=Signal::stored(to_move)
                on_press=move |()| moving.set(Some(draft.clone()))
            />
            {arrow}
        </span>
        {was}
    }
    .into_any()
}

fn row(factor: &EventFactor, scale: Scale, next: AnyView) -> impl IntoView + use<> {
    let (low, high) = factor.interval80;
    let whom = match &factor.unknown {
        Some(code) => Some(fill(demand::CONCERNS_UNKNOWN, &[("code", code)])),
        None => Some(name_of(&factor.concerns))
            .filter(|whom| !whom.is_empty())
            .map(|whom| fill(demand::CONCERNS, &[("whom", &whom)])),
    };
    let whom = whom.map(|whom| view! { <span class="micro dim demand-below">{whom}</span> });
    let peak = factor.days.iter().copied().fold(1.0, f64::max);
    // A row that concerns nobody does nothing, which is not the same as an effect of 1.
    let learnt = factor.unknown.is_none();
    let figure = |text: String| match learnt {
        true => text,
        false => ABSENT.to_owned(),
    };
    let line = learnt.then(|| {
        view! {
            <span
                class="demand-range"
                aria-hidden="true"
                style=("--none", scale.place(1.0))
                style=("--low", scale.place(low))
                style=("--high", scale.place(high))
                style=("--at", scale.place(factor.factor))
            ></span>
        }
    });
    let days = learnt.then(|| {
        view! {
            <span class="demand-days">
                <Sparkline values=Signal::stored(factor.days.clone())/>
                <span class="micro faint nowrap">
                    {fill(demand::PEAK_DAY, &[("factor", &number(peak, 1))])}
                </span>
            </span>
        }
    });
    view! {
        <tr data-event=factor.event.clone()>
            <th scope="row">{name_of(&factor.names)} {whom}</th>
            <td>{next}</td>
            <td class="num strong">{figure(format!("×{}", number(factor.factor, 2)))}</td>
            <td class="num dim">{figure(range(low, high, 2))}</td>
            <td>{line}</td>
            <td class="num">{figure(number(f64::from(factor.occurrences), 0))}</td>
            <td>{days}</td>
        </tr>
    }
}

/// Where a factor lies on a line, by its logarithm.
#[derive(Clone, Copy)]
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    /// Holds every interval, and no effect.
    fn over(factors: &[EventFactor]) -> Self {
        let ends = factors.iter().map(|factor| factor.interval80);
        let (low, high) = ends.fold((1.0, 1.0), |(low, high): (f64, f64), ends| {
            (low.min(ends.0), high.max(ends.1))
        });
        Self { low, high }
    }

    fn place(self, factor: f64) -> String {
        let width = (self.high / self.low).ln();
        let share = match width > 0.0 {
            true => (factor / self.low).ln() / width,
            false => 0.5,
        };
        format!("{:.1}%", share * 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_follow_the_logarithm() {
        let scale = Scale {
            low: 0.5,
            high: 8.0,
        };
        assert_eq!(scale.place(2.0), "50.0%");
        assert_eq!(scale.place(1.0), "25.0%");
        assert_eq!(Scale::over(&[]).place(1.0), "50.0%");
    }
}
