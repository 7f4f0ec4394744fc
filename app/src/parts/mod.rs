//! Domain widgets that two or more screens share.
