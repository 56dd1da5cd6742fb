"""The parts of a country, and a difference of each that is measured itself."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.outcomes import statistics
from simulator.reports import parts, regional
from simulator.reports.parts import Measured
from simulator.world import population
from tests.conftest import TWELVE


@pytest.fixture(scope="module")
def people():
    return {code: one for code, one in population.everyone().items() if code in TWELVE}


def test_a_sector_within_a_province_is_a_part_where_it_is_another_one(people):
    found = list(parts.parts(people, list(people)))
    both = [one for one in found if one.kind == "both"]
    assert both
    for one in both:
        assert one.codes == tuple(
            code for code in people if (people[code].sector, people[code].province) == (one.sector, one.province)
        )
    larger = [one.codes for one in found if one.kind in ("sector", "province")]
    assert not [one for one in both if one.codes in larger]
    for province in {one.province for one in people.values()}:
        for sector in {one.sector for one in people.values() if one.province == province}:
            fits = [one for one in found if one.sector in ("", sector) and one.province in ("", province)]
            assert any(one.sector == sector and one.province == province and one.kind != "swv" for one in fits)


def test_its_difference_is_paired_per_replication(people):
    codes = list(people)
    random = np.random.default_rng(4)
    left, right = (Measured("x", "x", "share", random.integers(0, 2, (8, len(codes))).astype(float)) for _ in "ab")
    for row in parts.compared(left, right, people, codes, paired=True):
        columns = [codes.index(code) for code in row.part.codes]
        own = statistics.paired(left.values[:, columns].mean(1), right.values[:, columns].mean(1), most=1.0)
        assert row.difference == own


def test_names_are_written_with_their_letters(people):
    assert regional.written("Fryslan") == "Fryslân"
    assert regional.written("Sudwest Fryslan") == "Súdwest Fryslân"
    assert regional.written("Utrecht") == "Utrecht"
