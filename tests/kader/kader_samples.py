"""Small duties, events and columns to test with."""

from __future__ import annotations

from datetime import date

import numpy as np

from simulator.base.days import NEVER, day_of, parse
from simulator.kader import timing
from simulator.kader.assess import once
from simulator.kader.duties import Obligation
from simulator.kader.timing import Truth

TEXT = {"nl": "tekst", "en": "text"}


def version(**changes):
    """A version of a duty as it would stand in a file: standing, checked on content, without prerequisites."""
    raw = {
        "sector": "both",
        "in_force": {"from": "2013-01-01"},
        "actor": "swv",
        "article": {"po": "WPO 1", "vo": "WVO 1"},
        "due": "none",
        "checks": {"content": "part.shown"},
        "text": TEXT,
        "evidence": TEXT,
        "source": "law",
        "confidence": "read",
        **changes,
    }
    if "content" in raw["checks"]:
        raw.setdefault("parts", [{"key": "shown", "ask": TEXT}])
    return raw


def duty(name, *versions, **changes):
    """A duty with the versions given, or with one."""
    return Obligation.model_validate({"id": name, "group": "plan", "versions": list(versions) or [version(**changes)]})


def law_of(*duties):
    """Duties by id."""
    return {one.id: one for one in duties}


def event(*days):
    """An event per column: a date in a text, None when it has not happened, "?" when that is not known."""
    numbers = np.array([day_of(parse(day)) if day not in (None, "?") else NEVER for day in days])
    known = np.array([day != "?" for day in days])
    return once(numbers, known, np.full(len(days), NEVER - 1))


def truth(*values):
    """Truth per column from True, False and None (unknown)."""
    return Truth(np.array([value is True for value in values]), np.array([value is False for value in values]))


def values(found):
    """True, False or None per column of a truth; both at once is a contradiction."""
    assert not (found.true & found.false).any()
    pairs = zip(found.true.tolist(), found.false.tolist(), strict=True)
    return [True if yes else False if no else None for yes, no in pairs]


def verdict(text, **events):
    """What a timing expression says about one column."""
    (found,) = values(timing.parse(text)(events))
    return found


def number(text):
    """The day number of a date in a text."""
    return day_of(date.fromisoformat(text))
