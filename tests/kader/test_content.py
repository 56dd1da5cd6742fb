"""Content checks: both CEL libraries give the same."""

from __future__ import annotations

import sys

import pytest

from simulator.base.errors import InputError
from simulator.kader import content

PO = {
    "part": {"yes": True, "no": False},
    "plan": {"sector": "po", "period": {"first_school_year": 2014, "school_years": 4}},
}


@pytest.fixture(params=["cel", "celpy"])
def evaluate(request, monkeypatch):
    """The check by one of the two libraries; without the first the second takes its place."""
    pytest.importorskip(request.param)
    if request.param == "celpy":
        monkeypatch.setitem(sys.modules, "cel", None)
    else:
        monkeypatch.setitem(sys.modules, "celpy", None)
    return content.evaluate


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("part.yes", True),
        ("part.no", False),
        ("!part.no", True),
        ("part.yes && part.yes", True),
        ("part.yes && part.no", False),
        ("part.no || part.yes", True),
        ("part.no || part.no", False),
        # a missing answer makes unknown, unless the other side decides
        ("part.missing", None),
        ("!part.missing", None),
        ("part.missing && part.yes", None),
        ("part.yes && part.missing", None),
        ("part.missing && part.no", False),
        ("part.no && part.missing", False),
        ("part.missing || part.yes", True),
        ("part.yes || part.missing", True),
        ("part.missing || part.no", None),
        ("part.yes && part.missing && part.no", False),
        ("part.missing || part.other || part.yes", True),
        # parts that exist in one sector only
        ("plan.sector == 'vo' || part.missing", None),
        ("plan.sector == 'po' || part.missing", True),
        ("plan.sector == 'vo' && part.missing", False),
        ("(plan.sector == 'vo' || part.yes) && (plan.sector == 'po' || part.missing)", True),
        # the horizon of the plan
        ("plan.period.school_years <= 4", True),
        ("plan.period.school_years <= 3", False),
        ("plan.period.school_years <= 4 && part.missing", None),
        ("plan.period.school_years <= 3 && part.missing", False),
        ("plan.period.first_school_year + plan.period.school_years == 2018", True),
    ],
)
def test_the_truth_of_a_check(evaluate, expression, expected):
    assert evaluate(expression, PO) is expected


def test_without_any_answer_nothing_is_known(evaluate):
    assert evaluate("part.a && part.b", {"part": {}, "plan": {"sector": "vo"}}) is None


@pytest.mark.parametrize(
    "expression", ["part.yes &&", "part.yes and part.no", "(part.yes", "", "nothing.yes", "1 / 0 == 1"]
)
def test_what_is_no_check_is_a_mistake_of_the_kader(evaluate, expression):
    with pytest.raises(InputError) as caught:
        evaluate(expression, PO)
    (problem,) = caught.value.problems
    assert problem.message.startswith(f"the check '{expression}' of the kader is wrong: ")
    assert "\n" not in problem.message


@pytest.mark.parametrize("expression", ["plan.sector", "plan.period.school_years", "1 + 1", "'yes'"])
def test_a_check_must_give_true_or_false(evaluate, expression):
    with pytest.raises(InputError) as caught:
        evaluate(expression, PO)
    assert caught.value.problems[0].message.endswith("does not give true or false")


@pytest.mark.parametrize("expression", ["part.yes + part.no", "'x' && true"])
def test_kinds_that_do_not_go_together_are_refused(evaluate, expression):
    with pytest.raises(InputError):
        evaluate(expression, PO)
