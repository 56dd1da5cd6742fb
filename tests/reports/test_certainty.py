"""An interval is told only where there is enough to say one."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.base import language
from simulator.outcomes import statistics
from simulator.reports import certainty


@pytest.fixture(autouse=True)
def dutch():
    language.choose("nl")


def told(values, swv, unit="share"):
    return certainty.words(statistics.estimate(np.array(values, dtype=float), lowest=None), unit, swv)


def test_a_handful_of_looks_has_no_interval():
    assert told([-1, 0, 0, -1], 1) == "te weinig herhalingen (4)"
    assert told([-0.1, 0.0, 0.1, -0.1], 20) == "-17,7 .. +12,7 pp"


def test_what_never_varies_is_not_called_exact():
    assert told([0] * 12, 1) == "te weinig herhalingen (12)"
    assert told([0] * 12, 20) == "in alle 12 herhalingen gelijk"


def test_one_replication_has_none_and_nothing_is_a_dash():
    assert told([0.2], 152) == "te weinig herhalingen (1)"
    assert told([np.nan], 152) == "-"


@pytest.mark.parametrize("differ", [statistics.paired, statistics.unpaired])
def test_a_difference_of_shares_keeps_within_what_shares_can_be(differ):
    base, other = np.array([1.0, 1.0, 0.0, 0.0]), np.array([0.0, 0.0, 1.0, 0.0])
    free, kept = differ(base, other), differ(base, other, most=1.0)
    assert free.estimate.low < -1
    assert kept.estimate.low == -1
    assert (kept.estimate.mean, kept.p) == (free.estimate.mean, free.p)


def test_a_share_goes_no_further_from_the_base_than_all_or_nothing():
    found = statistics.estimate(np.array([0.0, 0.1, 0.1]), lowest=None)
    bounded = certainty.from_base(found, "share", 0.95)
    assert found.high > 0.05
    assert (bounded.low, bounded.high) == (found.low, pytest.approx(0.05))
    assert certainty.from_base(found, "days", 0.95) == found
    assert certainty.from_base(found, "share", float("nan")) == found
