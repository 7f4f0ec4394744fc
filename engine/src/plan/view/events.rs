//! The commercial calendar of a slice: sales, holidays and the like.

use super::scope::{Scope, Slice};
use crate::dataset::{Dataset, LimitKey, TableId};
use crate::day::Day;
use crate::events::{Learnt, Limits};
use crate::ids::{CategoryId, ChannelId, RegionId, SkuId};
use crate::master::{Catalog, Names};
use crate::order;
use crate::plan::Plan;

/// One occurrence of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventSpan {
    /// Its names; the code where the file gives none.
    pub names: Names,
    /// Whether it is a promotion.
    pub is_promotion: bool,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Whom it concerns, by name; empty for all goods.
    pub concerns: Vec<Names>,
}

/// Events that touch the days `from` to `to` and concern the slice, by first day: those of
/// `events.csv`, and the occurrences that their recurrence promises.
pub fn events_between(
    plan: &Plan,
    dataset: &Dataset,
    scope: Scope,
    (from, to): (Day, Day),
) -> Vec<EventSpan> {
    let Some(table) = dataset.table(TableId::Events) else {
        return Vec::new();
    };
    let slice = Slice::new(&plan.catalog, scope);
    let is_promotion = |row: usize| table.text("kind", row) == Some("promo");
    let of_limits = |limits: &Limits| names_of(&plan.catalog, limits);
    let event = |row: usize| {
        // A row whose scope is not known does nothing.
        let limits = match table.text("scope", row) {
            Some(scope) => Some(Limits::parse(scope, &plan.catalog).ok()?),
            None => None,
        };
        let span = EventSpan {
            names: Names::of(
                table.text("event", row)?,
                table.text("name_zh", row),
                table.text("name_en", row),
            ),
            is_promotion: is_promotion(row),
            from: table.day("start", row)?,
            to: table.day("end", row)?,
            concerns: limits.as_ref().map(of_limits).into_iter().collect(),
        };
        let is_here = limits.is_none_or(|limits| slice.touches(&plan.catalog, &limits));
        (is_here && span.from <= to && span.to >= from).then_some(span)
    };
    let mut events: Vec<EventSpan> = (0..table.len()).filter_map(event).collect();
    let to_come = plan.events.book.spans().iter();
    for span in
        to_come.filter(|span| span.start > plan.as_of && span.start <= to && span.end >= from)
    {
        let Some((code, names)) = plan.events.events.get(span.kind as usize) else {
            continue;
        };
        let row = (0..table.len()).find(|row| table.text("event", *row) == Some(code));
        let limits = plan.events.book.cells().limits();
        let limits = span.limits.and_then(|place| limits.get(usize::from(place)));
        if limits.is_some_and(|limits| !slice.touches(&plan.catalog, limits)) {
            continue;
        }
        let concerns: Vec<Names> = limits.map(of_limits).into_iter().collect();
        let is_known = |known: &EventSpan| {
            known.names == *names && known.from == span.start && known.concerns == concerns
        };
        if !events.iter().any(is_known) {
            events.push(EventSpan {
                names: names.clone(),
                is_promotion: row.is_some_and(is_promotion),
                from: span.start,
                to: span.end,
                concerns,
            });
        }
    }
    order::sort_by_key(&mut events, |event| (event.from, event.to));
    events
}

/// What an event does to the demand of a slice's goods.
#[derive(Clone, Debug, PartialEq)]
pub struct EventFactor {
    /// Its code.
    pub code: String,
    /// Its names; the code where the file gives none.
    pub names: Names,
    /// What was learnt of it.
    pub learnt: Learnt,
    /// First and last day of the next occurrence, if one is known.
    pub next: Option<(Day, Day)>,
    /// Whom it concerns, by name, each of its limits once; empty for all goods.
    pub concerns: Vec<Names>,
}

