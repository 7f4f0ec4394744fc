//! The form of a message table: `NAME: "中文", "English";`, one entry a line, `{name}` for a parameter.

/// Declares the messages of one area and `ALL`, the table of them.
macro_rules! messages {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        $(pub const $name: $crate::i18n::Msg = $crate::i18n::Msg(&$crate::i18n::Text {
            name: stringify!($name),
            zh: $zh,
            en: $en,
        });)*
        /// Every message of this area.
        pub const ALL: &[$crate::i18n::Msg] = &[$($name),*];
    };
}
pub(crate) use messages;
