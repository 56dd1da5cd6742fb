"""A werkwijze against the law of its dates: what is caught, with article and place, and what is not."""

from dataclasses import replace
from datetime import date

import pytest
from pydantic import TypeAdapter

from simulator.base import language, resources
from simulator.base.errors import InputError
from simulator.kader import lawful, reading
from simulator.kader.parameters import Parameter
from simulator.kader.werkwijze import Node
from simulator.world import scenario as scenarios

SHIPPED = sorted(path.stem for path in resources.KADERS.glob("swv-*.yaml"))
DAYS = {"dist": "uniform", "unit": "days", "confidence": "assumed"}


def step(name, act=None, takes=None, **more):
    own = {"label": {"nl": name, "en": name}, "actor": "inspectie", "source": "x", "confidence": "assumed", **more}
    own |= {"act": act} if act else {}
    return {"id": name, "step": own | ({"time": {"takes": takes}} if takes else {})}


def wait(name, day):
    return {"id": name, "step": {**step(name)["step"], "time": {"until": day}}}


WHOLE = [step("visit", "visit"), step("write", "draft"), step("react", ["board_reads", "zienswijze"]),
         step("adopt", "adopt"), step("publish", "publish", "fifth")]  # fmt: skip


def found(tree, span=(date(2015, 1, 1), date(2016, 1, 1)), base="swv-2014", **parameters):
    """The findings of a kader with another werkwijze, as (step, rule, key)."""
    kader = reading.load(base)
    own = {"fifth": {**DAYS, "low": 29, "high": 35}, **parameters}
    numbers = {name: TypeAdapter(Parameter).validate_python(one) for name, one in own.items()}
    tree = Node.model_validate({"id": "all", "sequence": tree})
    file = kader.file.model_copy(update={"werkwijze": tree, "parameters": {**kader.file.parameters, **numbers}})
    return [(one.node, one.rule, one.key) for one in lawful.findings(replace(kader, file=file), span=span)]


def changed(name, edit):
    """A shipped kader of which every node, as plain data, went through `edit`."""
    kader = reading.load(name)

    def walk(part):
        if isinstance(part, dict):
            if "id" in part:
                edit(part)
            part = list(part.values())
        for one in part if isinstance(part, list) else ():
            walk(one)

    tree = kader.file.werkwijze.model_dump(exclude_none=True)
    walk(tree)
    return replace(kader, file=kader.file.model_copy(update={"werkwijze": Node.model_validate(tree)}))


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_werkwijzen_are_lawful_and_say_what_they_are(name):
    kader = reading.load(name)
    assert lawful.findings(kader) == []
    assert any(node.step and node.step.act for node in kader.file.werkwijze.walk())


def test_every_rule_that_the_table_names_is_in_the_catalogue():
    rules = reading.load("swv-2021").rules
    assert {row.rule for row in lawful._file().rules} <= set(rules)


def test_a_whole_onderzoek_is_lawful():
    assert found(WHOLE) == []


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        ("react", [("adopt", "INS-6", "after"), ("publish", "INS-7", "after")]),
        ("adopt", [("publish", "INS-9", "after")]),
    ],
)
def test_a_step_that_is_left_out_is_missed(missing, expected):
    assert found([one for one in WHOLE if one["id"] != missing]) == expected


def test_each_onderzoek_needs_its_own_reading_of_the_draft():
    second = [{**one, "id": f"{one['id']}_2"} for one in WHOLE if one["id"] != "react"]
    assert ("adopt_2", "INS-6", "after") in found([*WHOLE, *second])


def test_before_there_was_a_chapter_on_swv_no_report_needed_any_of_it():
    assert found([step("adopt", "adopt")], span=(date(2013, 10, 1), date(2014, 3, 1))) == []
    assert found([step("adopt", "adopt")], span=(date(2013, 10, 1), date(2014, 10, 1))) == []  # it comes at the start
    late = [wait("autumn", "2014-09-01"), step("adopt", "adopt")]
    got = found([*late, step("tell", "publish")], span=(date(2013, 10, 1), date(2014, 10, 1)))
    assert ("adopt", "INS-6", "after") in got
    assert ("adopt", "INS-9", "nowhere") not in got


