//! The tables of the tab that is open, as a workbook: what they show, figures as numbers.

use super::desk::Desk;
use crate::i18n::messages::{export, shell};
use crate::i18n::{ABSENT, parse_decimal, t, tr};
use crate::parts::{Exporter, Sheet};
use crate::ui::{Button, ButtonKind, Icon};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use protocol::io::ExportFormat;
use protocol::{Code, Column, ColumnData};
use web_sys::{Element, HtmlInputElement, HtmlSelectElement, Node, NodeList};

/// Most characters of a sheet's name.
const NAME_MAX: usize = 31;

#[component]
pub(super) fn ExportTables(desk: Desk) -> impl IntoView {
    let job = Exporter::here();
    let start = move |()| {
        let sheets = shown_tables();
        let found = async move {
            match sheets.is_empty() {
                true => Err(Code::UnknownName.into()),
                false => Ok(sheets),
            }
        };
        let stem = untrack(|| format!("{} {}", tr(shell::DEMAND), desk.title()));
        job.start(stem, ExportFormat::Xlsx, found);
    };
    view! {
        <span title=t(export::ALL_TABLES)>
            <Button
                kind=ButtonKind::Quiet
                label=export::EXPORT
                icon=Icon::Download
                disabled=Signal::derive(move || job.is_running())
                on_press=start
            />
        </span>
    }
}

fn elements(list: &NodeList) -> impl Iterator<Item = Element> + use<'_> {
    let node = |at| list.item(at)?.dyn_into().ok();
    (0..list.length()).filter_map(node)
}

fn all(inside: &Element, selector: &str) -> Vec<Element> {
    let found = inside.query_selector_all(selector);
    found.map_or_else(|_| Vec::new(), |list| elements(&list).collect())
}

/// Every table of the screen, named as its region or panel is.
fn shown_tables() -> Vec<Sheet> {
    let found = document().query_selector_all(".demand table");
    let tables = found.map_or_else(|_| Vec::new(), |list| elements(&list).collect());
    let mut sheets: Vec<Sheet> = Vec::new();
    for table in tables {
        let columns = columns(&table);
        let label = table.closest("[aria-label]").ok().flatten();
        let label = label.and_then(|it| it.get_attribute("aria-label"));
        if !columns.is_empty() {
            let taken = |name: &str| sheets.iter().any(|sheet| sheet.name == name);
            let name = sheet_name(&label.unwrap_or_default(), taken);
            sheets.push(Sheet { name, columns });
        }
    }
    sheets
}

/// A name that a workbook takes: short, without its own signs, not given before.
fn sheet_name(label: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let allowed = |sign: &char| !"[]:*?/\\'".contains(*sign);
    let plain: String = label.chars().filter(allowed).collect();
    let plain = match plain.trim() {
        "" => "1",
        plain => plain,
    };
    let named = |number: usize| {
        let end = match number {
            1 => String::new(),
            number => format!(" {number}"),
        };
        let room = NAME_MAX - end.len();
        let name: String = plain.chars().take(room).collect();
        format!("{name}{end}")
    };
    let free = |name: &String| !is_taken(name);
    (1..).map(named).find(free).unwrap_or_default()
}

fn columns(table: &Element) -> Vec<Column> {
    let rows = |part: &str| -> Vec<Vec<String>> {
        let rows = all(table, part);
        let cells = |row: &Element| {
            let cells = all(row, "th, td");
            cells.into_iter().flat_map(|cell| spread(&cell)).collect()
        };
        rows.iter().map(cells).collect()
    };
    let heads = rows("thead tr").pop().unwrap_or_default();
    let lines = rows("tbody tr, tfoot tr");
    let width = lines.iter().map(Vec::len).max().unwrap_or(0);
    let cell = |line: &Vec<String>, at: usize| line.get(at).cloned().unwrap_or_default();
    let column = |at: usize| {
        let texts: Vec<String> = lines.iter().map(|line| cell(line, at)).collect();
        typed(&cell(&heads, at), texts)
    };
    let is_filled = |column: &Column| match &column.data {
        ColumnData::Text(texts) => {
            !column.name.is_empty() || texts.iter().any(|text| !text.is_empty())
        }
        _ => true,
    };
    (0..width).map(column).filter(is_filled).collect()
}

/// The text of a cell, and nothing for the further columns that it covers.
fn spread(cell: &Element) -> Vec<String> {
    let wide = cell.get_attribute("colspan");
    let wide = wide.and_then(|it| it.parse().ok()).unwrap_or(1);
    let mut texts = vec![said(cell)];
    texts.resize(wide, String::new());
    texts
}

