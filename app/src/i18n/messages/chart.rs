//! Words of the charts: legends, readouts, summaries.

super::messages! {
    FORECAST: "预测", "Forecast";
}
