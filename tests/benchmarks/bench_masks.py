"""Statuses by masks beside a networkx traversal per plan: python tests/benchmarks/bench_masks.py.

Sixty duties, each on one to three others; the same own checks for both. Prints nanoseconds per plan and the ratio, as
the median of interleaved rounds in one run.
"""

from __future__ import annotations

import statistics
import sys
import time
from datetime import date

import networkx as nx
import numpy as np

from simulator.kader import masks
from simulator.kader.duties import Obligation
from simulator.kader.law import law_on

DUTIES, PLANS, WALKED, ROUNDS = 60, 64 * 4096, 300, 7


def law():
    """A law of sixty duties in which later ones rest on earlier ones."""
    rng = np.random.default_rng(1)
    made = []
    for number in range(DUTIES):
        before = rng.choice(number, size=min(number, int(rng.integers(1, 4))), replace=False) if number else []
        made.append(duty(f"A-{number}", [f"A-{one}" for one in before]))
    return law_on({one.id: one for one in made}, date(2014, 5, 1), "po")


def duty(name, requires):
    """A standing duty that is checked on content."""
    text = {"nl": "tekst", "en": "text"}
    version = {
        "sector": "both", "in_force": {"from": "2013-01-01"}, "actor": "swv", "article": {"po": "1", "vo": "1"},
        "due": "none", "requires": requires, "checks": {"content": "part.shown"}, "text": text, "evidence": text,
        "parts": [{"key": "shown", "ask": text}], "source": "law", "confidence": "read",
    }  # fmt: skip
    return Obligation.model_validate({"id": name, "group": "plan", "versions": [version]})


def walk(graph, passed, failed):
    """The plain way for one plan."""
    status = {}
    for name in nx.topological_sort(graph):
        blocked = any(status[one] != "met" for one in graph.predecessors(name))
        status[name] = "met" if passed[name] and not blocked else "not_met" if failed[name] else "not_assessable"
    return status


def main():
    found = law()
    names = list(found.versions)
    own = np.random.default_rng(2).integers(0, 3, (DUTIES, PLANS))
    passed, failed = masks.pack(own == 1), masks.pack(own == 0)
    due = masks.pack(np.ones((DUTIES, PLANS), dtype=bool))
    ready = masks.Propagation(found)
    rows = list(enumerate(names))
    rows = list(enumerate(names))
    per_plan = [
        ({name: own[row, plan] == 1 for row, name in rows}, {name: own[row, plan] == 0 for row, name in rows})
        for plan in range(WALKED)
    ]
    fast, slow = [], []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        result = ready.statuses(passed, failed, due)
        fast.append((time.perf_counter() - began) / PLANS * 1e9)
        began = time.perf_counter()
        plain = [walk(found.graph, *one) for one in per_plan]
        slow.append((time.perf_counter() - began) / WALKED * 1e9)
    met = masks.unpack(result.met, WALKED)
    for plan, status in enumerate(plain):
        if [status[name] == "met" for name in names] != list(met[:, plan]):
            sys.exit("the two disagree")
    ratio = statistics.median(one / other for one, other in zip(slow, fast, strict=True))
    print(f"masks {statistics.median(fast):.1f} ns per plan of {DUTIES} duties ({PLANS} plans)")
    print(f"networkx {statistics.median(slow):.0f} ns per plan; ratio {ratio:.0f} (median of {ROUNDS} rounds)")


if __name__ == "__main__":
    main()
