//! What searches, posts and leads say of demand.

mod campaigns;
mod keywords;
mod leads;
mod words;

pub(super) use campaigns::campaign;
pub(super) use keywords::keywords;

use super::{Shown, both};
use engine::signals::{CompanySignals, Goods, Hearing};
use protocol::signals::SignalDesk;

/// Everything at once: the screen shows it on one page.
pub(super) fn desk(shown: Shown<'_>) -> SignalDesk {
    let (plan, dataset) = (shown.plan, shown.dataset);
    let judged = (&plan.lifts, Hearing::Whole);
    let company = CompanySignals::judge(dataset, &plan.catalog, plan.as_of, judged);
    let mut desk = SignalDesk {
        heat: words::heat_map(shown, &company),
        court: words::court(shown, &company),
        has_words: !(company.panel.voices().is_empty() && company.map.is_empty()),
        coverage: words::coverage_lines(&company),
        ..SignalDesk::default()
    };
    campaigns::fill(shown, &mut desk);
    leads::fill(shown, &mut desk);
    desk
}

/// Code, whether it is a category, and names of goods.
fn goods_of(shown: Shown<'_>, goods: Goods) -> (String, bool, (String, String)) {
    let catalog = &shown.plan.catalog;
    match goods {
        Goods::Sku(id) => {
            let sku = catalog.sku(id);
            let code = sku.map_or_else(String::new, |sku| sku.code.clone());
            (code, false, both(sku.map(|sku| &sku.names)))
        }
        Goods::Category(id) => {
            let category = catalog.categories.get(id.index());
            let code = category.map_or_else(String::new, |category| category.code.clone());
            (code, true, both(category.map(|category| &category.names)))
        }
    }
}

fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
