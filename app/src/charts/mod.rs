//! Charts: pure tested geometry and thin canvas drawing.
