//! The story page of the components.

super::messages! {}
