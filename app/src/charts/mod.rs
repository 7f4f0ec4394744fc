//! Charts: pure tested geometry and thin canvas drawing behind one backend; knows no domain type.

mod sparkline;

pub use sparkline::Sparkline;
