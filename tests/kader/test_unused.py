"""Parameters that nothing uses in a kader of one's own, and mistakes that are told once."""

import pytest

from tests.conftest import OWN_KADER

FIXED = "{dist: fixed, value: 10, unit: days, source: x, confidence: assumed}"
STEP = """nodes:
  - id: give_order
    step:
      label: {nl: "opdracht", en: "order"}
      actor: inspectie
      act: order
      duty: %s
      marks: [%s]
%s      confidence: assumed
"""


@pytest.mark.parametrize(
    ("name", "hint"),
    [("reaktie_bestuur", "Name it"), ("reaction_dayz", "reaction_days"), ("visit_day", "fifth_day"),
     ("repair_days.PLAN-x", "repair_days.PLAN")],
)  # fmt: skip
def test_a_parameter_that_nothing_uses_is_refused_with_the_nearest_name(refused, write, name, hint):
    write("eigen.yaml", f"{OWN_KADER}parameters:\n  {name}: {FIXED}\n")
    (problem,) = refused("kader", "validate", "eigen.yaml")
    assert (problem["line"], name in problem["message"]) == (8, True)
    assert hint in problem["hint"]


@pytest.mark.parametrize("name", ["reaction_days", "repair_days.GOV-4", "content.TLV-7", "illness_spell"])
def test_a_parameter_of_a_kader_or_of_one_duty_is_none(command, write, name):
    write("eigen.yaml", f"{OWN_KADER}parameters:\n  {name}: {FIXED}\n")
    assert "nothing in this kader uses" not in "".join(map(str, command("kader", "validate", "eigen.yaml")))


def test_one_that_a_step_of_the_file_uses_is_fine(command, write):
    time = "      time: {takes: mine}\n"
    write("eigen.yaml", f"{OWN_KADER}parameters:\n  mine: {FIXED}\n{STEP % ('item', 'order_given', time)}")
    assert "nothing in this kader uses" not in "".join(map(str, command("kader", "validate", "eigen.yaml")))


@pytest.mark.parametrize(("duty", "mark", "line"), [("NOPE-1", "order_given", 13), ("item", "onderzoek_draft", 14)])
def test_a_mistake_in_a_node_that_goes_otherwise_is_told_once_at_its_place(refused, write, duty, mark, line):
    write("eigen.yaml", OWN_KADER + STEP % (duty, mark, ""))
    (problem,) = refused("kader", "validate", "eigen.yaml")
    assert problem["line"] == line
    assert "Did you mean" in problem["hint"]