def test_a_report_must_become_public_and_an_order_be_looked_at_again():
    later = (date(2022, 1, 1), date(2023, 1, 1))
    assert ("adopt", "INS-9", "nowhere") in found([step("adopt", "adopt")], later, "swv-2021")
    ordered = [step("judge", "judge"), step("command", "order", duty="PLAN-e")]
    assert found(ordered, later, "swv-2021") == [("command", "INS-4", "nowhere")]
    assert found(ordered, (date(2016, 1, 1), date(2017, 1, 1)), "swv-2014") == [("command", "INS-10", "power")]


def test_each_step_that_gives_orders_needs_a_herstelonderzoek_after_it():
    later = (date(2022, 1, 1), date(2023, 1, 1))

    def ordered(name):
        return [step(f"judge_{name}", "judge"), step(f"order_{name}", "order", duty="PLAN-e")]

    look = [
        step("tell", "outcome"),
        step("say", "notice"),
        step("wait", takes="notice"),
        step("again", "herstelonderzoek"),
    ]
    notice = {"notice": {**DAYS, "low": 28, "high": 60}}
    missed = ("order_two", "INS-4", "nowhere")
    branches = [{"id": "one", "sequence": [*ordered("one"), *look]}, {"id": "two", "sequence": ordered("two")}]
    assert found([{"id": "both", "parallel": {"branches": branches}}], later, "swv-2021", **notice) == [missed]
    assert found([*ordered("one"), *look, *ordered("two")], later, "swv-2021", **notice) == [missed]
    assert found([*ordered("one"), *ordered("two"), *look], later, "swv-2021", **notice) == []
    again = {"max": 2, "again": {"draw": "x"}, "body": {"id": "body", "sequence": [*look, *ordered("two")]}}
    assert found([{"id": "rounds", "loop": again}], later, "swv-2021", **notice) == []


def test_the_herstelonderzoek_of_a_next_onderzoek_is_none_for_an_order_of_this_one():
    """A loop lies around it, and its next round begins with an onderzoek of its own."""
    later = (date(2022, 1, 1), date(2023, 1, 1))
    look = [step("say", "notice"), step("wait", takes="notice"), step("again", "herstelonderzoek")]
    last = [step("judge", "judge"), step("command", "order", duty="PLAN-e")]

    def rounds(*body):
        loop = {"max": 3, "again": {"draw": "x"}, "body": {"id": "body", "sequence": list(body)}}
        notice = {"notice": {**DAYS, "low": 28, "high": 60}, "fifth": {**DAYS, "low": 15, "high": 21}}
        return [(name, key) for name, rule, key in found([{"id": "rounds", "loop": loop}], later, "swv-2021", **notice)]

    missed = ("command", "nowhere")
    assert missed in rounds(*WHOLE, *look, *last)
    assert missed not in rounds(*WHOLE, *last, *look)
    maybe = {"id": "maybe", "choice": [{"when": {"draw": "x"}, "then": {"id": "whole", "sequence": WHOLE}}]}
    assert missed not in rounds(maybe, *look, *last)  # on another way the order is looked at again
    public = [one for one in WHOLE if one["id"] != "publish"]
    assert ("adopt", "nowhere") in rounds(*public, step("visit_2", "visit"))


@pytest.mark.parametrize("name", ["swv-2017", "swv-2021"])
def test_an_order_at_the_end_of_a_round_and_in_its_copy_are_both_found(name):
    """The last step before the minister gives an order that nobody looks at again."""

    def order(node):
        if node["id"] in ("inform_minister", "plancheck_inform_minister"):
            node["step"] |= {"act": ["order"], "duty": "PLAN-e"}

    missed = {one.node for one in lawful.findings(changed(name, order)) if one.key == "nowhere"}
    assert missed == {"inform_minister", "plancheck_inform_minister"}


def test_a_herstelonderzoek_of_a_plan_check_counts_from_the_telling_of_its_outcome():
    tree = [step("tell", "outcome"), step("long", takes="long"), step("say", "notice"), step("wait", takes="notice"),
            step("again", "herstelonderzoek")]  # fmt: skip
    later, notice = (date(2022, 1, 1), date(2023, 7, 1)), {**DAYS, "low": 28, "high": 40}
    long = {**DAYS, "low": 200, "high": 400}
    assert found(tree, later, "swv-2021", notice=notice, long=long) == [("again", "INS-4", "late")]
    assert found(tree, later, "swv-2021", notice=notice, long={**long, "high": 300}) == []
    assert found(tree[1:], later, "swv-2021", notice=notice, long=long) == [("again", "INS-4", "after")]