/// What an element shows: words, values of its fields, no words for the ear alone.
fn said(node: &Node) -> String {
    if let Some(select) = node.dyn_ref::<HtmlSelectElement>() {
        let chosen = all(select, "option:checked").pop();
        return chosen.and_then(|it| it.text_content()).unwrap_or_default();
    }
    if let Some(input) = node.dyn_ref::<HtmlInputElement>() {
        return match input.type_().as_str() {
            "checkbox" => if input.checked() { "1" } else { "0" }.to_owned(),
            _ => input.value(),
        };
    }
    let is_heard = node.dyn_ref::<Element>().is_some_and(|element| {
        element.class_list().contains("only-heard") || element.tag_name() == "svg"
    });
    if is_heard {
        return String::new();
    }
    let children = node.child_nodes();
    if children.length() == 0 {
        return node.text_content().unwrap_or_default().trim().to_owned();
    }
    let parts = (0..children.length()).filter_map(|at| children.item(at));
    let parts: Vec<String> = parts.map(|part| said(&part)).collect();
    let filled = parts.iter().filter(|part| !part.is_empty());
    filled.cloned().collect::<Vec<_>>().join(" ")
}

/// Texts as numbers where all of them are; per cents keep their sign in the head.
fn typed(head: &str, texts: Vec<String>) -> Column {
    let empty = |text: &String| text.is_empty() || text == ABSENT;
    let is_percent = |text: &String| text.ends_with('%');
    let mut filled = texts.iter().filter(|text| !empty(text)).peekable();
    let has_figures = filled.peek().is_some();
    let shares = filled.clone().filter(|text| is_percent(text)).count();
    let is_one_unit = shares == 0 || shares == filled.clone().count();
    if has_figures && is_one_unit && filled.all(|text| figure(text).is_some()) {
        let figures = texts.iter().map(|text| figure(text).unwrap_or(f64::NAN));
        let head = if shares > 0 {
            format!("{head} %")
        } else {
            head.to_owned()
        };
        return Column::new(head.trim(), ColumnData::F64(figures.collect()));
    }
    let texts = texts.into_iter();
    let texts = texts.map(|text| if text == ABSENT { String::new() } else { text });
    Column::new(head, ColumnData::Text(texts.collect()))
}

/// A number as the page writes it: grouped, signed, with or without a per cent sign.
fn figure(text: &str) -> Option<f64> {
    let plain = text.trim_end_matches('%').trim();
    let digits = plain.strip_prefix(['+', '-', '\u{2212}']).unwrap_or(plain);
    let is_plain = digits.starts_with(|sign: char| sign.is_ascii_digit())
        && digits
            .chars()
            .all(|sign| sign.is_ascii_digit() || ",.".contains(sign));
    // A code with leading zeros is a name.
    let is_code = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    if !is_plain || is_code {
        return None;
    }
    let figure = parse_decimal(&digits.replace(',', ""))?;
    let is_below = plain.len() > digits.len() && !plain.starts_with('+');
    Some(if is_below { -figure } else { figure })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_become_numbers_and_words_stay() {
        let texts = |texts: &[&str]| texts.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        let column = typed(
            "WAPE",
            texts(&["82.3\u{202f}%", ABSENT, "1,204.5\u{202f}%"]),
        );
        assert_eq!(column.name, "WAPE %");
        let ColumnData::F64(cells) = column.data else {
            unreachable!()
        };
        assert!(cells[0] == 82.3 && cells[1].is_nan() && cells[2] == 1204.5);
        let signed = typed("Bias", texts(&["+4.3", "\u{2212}0.5", "-7"])).data;
        assert_eq!(signed, ColumnData::F64(vec![4.3, -0.5, -7.0]));
        // Mixed units, codes and compact figures stay as they are shown.
        for kept in [
            ["1", "2 %"],
            ["007", "8"],
            ["28.8K", "1"],
            ["does not suit", "16"],
        ] {
            let data = typed("", texts(&kept)).data;
            assert_eq!(data, ColumnData::Text(texts(&kept)));
        }
    }

    #[test]
    fn names_of_sheets_are_short_and_their_own() {
        let taken = ["Model card".to_owned()];
        let name = |label: &str| sheet_name(label, |name| taken.iter().any(|it| it == name));
        assert_eq!(name("Errors: by [SKU]"), "Errors by SKU");
        assert_eq!(name("Model card"), "Model card 2");
        let long = "x".repeat(40);
        assert_eq!(name(&long), long[..NAME_MAX]);
        assert_eq!(name("?"), "1");
    }
}
