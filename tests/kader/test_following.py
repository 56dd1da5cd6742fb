"""What follows a step on every way: branches by the clock, by luck and by the course."""

from datetime import date

import pytest

from simulator.kader.following import Following, clock
from simulator.kader.werkwijze import Guard, Node

PUBLISH = {"id": "publish", "step": {"label": {"nl": "x", "en": "x"}, "actor": "inspectie", "act": "publish",
                                     "confidence": "assumed"}}  # fmt: skip
OTHER = {"id": "other", "step": {**PUBLISH["step"], "act": []}}
EARLY, LATE = {"now_before": "2023-08-01"}, {"no": {"now_before": "2023-08-01"}}


def follows(choice, first=date(2021, 8, 1), last=date(2027, 7, 31)):
    adopt = {"id": "adopt", "step": {**PUBLISH["step"], "act": "adopt"}}
    tree = Node.model_validate({"id": "all", "sequence": [adopt, {"id": "c", "choice": choice}]})
    return "publish" in Following("po", last).steps(tree, first)["adopt"]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ([{"when": EARLY, "then": PUBLISH}, {"then": PUBLISH}], True),
        ([{"when": EARLY, "then": PUBLISH}, {"then": OTHER}], False),
        ([{"when": EARLY, "then": OTHER}, {"then": PUBLISH}], False),
        ([{"when": EARLY, "then": PUBLISH}], False),
        ([{"when": EARLY, "then": PUBLISH}, {"when": LATE, "then": PUBLISH}], True),
        ([{"when": {"now_before": "2020-01-01"}, "then": OTHER}, {"then": PUBLISH}], True),
        ([{"when": {"now_before": "2030-01-01"}, "then": PUBLISH}, {"then": OTHER}], True),
        ([{"when": {"draw": "x"}, "then": PUBLISH}], False),
        ([{"when": {"draw": "x"}, "then": PUBLISH}, {"then": OTHER}], False),
        ([{"when": {"bit": "x"}, "then": PUBLISH}], True),
        ([{"when": {"bit": "x"}, "then": PUBLISH}, {"then": OTHER}], False),
        ([{"when": {"all": [{"bit": "x"}, EARLY]}, "then": PUBLISH}], False),
        ([{"when": {"bit": "x"}, "then": PUBLISH}, {"when": {"draw": "y"}, "then": PUBLISH}], False),
    ],
)
def test_every_branch_that_can_be_taken_must_hold_what_is_asked(choice, expected):
    assert follows(choice) is expected


def test_a_branch_of_the_clock_counts_for_its_days_alone():
    choice = [{"when": EARLY, "then": PUBLISH}, {"then": OTHER}]
    assert follows(choice, last=date(2023, 7, 31))
    assert not follows(choice, last=date(2023, 8, 1))
    assert follows([{"when": EARLY, "then": OTHER}, {"then": PUBLISH}], first=date(2023, 8, 1))


@pytest.mark.parametrize(
    ("guard", "expected"),
    [({"any": [EARLY, {"bit": "x"}]}, None), ({"any": [LATE, {"bit": "x"}]}, True), ({"any": [EARLY]}, False),
     ({"all": [LATE, {"bit": "x"}]}, None), ({"all": [EARLY, {"bit": "x"}]}, False), ({"no": {"bit": "x"}}, None)],
)  # fmt: skip
def test_what_the_clock_alone_decides(guard, expected):
    assert clock(Guard.model_validate(guard), date(2023, 8, 1)) is expected
