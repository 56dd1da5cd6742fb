"""Steps with the marks of an act that do not say it: refused with their place, whatever declares the mark."""

import pytest

from simulator.base import resources
from simulator.kader import marking, reading
from tests.conftest import OWN_KADER

STEP = """nodes:
  - id: %s
    step:
      label: {nl: "stap", en: "my step"}
      actor: inspectie%s
      marks: [%s]
      confidence: assumed
"""


@pytest.mark.parametrize(
    ("node", "mark", "act"),
    [("publish_third_week", "onderzoek_published", "publish"), ("give_order", "order_given", "order"),
     ("herstelonderzoek", "herstel_visited", "herstelonderzoek"), ("draft_report", "onderzoek_drafted", "draft"),
     ("withhold_funding", "funding_withheld", "withhold"), ("inform_minister", "minister_informed", "inform")],
)  # fmt: skip
def test_a_mark_of_an_act_without_the_act_is_refused_at_its_line(refused, write, node, mark, act):
    write("eigen.yaml", OWN_KADER + STEP % (node, "", mark))
    (problem,) = (one for one in refused("kader", "validate", "eigen.yaml") if "does not say" in one["message"])
    assert problem["line"] == 12
    assert f"`act: {act}`" in problem["message"]
    assert f"act: {act}" in problem["hint"]


def test_the_act_beside_another_is_enough(command, write):
    write(
        "eigen.yaml", OWN_KADER + STEP % ("publish_third_week", "\n      act: [publish, inform]", "onderzoek_published")
    )
    code, out, err = command("kader", "validate", "eigen.yaml")
    assert code == 1, "it is read; the week of the publication is what the law finds"
    assert "does not say" not in out + err


@pytest.mark.parametrize("name", sorted(path.stem for path in resources.KADERS.glob("swv-*.yaml")))
def test_in_the_shipped_kaders_every_mark_says_its_act(name):
    file = reading.load(name).file
    assert list(marking.unsaid(file)) == []
    assert {("draft",), ("publish",), ("adopt",)} <= {
        group for groups in marking.acts_of(file).values() for group in groups
    }