@pytest.mark.parametrize("name", ["swv-2017", "swv-2021"])
def test_without_the_look_at_orders_of_the_plan_check_the_shipped_werkwijze_is_unlawful(name):
    def cut(node):
        if node["id"] == "until_plan_repaired":
            branches = node["parallel"]["branches"]
            branches[:] = [branch for branch in branches if branch["id"] != "plancheck"]

    kader = changed(name, cut)
    assert {(one.node, one.key) for one in lawful.findings(kader)} == {
        ("order_procedure", "nowhere"),
        ("order_plan", "nowhere"),
    }


def test_an_unlawful_step_in_a_copy_is_placed_where_the_copy_is_put_in():
    def hurry(node):
        if node["id"] == "plancheck_wait_herstel":
            del node["step"]["time"]

    kader = changed("swv-2021", hurry)
    found_here = lawful.findings(kader)
    (problem,) = lawful.problems(kader, found_here)
    assert found_here[0].node == "plancheck_herstelonderzoek"
    assert "id: plancheck, like: control" in problem.excerpt
    assert problem.message.startswith("'herstelonderzoek [plancheck_herstelonderzoek]'"), (
        "the original has this label too"
    )
    assert "herstelonderzoek [plancheck_herstelonderzoek] (" in lawful.marked(lawful.told(found_here))
    alone = lawful.findings(changed("swv-2021", lambda node: node.get("id") == "react" and node["step"].pop("act")))
    assert {one.shared for one in alone if one.node == "adopt_report"} == {False}


@pytest.mark.parametrize(
    ("year", "low", "high", "expected"),
    [(2015, 28, 34, "soon"), (2015, 29, 36, "late"), (2015, 29, 35, None),
     (2024, 29, 35, "late"), (2024, 15, 21, None), (2024, 14, 20, "soon")],
)  # fmt: skip
def test_publication_in_its_week_by_the_law_of_its_day(year, low, high, expected):
    base = "swv-2014" if year < 2017 else "swv-2021"
    got = found(WHOLE, (date(year, 1, 1), date(year, 12, 31)), base, fifth={**DAYS, "low": low, "high": high})
    assert got == ([("publish", "INS-9", expected)] if expected else [])


def test_notice_of_one_onderzoek_is_no_notice_of_the_next():
    whole = [step("tell", "notice"), step("wait", takes="notice"), *WHOLE, step("again", "herstelonderzoek")]
    assert ("again", "INS-3", "after") in found(whole, notice={**DAYS, "low": 28, "high": 60})


@pytest.mark.parametrize(("weeks", "expected"), [(4, []), (3, [("again", "INS-3", "soon")])])
def test_four_weeks_of_notice(weeks, expected):
    tree = [*WHOLE, step("tell", "notice"), step("wait", takes="notice"), step("again", "herstelonderzoek")]
    assert found(tree, notice={**DAYS, "low": weeks * 7, "high": 60}) == expected


def test_a_herstelonderzoek_within_a_year_from_july_2017():
    tree = [*WHOLE, step("long", takes="long"), step("tell", "notice"), step("wait", takes="notice"),
            step("again", "herstelonderzoek")]  # fmt: skip
    numbers = {"notice": {**DAYS, "low": 28, "high": 40}, "long": {**DAYS, "low": 200, "high": 400}}
    assert found(tree, **numbers) == []  # 2014: after a term that the Inspectie sets
    later = (date(2022, 1, 1), date(2023, 7, 1))
    assert found(tree, later, "swv-2021", **numbers) == [("again", "INS-4", "late")]
    numbers["long"] = {**DAYS, "low": 100, "high": 250}
    assert found(tree, later, "swv-2021", **numbers) == []


def test_an_order_rests_on_an_oordeel_and_an_article():
    later = (date(2022, 1, 1), date(2023, 1, 1))
    assert found([step("command", "order")], later, "swv-2021") == [
        ("command", "INS-10", "after"), ("command", "INS-10", "cites"), ("command", "INS-4", "nowhere")]  # fmt: skip
    judged = [step("judge", "judge"), step("command", "order", duty="PLAN-e")]
    each = {"id": "each", "for_each": {"over": "elements", "do": step("command", "order")}}
    for tree in (judged, [step("judge", "judge"), each]):
        assert not [one for one in found(tree, later, "swv-2021") if one[1] == "INS-10"]


