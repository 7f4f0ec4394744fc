"""Ballast beside other forecasting libraries: the same panels, split and metrics, in one run.

A panel is NAME.train.csv(.gz) and NAME.test.csv(.gz) with the columns of `ballast forecast`. Prints a Markdown
table. CPU is process time of one thread for the forecasts alone: reading, writing and, for compiled Python, the
first calls are left out. Intervals are of 80 and 95 %.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
import pandas as pd
from augurs import MSTL, AutoETS as AugursETS
from statsforecast import models as sf

KEYS = ("series", "sku", "channel", "region")
FREQUENCIES = {1: ("D", 7), 7: ("W", 52), 30: ("M", 12), 91: ("Q", 4)}
RUNS = 7
NAN = float("nan")


class Panel:
    """Histories and what followed them, series in the order of the file."""

    def __init__(self, folder, name):
        self.path = find(folder, name, "train")
        train = self.read(self.path)
        test = self.read(find(folder, name, "test"))
        self.keys = [key for key in KEYS if key in train]
        days = np.diff(np.sort(train["date"].unique())).astype("timedelta64[D]").astype(int)
        step = min(FREQUENCIES, key=lambda step: abs(step - np.median(days)))
        self.code, self.season = FREQUENCIES[step]
        after = {key: part for key, part in test.groupby(self.keys)}
        self.train, self.test, self.names = [], [], []
        for key, part in train.groupby(self.keys, sort=False):
            if key in after:
                self.names.append(key)
                self.train.append(self.dense(part))
                self.test.append(after[key].sort_values("date")["quantity"].to_numpy(float))
        self.horizon = max(len(actual) for actual in self.test)

    @staticmethod
    def read(path):
        return pd.read_csv(path, parse_dates=["date"])

    def dense(self, part):
        """A history by period; dates that are not there are periods without demand."""
        by_date = part.groupby("date")["quantity"].sum().sort_index()
        if self.code in "DW":
            step = {"D": "D", "W": "7D"}[self.code]
            by_date = by_date.reindex(pd.date_range(by_date.index[0], by_date.index[-1], freq=step), fill_value=0.0)
        else:
            by_date.index = by_date.index.to_period(self.code)
            by_date = by_date.reindex(pd.period_range(by_date.index[0], by_date.index[-1], freq=self.code), fill_value=0.0)
        return by_date.to_numpy(float)


def find(folder, name, part):
    for ending in (".csv.gz", ".csv"):
        path = os.path.join(folder, f"{name}.{part}{ending}")
        if os.path.exists(path):
            return path
    sys.exit(f"{folder}: {name}.{part}.csv is missing")


def names_in(folder):
    ends = (".train.csv.gz", ".train.csv")
    found = {file.removesuffix(end) for file in os.listdir(folder) for end in ends if file.endswith(end)}
    return sorted(found) or sys.exit(f"{folder}: no NAME.train.csv or .csv.gz")


def metrics(panel, forecasts):
    """forecasts: for each series its mean and, where known, limits {80: (lo, hi), 95: ..}."""
    errors = actuals = signed = 0.0
    mase, rmsse, inside, seen = [], [], {80: 0, 95: 0}, {80: 0, 95: 0}
    for train, actual, (mean, limits) in zip(panel.train, panel.test, forecasts):
        mean = np.asarray(mean[: len(actual)])
        error = actual - mean
        errors, actuals, signed = errors + np.abs(error).sum(), actuals + actual.sum(), signed - error.sum()
        season = panel.season if len(train) > panel.season else 1
        scale = np.abs(train[season:] - train[:-season]).mean() if len(train) > season else 0.0
        if scale > 0:
            mase.append(np.abs(error).mean() / scale)
        begun = train[np.argmax(train > 0):]
        square = np.square(np.diff(begun)).mean() if len(begun) > 1 else 0.0
        if square > 0:
            rmsse.append(np.sqrt(np.square(error).mean() / square))
        for level, (low, high) in limits.items():
            low, high = np.asarray(low[: len(actual)]), np.asarray(high[: len(actual)])
            inside[level] += ((actual >= low) & (actual <= high)).sum()
            seen[level] += len(actual)
    share = {level: 100 * inside[level] / seen[level] if seen[level] else NAN for level in seen}
    return {
        "WAPE": 100 * errors / actuals, "bias": 100 * signed / actuals, "MASE": np.mean(mase), "RMSSE": np.mean(rmsse),
        "80": share[80], "95": share[95],
    }


def with_statsforecast(make, has_intervals=True):
    def run(panel):
        def one(train):
            season = panel.season if len(train) >= 2 * panel.season else 1
            levels = [80, 95] if has_intervals else None
            out = make(season).forecast(y=train.astype(np.float32), h=panel.horizon, level=levels)
            limits = {80: (out["lo-80"], out["hi-80"]), 95: (out["lo-95"], out["hi-95"])} if has_intervals else {}
            return np.asarray(out["mean"], float), limits
        return timed(panel, one)
    return run


def with_augurs(make):
    def run(panel):
        def one(train):
            model = make(panel.season if len(train) >= 2 * panel.season else 1)
            model.fit(train)
            limits = {}
            for level in (80, 95):
                out = model.predict(panel.horizon, level / 100)
                limits[level] = (out.lower(), out.upper())
            return out.point(), limits
        return timed(panel, one)
    return run


def timed(panel, one):
    def safe(train):
        try:
            return one(train)
        except Exception:  # a peer that refuses a series repeats its last value
            return np.full(panel.horizon, train[-1]), {}
    for train in panel.train[:3]:
        safe(train)
    start = time.process_time()
    forecasts = [safe(train) for train in panel.train]
    return time.process_time() - start, forecasts


def from_table(panel, table):
    rows = {key: part.sort_values("date") for key, part in table.groupby(panel.keys)}
    forecasts = []
    for name in panel.names:
        part = rows[name]
        limits = {level: (part[f"lo{level}"].to_numpy(), part[f"hi{level}"].to_numpy()) for level in (80, 95)}
        forecasts.append((part["mean"].to_numpy(), limits))
    return forecasts


def with_ballast(binary):
    def run(panel):
        with tempfile.TemporaryDirectory() as folder:
            history, out = os.path.join(folder, "history.csv"), os.path.join(folder, "out.csv")
            pd.read_csv(panel.path).to_csv(history, index=False)
            call = [binary, "forecast", "--history", history, "--freq", panel.code, "--season", str(panel.season),
                    "--horizon", str(panel.horizon), "--threads", "1", "--timing", "--out", out]
            seconds = []
            for _ in range(RUNS):
                said = subprocess.run(call, check=True, capture_output=True, text=True).stderr
                seconds.append(float(said.split("seconds=")[1].split()[0]))
            return float(np.median(seconds)), from_table(panel, Panel.read(out))
    return run


def with_anofox(binary, method):
    def run(panel):
        lines = [f"{method} {panel.horizon} {panel.season}"]
        lines += [" ".join(map(repr, map(float, train))) for train in panel.train]
        said = subprocess.run([binary], input="\n".join(lines), check=True, capture_output=True, text=True).stdout
        seconds, *rows = said.strip().splitlines()
        forecasts = []
        for row in rows:
            means, *limits = [list(map(float, part.split())) for part in row.split("|")]
            known = {80: limits[0:2], 95: limits[2:4]} if len(limits) == 4 and limits[0] else {}
            forecasts.append((means, known))
        return float(seconds), forecasts
    return run


def methods(options):
    table = {
        "**ballast**": with_ballast(options.ballast),
        "statsforecast AutoETS": with_statsforecast(lambda m: sf.AutoETS(season_length=m if m <= 24 else 1)),
        "statsforecast AutoTheta": with_statsforecast(lambda m: sf.AutoTheta(season_length=m)),
        "statsforecast DynamicOptimizedTheta": with_statsforecast(lambda m: sf.DynamicOptimizedTheta(season_length=m)),
        "statsforecast SESOpt": with_statsforecast(lambda m: sf.SimpleExponentialSmoothingOptimized(), False),
        "statsforecast IMAPA": with_statsforecast(lambda m: sf.IMAPA(), False),
        "statsforecast SeasonalNaive": with_statsforecast(lambda m: sf.SeasonalNaive(season_length=m)),
        "augurs ETS": with_augurs(lambda m: AugursETS(1, "ZZN")),
        "augurs MSTL": with_augurs(lambda m: MSTL.ets([m])),
    }
    if options.anofox:
        for method in ("AutoTheta", "AutoETS", "IMAPA"):
            table[f"anofox {method}"] = with_anofox(options.anofox, method)
    return table


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--panels", required=True)
    parser.add_argument("--ballast", required=True)
    parser.add_argument("--anofox")
    options = parser.parse_args()
    print("| panel | method | WAPE | bias | MASE | RMSSE | inside 80 / 95 % | CPU ms / 1,000 series | times ours |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name in names_in(options.panels):
        panel = Panel(options.panels, name)
        title = f"{name} ({len(panel.train)}, {panel.code}, {panel.horizon} ahead)"
        ours = None
        for method, run in methods(options).items():
            print(f"{name}: {method}", file=sys.stderr, flush=True)
            if "MSTL" in method and min(map(len, panel.train)) < 2 * panel.season:
                continue
            try:
                seconds, forecasts = run(panel)
                figures = metrics(panel, forecasts)
            except Exception as problem:
                print(f"| {title} | {method} | failed: {problem} |" + " |" * 6, flush=True)
                continue
            per_thousand = 1e6 * seconds / len(panel.train)
            ours = ours or per_thousand
            inside = "-" if np.isnan(figures["80"]) else f"{figures['80']:.0f} / {figures['95']:.0f}"
            print(f"| {title} | {method} | {figures['WAPE']:.2f} | {figures['bias']:.1f} | {figures['MASE']:.4f} | "
                  f"{figures['RMSSE']:.4f} | {inside} | {per_thousand:,.1f} | {per_thousand / ours:,.1f} |", flush=True)
            title = ""


main()
