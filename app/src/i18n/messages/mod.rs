//! The message tables, one file an area. A new area adds its `mod` line and its name in `areas!`.

#[cfg(test)]
use super::Msg;
use super::macros::messages;

pub mod chart;
pub mod classes;
pub mod column;
pub mod data;
pub mod demand;
pub mod explain;
pub mod export;
pub mod failure;
pub mod gate;
pub mod gesture;
pub mod hand;
pub mod home;
pub mod issue;
pub mod kit;
pub mod kpi;
pub mod launch;
pub mod price;
pub mod replenish;
pub mod settings;
pub mod shell;
pub mod signals;
pub mod story;
pub mod table;

/// Names the areas in the order of their texts in the file of a language, that of their files.
macro_rules! areas {
    ($($area:ident)*) => {
        const NAMES: &[&str] = &[$(stringify!($area)),*];
        /// Every table by the name of its area, with its texts.
        #[cfg(test)]
        #[allow(clippy::type_complexity, reason = "a row is read once")]
        pub const AREAS: &[(&str, &[(&str, Msg)], &[[&str; 2]])] =
            &[$((stringify!($area), $area::ALL, $area::TEXTS)),*];
    };
}
areas! {
    chart classes column data demand explain export failure gate gesture hand home issue
    kit kpi launch price replenish settings shell signals story table
}

/// The place of an area in the file of a language; a module without one does not compile.
const fn area(module_path: &str) -> usize {
    let mut at = 0;
    while !ends_with(module_path, NAMES[at]) {
        at += 1;
    }
    at
}

/// Whether a path ends with `::name`.
const fn ends_with(path: &str, name: &str) -> bool {
    let (path, name) = (path.as_bytes(), name.as_bytes());
    let start = path.len() - name.len();
    let mut at = 0;
    while at < name.len() {
        if path[start + at] != name[at] {
            return false;
        }
        at += 1;
    }
    path[start - 1] == b':'
}
