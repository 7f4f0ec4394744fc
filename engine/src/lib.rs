//! Ballast planning engine.
