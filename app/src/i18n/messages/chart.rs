//! Words of the charts: legends, readouts, summaries.

super::messages! {}
