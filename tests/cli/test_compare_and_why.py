"""`compare` and `why`, as a user types them."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.usefixtures("two_scenarios")


def test_compare_plays_what_has_no_run_yet_and_writes_every_format(command, told, tmp_path):
    for name in ("drie", "laat"):
        (tmp_path / f"{name}.yaml").write_text(
            (tmp_path / f"{name}.yaml").read_text(encoding="utf-8") + "replications: 4\n", encoding="utf-8"
        )
    code, out, err = command("compare", "drie.yaml", "laat.yaml")
    assert code == 0
    assert "Paired" in out
    assert "played now, 4 x" in err
    for kind in ("md", "html", "csv", "xlsx"):
        assert command("compare", "drie.yaml", "laat.yaml", "--format", kind, "-o", f"v.{kind}")[0] == 0
        first = (tmp_path / f"v.{kind}").read_bytes()
        command("compare", "drie.yaml", "laat.yaml", "--format", kind, "-o", f"v.{kind}")
        assert (tmp_path / f"v.{kind}").read_bytes() == first, kind
    import openpyxl

    book = openpyxl.load_workbook(tmp_path / "v.xlsx")
    assert book.sheetnames == ["kpis", "inputs", "runs"]
    assert book["inputs"]["A2"].value == "install_opr"
    rows = told("compare", "drie", "laat", "--best", "plan_on_time")
    assert rows["best"]["kept"]
    assert {row["name"] for row in rows["inputs"]} == {"install_opr"}
    assert command("compare", "drie", "laat", "--best", "plan_on_tim")[0] == 2
    assert command("compare", "drie", "laat", "--format", "xlsx")[0] == 2


def test_the_chance_of_error_is_told_as_it_was_asked(command):
    command("run", "drie.yaml", "-n", "3")
    command("run", "laat.yaml", "-n", "3")
    for asked, told in (("0.001", "0.1%"), ("0.025", "2.5%"), ("0.05", "5%")):
        out = command("compare", "drie", "laat", "--best", "plan_on_time", "--error", asked, "--format", "md")[1]
        assert f"at most {told}" in out


def test_why_is_not_suggested_where_it_refuses(command):
    command("run", "drie.yaml", "-n", "2", "-o", "a")
    command("run", "drie.yaml", "-n", "2", "-o", "b", "--seed", "5")
    code, out, err = command("compare", "a", "b")
    assert code == 0
    assert "Not paired" in out
    assert "why" not in err
    assert "why" in command("compare", "a", "a")[2]


def test_why_names_the_step_and_its_input_first(command, told):
    command("run", "drie.yaml", "-n", "6")
    command("run", "laat.yaml", "-n", "6")
    found = told("why", "drie", "laat", "--kpi", "findings_per_swv")
    assert found["steps"][0]["inputs"] == ["install_opr"]  # by itself, or by who is called because the OPR is late
    assert found["steps"][0]["step"] in ("install_opr", "wait_progress")
    assert sum(one["amount"] for one in found["swv"]) == pytest.approx(found["difference"])
    out = command("why", "drie", "laat", "--kpi", "findings_per_swv", "--swv", "PO2814", "--replication", "1")[1]
    assert "PO2814" in out
    assert command("why", "drie", "drie")[0] == 0
    assert command("why", "drie", "laat", "--swv", "PO1")[0] == 2
    assert command("why", "drie", "laat", "--kpi", "nothing")[0] == 2
    command("run", "laat.yaml", "-n", "2", "--seed", "5")
    assert command("why", "drie", "laat")[0] == 2


def test_no_output_over_a_run_that_is_compared(command, tmp_path):
    command("run", "drie.yaml", "-n", "2")
    (folder,) = (tmp_path / "runs").iterdir()
    before = (folder / "kpis.parquet").read_bytes()
    assert command("compare", "drie", folder, "--format", "csv", "-o", folder / "kpis.parquet")[0] == 2
    assert (folder / "kpis.parquet").read_bytes() == before


def test_the_days_of_why_are_those_between_the_dates_beside_them(command):
    from datetime import datetime

    asked = (
        "why",
        "drie.yaml",
        "laat.yaml",
        "-n",
        "2",
        "--kpi",
        "plan_on_time",
        "--swv",
        "PO2814",
        "--replication",
        "0",
    )
    out = " ".join(command(*asked)[1].split())
    links = re.findall(r"([+-]?\d+) days [^:]*: (\d+ \w+ \d{4}) -> (\d+ \w+ \d{4})", out)
    assert links
    for days, left, right in links:
        one, other = (datetime.strptime(day, "%d %B %Y").date() for day in (left, right))  # noqa: DTZ007
        assert int(days) == (other - one).days
