"""Masks over many plans give the statuses of the assessment, and of a plain walk over the graph."""

from __future__ import annotations

from datetime import date

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from kader_samples import duty, law_of

from simulator.base.days import day_of
from simulator.kader import assess, masks
from simulator.kader.assess import Columns, Status
from simulator.kader.law import law_on
from simulator.kader.timing import Truth

DAY = date(2014, 5, 1)
duty("A-0")  # what a first check imports uses random numbers, which no strategy may
PAST, FUTURE = {"date": "2014-02-01"}, {"date": "2014-08-01"}


@st.composite
def situations(draw, optional=True):
    """A random acyclic law and random plans: own checks per duty and plan."""
    count = draw(st.integers(1, 7))
    duties = []
    for number in range(count):
        before = [f"A-{one}" for one in range(number)]
        group = st.lists(st.sampled_from(before or ["-"]), min_size=1, max_size=3, unique=True)
        groups = draw(st.lists(group, max_size=3)) if before else []
        more = {"optional": True} if optional and draw(st.integers(0, 5)) == 0 else {}
        due = draw(st.sampled_from([PAST, FUTURE, "none"]))
        duties.append(duty(f"A-{number}", requires=[{"any": group} for group in groups], due=due, **more))
    plans = draw(st.integers(0, 130))
    seed = draw(st.integers(0, 2**32 - 1))
    own = np.random.default_rng(seed).integers(0, 3, (count, plans))  # 0 no, 1 yes, 2 unknown
    return duties, own


def assessed(law, own):
    on = np.full(own.shape[1], day_of(DAY))
    row = {name: int(name.partition("-")[2]) for name in law.versions}
    shown = {name: Truth(own[row[name]] == 1, own[row[name]] == 0) for name in law.versions}
    return assess.assess(law, Columns(on, {}, shown))


def masked(law, own, result):
    order = [int(name.partition("-")[2]) for name in law.versions]
    due = np.array([np.broadcast_to(result.due[name], own.shape[1]) for name in law.versions]).reshape(own.shape)
    bits = own[order]
    packed = masks.Propagation(law).statuses(masks.pack(bits == 1), masks.pack(bits == 0), masks.pack(due))
    return [masks.unpack(words, own.shape[1]) for words in (packed.met, packed.not_met, packed.not_assessable)]


def walked(law, own, due):
    """The plain way: a networkx traversal per plan."""
    found = {}
    for plan in range(own.shape[1]):
        status = {}
        for name in nx.lexicographical_topological_sort(law.graph):
            version = law.versions[name]
            value = own[int(name.partition("-")[2]), plan]
            blocked = any(
                any(due[one][plan] and status[one] != Status.MET for one in group.any)
                and not any(status[one] == Status.MET for one in group.any)
                for group in version.requires
            )
            if value == 1 and not blocked:
                status[name] = Status.MET
            elif not due[name][plan]:
                status[name] = None
            else:
                status[name] = Status.NOT_MET if value == 0 else Status.NOT_ASSESSABLE
        found[plan] = status
    return found


@settings(max_examples=150, deadline=None)
@given(situations())
def test_masks_assessment_and_walk_agree(situation):
    law, own = law_on(law_of(*situation[0]), DAY, "po"), situation[1]
    result = assessed(law, own)
    met, not_met, not_assessable = masked(law, own, result)
    due = {name: np.broadcast_to(result.due[name], own.shape[1]) for name in law.versions}
    plain = walked(law, own, due)
    for number, name in enumerate(law.versions):
        np.testing.assert_array_equal(met[number], result.status[name] == Status.MET)
        np.testing.assert_array_equal(not_met[number], result.status[name] == Status.NOT_MET)
        np.testing.assert_array_equal(not_assessable[number], result.status[name] == Status.NOT_ASSESSABLE)
        for plan, status in plain.items():
            assert met[number, plan] == (status[name] == Status.MET)
            assert not_met[number, plan] == (status[name] == Status.NOT_MET)


@settings(max_examples=60, deadline=None)
@given(situations(), st.integers(0, 6), st.integers(0, 129))
def test_meeting_one_more_duty_never_makes_another_worse(situation, row, plan):
    law, own = law_on(law_of(*situation[0]), DAY, "po"), situation[1]
    if row >= own.shape[0] or plan >= own.shape[1]:
        return
    better = own.copy()
    better[row, plan] = 1
    before, _, _ = masked(law, own, assessed(law, own))
    after, _, _ = masked(law, better, assessed(law, better))
    assert not (before & ~after).any()


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 5), st.integers(0, 200), st.integers(0, 2**32 - 1))
def test_what_is_packed_comes_back(rows, plans, seed):
    bits = np.random.default_rng(seed).integers(0, 2, (rows, plans)).astype(bool)
    np.testing.assert_array_equal(masks.unpack(masks.pack(bits), plans), bits)
