//! The form of a message table: `NAME: "中文", "English";`, one entry a line, `{name}` for a parameter.

/// Declares the messages of one area and `ALL`, the table of them.
macro_rules! messages {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        $(pub const $name: $crate::i18n::Msg =
            $crate::i18n::Msg(&$crate::i18n::Text(concat!($zh, "\n", $en)));)*
        /// Every message of this area by its name.
        pub const ALL: &[(&str, $crate::i18n::Msg)] = &[$((stringify!($name), $name)),*];
    };
}
pub(crate) use messages;