/// The events of `events.csv` that were learnt, on the category of the slice or, where it is
/// not limited to one, on all goods; the next to come first.
pub fn event_factors(plan: &Plan, scope: Scope) -> Vec<EventFactor> {
    let of_sku = scope.sku.and_then(|sku| plan.catalog.sku(sku));
    let category = of_sku.map(|sku| sku.category).or(scope.category);
    let group = category.map(CategoryId::index);
    let book = &plan.events.book;
    let slice = Slice::new(&plan.catalog, scope);
    // By event, where it concerns somebody here.
    let concerns = |kind: u32| -> Option<Vec<Names>> {
        let limits = book.limits(kind);
        let is_here = |limits: &&Limits| slice.touches(&plan.catalog, limits);
        (limits.is_empty() || limits.iter().any(is_here)).then(|| {
            let limits = limits.iter();
            limits.map(|it| names_of(&plan.catalog, it)).collect()
        })
    };
    let factor = |learnt: Learnt| {
        let (code, names) = plan.events.events.get(learnt.kind as usize)?;
        let to_come =
            |span: &&crate::events::EventSpan| span.kind == learnt.kind && span.end > plan.as_of;
        let next = book.spans().iter().find(to_come);
        Some(EventFactor {
            code: code.clone(),
            names: names.clone(),
            next: next.map(|span| (span.start, span.end)),
            concerns: concerns(learnt.kind)?,
            learnt,
        })
    };
    // A category that only holds others has seen nothing itself.
    let is_seen = |learnt: Learnt| learnt.group == group && learnt.occurrences > 0;
    let group = group.filter(|_| book.learnt().any(is_seen));
    let here = book.learnt().filter(|learnt| learnt.group == group);
    let mut factors: Vec<EventFactor> = here.filter_map(factor).collect();
    order::sort_by_key(&mut factors, |it| {
        (it.next.is_none(), it.next, it.learnt.kind)
    });
    factors
}

/// Names of a kind that are said before the rest is counted.
const NAMES_MAX: usize = 4;

/// Names of what limits hold: `Milk powder, Tea · Tmall`; of many of a kind the first and how many more.
#[must_use]
pub fn names_of(catalog: &Catalog, limits: &Limits) -> Names {
    let category = |id: &u32| catalog.categories.get(CategoryId(*id).index());
    let name = |key: LimitKey, id: &u32| match key {
        LimitKey::Category => Some(&category(id)?.names),
        LimitKey::Sku => Some(&catalog.sku(SkuId(*id))?.names),
        LimitKey::Channel => Some(&catalog.channels.get(ChannelId(*id).index())?.names),
        LimitKey::Region => Some(&catalog.regions.get(RegionId(*id).index())?.names),
    };
    let join = |of: &dyn Fn(&Names) -> String| {
        let mut parts: Vec<String> = Vec::new();
        for key in LimitKey::ALL {
            let Some(ids) = limits.ids(key) else { continue };
            // What lies below a category that is named needs no name.
            let is_below = |id: &u32| {
                let parent = category(id).and_then(|category| category.parent);
                key == LimitKey::Category && parent.is_some_and(|it| ids.contains(&it.0))
            };
            let named = ids.iter().filter(|id| !is_below(id));
            let names: Vec<String> = named.filter_map(|id| name(key, id)).map(of).collect();
            let shown = names.get(..NAMES_MAX.min(names.len())).unwrap_or_default();
            parts.push(match names.len() - shown.len() {
                0 => shown.join(", "),
                more => format!("{} +{more}", shown.join(", ")),
            });
        }
        parts.join(" · ")
    };
    Names {
        zh: join(&|names| names.zh.clone()),
        en: join(&|names| names.en.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::read_csv;
    use crate::plan::{Settings, plan};

    #[test]
    fn a_slice_sees_the_events_that_touch_its_days_and_concern_it() {
        let tables = [
            (TableId::Skus, "sku,category\nA,c\nB,d\n"),
            (TableId::Channels, "channel\nt\nw\n"),
            (
                TableId::Demand,
                "date,sku,channel,region,quantity\n2026-03-01,A,t,e,5\n2026-03-02,B,w,e,1\n",
            ),
            (
                TableId::Events,
                "event,kind,name_zh,name_en,start,end,scope\n\
                 old,promo,,,2026-01-01,2026-01-31,\n\
                 d618,promo,618,618 sale,2026-02-28,2026-03-03,\n\
                 live,livestream,直播,,2026-03-05,2026-03-05,channel=w\n\
                 fair,promo,,Fair,2026-03-02,2026-03-02,category=d\n",
            ),
        ];
        let table = |(id, text): (TableId, &str)| read_csv(id, "t.csv", text.as_bytes()).table;
        let dataset = Dataset::from_tables(tables.map(table));
        let plan = plan(&dataset, &Settings::default()).unwrap();
        let seen = |scope: Scope| {
            let days = ["2026-02-01", "2026-03-31"].map(|day| Day::parse_iso(day).unwrap());
            let events = events_between(&plan, &dataset, scope, (days[0], days[1]));
            let names = events
                .into_iter()
                .map(|event| (event.names.zh, event.names.en));
            names.collect::<Vec<_>>()
        };
        let name = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
        let sale = name("618", "618 sale");
        let all = [sale.clone(), name("Fair", "Fair"), name("直播", "直播")];
        assert_eq!(seen(Scope::default()), all);
        let tmall = Scope {
            channel: plan.catalog.channel_id("t"),
            sku: plan.catalog.sku_id("A"),
            ..Scope::default()
        };
        assert_eq!(seen(tmall), [sale]);
    }
}
