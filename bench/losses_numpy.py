#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The work of losses.c as numpy does it: yearly losses of Poisson events with lognormal amounts.

    losses_numpy.py [YEARS [RUNS [EVENTS A YEAR AND SCENARIO]]]

Prints seconds of the processor, the least of several runs, and what came of it, as JSON; and for
each figure the range in which the same figure of another, independent sample of as many years must lie.
"""
import json
import math
import sys
import time

import numpy

SCENARIOS = 10
SIGMA = 1.2  # of the logarithm of the amounts
# What is told of the years besides their mean, as in losses.c.
ROWS = {
    "p50": 0.5, "p90": 0.9, "p95": 0.95, "p99": 0.99,
    "value at risk 95%": 0.95, "value at risk 99%": 0.99,
    **{f"{period} years": 1 - 1 / period for period in [2, 5, 10, 20, 50, 100, 200, 500, 1000]},
}  # fmt: skip
# A range reaches so many standard errors of the difference of two samples to both sides. Of the figures of
# a bench, ten different ones at each of two rates, one is outside by chance in eight hundred benches.
ERRORS = 4


def draw_years(years, rate):
    """The loss of each year. One scenario at a time is as fast as all at once, and needs less memory."""
    chance, year, losses = numpy.random.default_rng(1), numpy.arange(years), numpy.zeros(years)
    for i in range(SCENARIOS):
        events = chance.poisson(rate, years)
        amounts = chance.lognormal(math.log(1e5 * (i + 1)), SIGMA, events.sum())
        losses += numpy.bincount(numpy.repeat(year, events), amounts, years)
    return losses


def summarize(losses):
    quantiles = numpy.quantile(losses, list(ROWS.values()))
    return {"mean": losses.mean(), **dict(zip(ROWS, quantiles.tolist()))}


def ranges(losses):
    """Of each figure. The share of years up to a quantile is binomial: its range is one of quantiles."""
    reach = ERRORS * math.sqrt(2 / len(losses))
    mean, error = losses.mean(), reach * losses.std()
    shares = numpy.array(list(ROWS.values()))
    errors = reach * numpy.sqrt(shares * (1 - shares))
    low = numpy.quantile(losses, numpy.clip(shares - errors, 0, 1))
    high = numpy.quantile(losses, numpy.clip(shares + errors, 0, 1))
    return {"mean": [mean - error, mean + error], **dict(zip(ROWS, zip(low.tolist(), high.tolist())))}


def main():
    given = sys.argv[1:]
    years = int(given[0]) if given else 1_000_000
    runs = int(given[1]) if len(given) > 1 else 5
    rate = float(given[2]) if len(given) > 2 else 0.1
    least = math.inf
    for _ in range(runs):
        begin = time.process_time()
        losses = draw_years(years, rate)
        summary = summarize(losses)
        least = min(least, time.process_time() - begin)
    print(json.dumps({
        "numpy": numpy.__version__, "years": years, "scenarios": SCENARIOS, "events_per_y": rate,
        "seconds": round(least, 4), "losses": summary, "ranges": ranges(losses),
    }))  # fmt: skip


main()