@pytest.mark.parametrize(
    ("act", "rule", "before", "after"),
    [("withhold", "SAN-4", "2014-07-31", "2014-08-01"), ("instruct", "SAN-1", "2014-07-31", "2014-08-01"),
     ("neglect", "SAN-3", "2013-07-31", "2013-08-01"),
     ("herstelonderzoek", "INS-4", "2014-07-31", None), ("order", "INS-10", "2017-06-30", None)],
)  # fmt: skip
def test_no_power_before_it_existed(act, rule, before, after):
    span = (date(2013, 6, 1), date(2017, 7, 31))
    assert (("use", rule, "power") in found([wait("day", before), step("use", act)], span)) is True
    later = after or ("2017-07-01" if act == "order" else "2014-08-01")
    assert (("use", rule, "power") in found([wait("day", later), step("use", act)], span)) is False


def test_a_condition_on_the_day_keeps_a_step_after_its_power():
    guarded = {"id": "c", "choice": [{"when": {"now_before": "2014-08-01"}}, {"then": step("use", "withhold")}]}
    span = (date(2013, 10, 1), date(2015, 1, 1))
    assert found([guarded], span) == []
    wrong = {"id": "c", "choice": [{"when": {"now_before": "2014-08-01"}, "then": step("use", "withhold")}]}
    assert found([wrong], span) == [("use", "SAN-4", "power")]


def test_what_is_done_on_one_of_two_ways_is_not_sure():
    maybe = {"id": "c", "choice": [{"when": {"draw": "founded"}, "then": WHOLE[2]}]}
    assert ("adopt", "INS-6", "after") in found([*WHOLE[:2], maybe, *WHOLE[3:]])
    both = {"id": "p", "parallel": {"branches": [WHOLE[2], step("else", takes="fifth")]}}
    assert found([*WHOLE[:2], both, *WHOLE[3:]]) == []
    either = {"id": "p", "parallel": {"join": "any", "branches": [WHOLE[2], step("else", takes="fifth")]}}
    assert ("adopt", "INS-6", "after") in found([*WHOLE[:2], either, *WHOLE[3:]])


def test_what_is_done_in_one_sector_does_not_help_the_other():
    half = [one if one["id"] != "react" else step("react", ["board_reads", "zienswijze"], sector="po") for one in WHOLE]
    assert found(half) == [("adopt", "INS-6", "after"), ("publish", "INS-7", "after")]
    other = step("react_vo", ["board_reads", "zienswijze"], sector="vo")
    assert found([*half[:3], other, *half[3:]]) == []


def test_time_that_passes_beside_a_branch_counts():
    side = {"id": "p", "parallel": {"branches": [step("publish", "publish"), step("else", takes="fifth")]}}
    assert found([*WHOLE[:4], side]) == [("publish", "INS-9", "soon")]
    after = {"id": "p", "parallel": {"branches": [step("one", takes="fifth"), step("two")]}}
    assert found([*WHOLE[:4], after, step("publish", "publish")]) == []


KADER = (resources.KADERS / "swv-2014.yaml").read_text(encoding="utf-8")
MONEY = """              - id: take_money
                step:
                  label: {nl: "geld inhouden", en: "withhold money"}
                  actor: inspectie
                  act: withhold
                  source: "WPO 164"
                  confidence: read
"""
SCENARIO = ('format: scenario/1\nid: mijn\nextends: invoering-2014\nkader: eigen.yaml\ntitle: {nl: "x", en: "x"}\n'
            'question: {nl: "x", en: "x"}\npopulation: {swv: [PO2814, VO2802]}\n')  # fmt: skip


def without_reaction(write):
    first, last = (KADER.index(f"              - id: kwaliteit_{name}\n") for name in ("react", "adopt"))
    return write("eigen.yaml", KADER[:first] + KADER[last:])


def with_early_money(write):
    place = KADER.index("              - id: simulatie_visit\n")
    return write("eigen.yaml", KADER[:place] + MONEY + KADER[place:])


