//! The form of a message table: `NAME: "中文", "English";`, one entry a line, `{name}` for a parameter.

/// Declares the messages of one area and `ALL`, the table of them. The texts themselves stay out of
/// the module: `cargo xtask build` reads them from the same lines.
macro_rules! messages {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "names of constants")]
        enum Line { $($name),* }
        $(pub const $name: $crate::i18n::Msg =
            $crate::i18n::Msg::at(super::area(module_path!()), Line::$name as usize);)*
        /// Every message of this area by its name.
        pub const ALL: &[(&str, $crate::i18n::Msg)] = &[$((stringify!($name), $name)),*];
        /// Every text of this area, Chinese and English.
        #[cfg(test)]
        pub const TEXTS: &[[&str; 2]] = &[$([$zh, $en]),*];
    };
}
pub(crate) use messages;
