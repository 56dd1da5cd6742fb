"""Checks in the formats of other tools: SARIF 2.1.0 for editors and code platforms, JUnit XML for build servers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as Xml

from simulator import __version__
from simulator.base.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"shortfall": "error", "accepted": "note", "unknown": "warning", "todo": "note"}
MONEY = "remark-money"
"""The rule under which remarks on a budget stand: no duty, and never more than a note."""
_OUTCOMES = {"shortfall": "failure", "unknown": "error", "accepted": "skipped", "todo": "skipped", "later": "skipped",
             "not_applicable": "skipped"}  # fmt: skip


def sarif(checks: Iterable[dict[str, Any]]) -> str:
    """The findings of checked plans as one SARIF log; every duty is a rule, with its article and link."""
    told = list(checks)
    rules: dict[str, dict[str, Any]] = {}
    results = []
    for check in told:
        for one in _own(check):
            rules.setdefault(one["obligation"], _rule(one))
            if one["kind"] in _LEVELS:
                results.append(_result(check, one))
        for remark in check["money"]:
            rules.setdefault(MONEY, {"id": MONEY, "shortDescription": {"text": say("remark.note")}})
            results.append(_remark(check, remark))
    driver = {"name": "inspectie-sim", "version": __version__, "rules": [rules[name] for name in sorted(rules)]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1, ensure_ascii=False) + "\n"


def _own(check: dict[str, Any]) -> Iterable[dict[str, Any]]:
    return (one for one in check["findings"] if one["counts"])


def _rule(one: dict[str, Any]) -> dict[str, Any]:
    rule = {"id": one["obligation"], "shortDescription": {"text": one["text"]}, "help": {"text": one["article"]}}
    return {**rule, "helpUri": one["link"]} if one["link"] else rule


def _result(check: dict[str, Any], one: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": one["obligation"],
        "level": _LEVELS[one["kind"]],
        "message": {"text": message(one)},
        "locations": [_location(check, {"startLine": one["line"]}, one["place"])],
        "baselineState": "new" if one["new"] else "unchanged",
    }
    if one["accepted"]:
        result["suppressions"] = [{"kind": "external", "justification": _accepted(one)}]
    return result


def _remark(check: dict[str, Any], remark: dict[str, Any]) -> dict[str, Any]:
    region = {"startLine": remark["line"], "startColumn": remark["column"]}
    text = {"text": remark["text"]}
    return {"ruleId": MONEY, "level": "note", "message": text, "locations": [_location(check, region, remark["place"])]}


def _location(check: dict[str, Any], region: dict[str, int], place: str) -> dict[str, Any]:
    """Where something stands; SARIF knows lines only, so the cell of a workbook is told beside the row."""
    found = {"physicalLocation": {"artifactLocation": {"uri": check["plan"]}, "region": region}}
    return {**found, "logicalLocations": [{"fullyQualifiedName": place}]} if "!" in place else found


def message(one: dict[str, Any]) -> str:
    """A finding in one sentence: status, article, what is asked, what holds it back."""
    waits = f" ({say('check.waits', names=', '.join(one['roots']))})" if one["roots"] else ""
    names = dict.fromkeys(each["name"] for each in one["proposals"] if each["kind"] == "date")
    proposed = f" ({say('proposals.waiting')}: {', '.join(names)})" if names else ""
    return f"{say('status.' + one['status'])}{waits}{proposed}: {one['text']} [{one['article']}]"


def _accepted(one: dict[str, Any]) -> str:
    """Why and by whom a shortfall is accepted, and that the law knows no such exemption."""
    return say("check.accepted", **one["accepted"]) if one["accepted"] else ""


def junit(checks: Iterable[dict[str, Any]]) -> str:
    """Checked plans as JUnit XML: a suite per plan, a case per own duty."""
    root = Xml.Element("testsuites", name="inspectie-sim check")
    for check in checks:
        cases = list(_own(check))
        outcomes = [_OUTCOMES.get(one["kind"], "") for one in cases]
        suite = Xml.SubElement(
            root, "testsuite", name=check["plan"], tests=str(len(cases)), failures=str(outcomes.count("failure")),
            errors=str(outcomes.count("error")), skipped=str(outcomes.count("skipped")), time="0",
        )  # fmt: skip
        for one, outcome in zip(cases, outcomes, strict=True):
            case = Xml.SubElement(suite, "testcase", classname=check["kader"], name=one["obligation"], time="0")
            if outcome:
                Xml.SubElement(case, outcome, message=f"{message(one)} {_accepted(one)}".strip())
        rests = check["rests_on_proposals"]
        told = [say("proposals.rests", n=len(rests), names=", ".join(rests))] if rests else []
        told += [f"{remark['text']} ({check['plan']}:{remark['place']})" for remark in check["money"]]
        if told:
            Xml.SubElement(suite, "system-out").text = "\n".join(told)
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"