def test_validate_tells_where_and_by_which_article(command, write):
    without_reaction(write)
    code, out, _ = command("kader", "validate", "eigen.yaml")
    assert code == 1
    line = next(line for line in out.splitlines() if "kwaliteit" not in line and "WOT 20(3)" in line)
    number = KADER.split("              - id: kwaliteit_react\n")[0].count("\n") + 1
    assert line.startswith(f"eigen.yaml:{number}:21: 'adopt the report'")
    assert "2 steps go against the law of their day." in out
    code, out, _ = command("kader", "validate", "swv-2014", "--json")
    assert code == 0
    assert '"unlawful": []' in out
    language.choose("nl")
    assert "in strijd met de wet" in command("kader", "validate", "eigen.yaml")[1]


def test_a_run_under_it_is_marked_and_not_refused(command, write):
    without_reaction(write)
    write("mijn.yaml", SCENARIO)
    code, _, err = command("run", "mijn.yaml", "-n", "1")
    assert code == 0
    assert "goes against the law" in err
    assert "adopt the report (WOT 20(3), 15d)" in " ".join(err.split())
    assert '"rule": "INS-6"' in command("run", "mijn.yaml", "-n", "1", "--json")[1]
    told = " ".join(command("dossier", "mijn", "--swv", "PO2814")[1].split())
    assert "adopt the report (WOT 20(3), 15d)" in told
    command("report", "mijn", "--swv", "PO2814", "-o", "r.html")
    page = (write("x", "").parent / "r.html").read_text(encoding="utf-8")
    assert "A working method that goes against the law" in page


def test_a_scenario_that_uses_a_power_before_it_existed_is_refused(command, write):
    with_early_money(write)
    path = write("mijn.yaml", SCENARIO)
    with pytest.raises(InputError) as caught:
        scenarios.load(str(path))
    (problem,) = caught.value.problems
    assert "before it existed" in problem.message
    assert "2014-08-01" in problem.message
    assert problem.place.split(":")[0].endswith("eigen.yaml")
    later = path.read_text(encoding="utf-8") + 'period: {from: "2014-08-01", until: "2015-08-01"}\n'
    assert scenarios.load(str(write("later.yaml", later))).unlawful == ()


def test_a_power_is_held_against_the_days_that_are_played_and_not_only_those_of_the_kader(write):
    """A kader that is used for years before its own knows orders that did not exist yet."""
    early = SCENARIO.replace("extends: invoering-2014\nkader: eigen.yaml", "extends: cyclus-2021")
    path = write("vroeg.yaml", early + 'period: {from: "2013-08-01", until: "2017-08-01"}\n')
    with pytest.raises(InputError) as caught:
        scenarios.load(str(path))
    assert any("2017-07-01" in problem.message for problem in caught.value.problems)


@pytest.mark.parametrize(("share", "told"), [(0.15, []), (0.4, [("keep", "SAN-4", "share")])])
def test_no_more_is_withheld_than_the_mandate_allows(share, told):
    kept = {
        "withheld_share": {"dist": "fixed", "value": share, "unit": "share", "source": "x", "confidence": "assumed"}
    }
    span = (date(2022, 1, 1), date(2023, 1, 1))
    assert found([step("keep", "withhold")], span, "swv-2021", **kept) == told


def test_a_scenario_that_withholds_more_is_marked(write):
    own = "format: scenario/1\nid: meer\nextends: cyclus-2021\ntitle: {nl: x, en: x}\nquestion: {nl: '?', en: '?'}\n"
    scenario = scenarios.load(str(write("meer.yaml", own + "parameters: {withheld_share: {value: 0.9, source: x}}\n")))
    span = (scenario.period.start, scenario.period.until)
    assert {one.key for one in lawful.findings(scenario.kader, scenario.parameters, span)} == {"share"}


def test_a_publication_on_one_of_two_days_is_no_publication_on_every_way():
    """From August 2023 on nothing becomes public; the report of a later herstelonderzoek is another one."""

    def silent(node):
        if node["id"] == "publish_third_week":
            node["step"] |= {"act": [], "marks": []}

    found_here = lawful.findings(changed("swv-2021", silent))
    assert {(one.node, one.rule, one.key) for one in found_here} == {("adopt_report", "INS-9", "nowhere")}
