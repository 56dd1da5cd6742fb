"""A plan as an Excel workbook: what is filled in, and beside it what is asked and why."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from simulator.base.errors import InputError, Problem
from simulator.base.language import pick, say
from simulator.kader.law import law_on
from simulator.plan.skeleton import asked_events, parts_on, questions
from simulator.plan.workbook import layout
from simulator.plan.workbook.layout import CHANGE_DATES, EVIDENCE, FIELDS, GROUPS, LEVELS, LGF, LISTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from simulator.kader.duties import Version
    from simulator.kader.model import Kader
    from simulator.plan.details import PupilsYear
    from simulator.plan.evidence import Evidence
    from simulator.plan.model import Change, Plan

Cells = dict[str, Any]
"""One row, by what its columns hold."""

_MAX_TEXT = 32_767
_DIGITS = 15
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]|_x[0-9A-Fa-f]{4}_")
"""What no cell can hold: control characters, and texts that Excel takes for the code of one."""
_MEETINGS = 6
"""Rows for each list of dates."""


def workbook(plan: Plan, kader: Kader, on: date) -> bytes:
    """The workbook of a plan; the same plan gives the same bytes.

    Args:
        plan: what it says.
        kader: whose questions it holds, as the law stands on the day `on`.

    Raises:
        InputError: the plan holds something that no cell of Excel can.
    """
    from simulator.plan.workbook import look

    rows = Rows(plan, kader, on).all()
    if problems := [problem for table in rows.values() for row in table for problem in _unfit(row)]:
        raise InputError(problems)
    return look.made(rows, plan, kader, on)


def _unfit(row: Cells) -> Iterator[Problem]:
    """What cannot stand in a cell."""
    for key, value in row.items():
        where = " ".join(str(row[one]) for one in ("code", "goal", "year", "title", key) if one in row)[:80]
        if isinstance(value, str) and UNWRITABLE.search(value):
            yield Problem(f"{where}: {say('converting.character')}", hint=say("converting.character_remedy"))
        elif isinstance(value, str) and len(value) > _MAX_TEXT:
            yield Problem(f"{where}: {say('converting.long', limit=_MAX_TEXT)}", hint=say("converting.long_remedy"))
        elif isinstance(value, float) and float(f"{value:.{_DIGITS}g}") != value:
            yield Problem(f"{where}: {say('converting.digits')}", hint=say("converting.digits_remedy"))


class Rows:
    """The rows of every table of a plan."""

    def __init__(self, plan: Plan, kader: Kader, on: date) -> None:
        self.plan, self.kader = plan, kader
        self.law = law_on(kader.obligations, on, plan.sector)

    def all(self) -> dict[str, list[Cells]]:
        """By the key of the table."""
        rows = {table.key: list[Cells]() for table in layout.TABLES}
        rows["details"] += self.details()
        rows["municipalities"] += self.municipalities()
        rows["boards"] += [_row(one) for one in self.plan.boards]
        for sheet, row in self.questions():
            rows[sheet].append(row)
        rows["goals"] += [{**_row(one), "goal_kind": say(f"book_choices.{one.kind}")} for one in self.plan.goals]
        rows["budget"] += [_row(one) for one in self.plan.money]
        rows["pupils"] += [_pupils(one) for one in self.plan.pupils]
        for one in self.plan.tlv:
            experts = {f"expert {number}": role for number, role in enumerate(one.experts, start=1)}
            rows["tlv"].append({"case": one.case, "on": one.on, **experts})
        rows["events"] += self.events()
        rows["changes"] += self.changes()
        return rows

    def source(self, *path: str) -> Cells:
        """Where something stands that is not an answer."""
        found = self.plan.sources.get("/".join(path))
        return _evidence(found) if found else {}

    def details(self) -> Iterator[Cells]:
        """Title, swv, period and the like."""
        holder: dict[str, Any] = {
            "format": "plan/1",
            **self.plan.model_dump(include={name.split(".")[0] for name in FIELDS}),
        }
        for code in FIELDS:
            whole, _, part = code.partition(".")
            value = holder[whole][part] if part else holder[whole]
            words = {
                "label": say(f"book_fields.{part or whole}"),
                "explanation": say(f"book_field_help.{part or whole}"),
            }
            if code not in LISTS:
                yield {"code": code, "value": value, **words, **self.source(*code.split("."))}
                continue
            seen: set[date | None] = set()
            for one in [*value, *[None] * max(1, _MEETINGS - len(value))]:
                known = self.source(whole, part, str(one)) if one not in seen else {}
                yield {"code": code, "value": one, **(words if not seen else {"label": words["label"]}), **known}
                seen.add(one)

    def municipalities(self) -> Iterator[Cells]:
        """The gemeenten, and the swv of the other sector."""
        for key, kind in (("gemeenten", "gemeente"), ("overlaps", "swv")):
            for name in self.plan.items(key):
                yield {"name": name, "kind": say(f"book_choices.{kind}"), **self.source(key, name)}

    def questions(self) -> Iterator[tuple[str, Cells]]:
        """Every question of the law of that day and what the plan answers besides, with the sheet it is on."""
        held = [name for name, version in self.law.versions.items() if version.parts]
        for name in sorted({**dict.fromkeys(held), **self.plan.answers}, key=self.rank):
            version = self.law.versions.get(name) or self.later(name)
            parts = parts_on(self.kader, self.law, name, self.plan.sector)
            asked = questions(version, self.plan.sector) if name in held else []
            given = self.plan.answers.get(name, {})
            for key in dict.fromkeys([*asked, *given]):
                missing = parts[key].missing
                row: Cells = {
                    "code": f"{name}.{key}",
                    "ask": pick(parts[key].ask),
                    "missing": pick(missing) if missing else "",
                    "shows": pick(version.evidence),
                    "article": version.article[self.plan.sector],
                    "law": pick(version.text),
                }
                if key in given:
                    row |= {"answer": _answer(given[key].answer), **_evidence(given[key])}
                yield GROUPS[self.kader.obligations[name].group], row

    def rank(self, name: str) -> int:
        """Where the questions on a duty come among those of others."""
        return list(GROUPS).index(self.kader.obligations[name].group)

    def later(self, name: str) -> Version:
        """The version of a duty that does not hold on that day: the last one of the sector."""
        versions = self.kader.obligations[name].versions
        return [one for one in versions if one.sector in (self.plan.sector, "both")][-1]

    def events(self) -> Iterator[Cells]:
        """Every event that a duty asks for, and what the plan tells besides."""
        told = self.plan.events
        asked = {*asked_events(self.kader, self.law), *told}
        for name in [name for name in self.kader.events if name in asked]:
            event = self.kader.events[name]
            words = {"code": name, "label": pick(event.label)}
            value = told.get(name)
            each: dict[str, Any] = value if isinstance(value, dict) else {}
            whole = None if isinstance(value, dict) else value
            items = self.plan.items(event.items) if event.items and whole is None else []
            items = list(dict.fromkeys([*items, *each]))
            if not items or f"events/{name}" in self.plan.sources:
                yield {**words, **_occurrence(whole, "happened"), **self.source("events", name)}
            for item in items:
                known = self.source("events", name, item)
                yield {**words, "item": item, **_occurrence(each.get(item), "happened"), **known}

    def changes(self) -> Iterator[Cells]:
        """The interim changes; without any, the rows for one to be filled in."""
        for number, change in enumerate(self.plan.changes, start=1):
            yield {"number": number, "title": change.title}
            yield from ({"number": number, **row} for row in self._change(change))
        if not self.plan.changes:
            for name in CHANGE_DATES:
                words = {"number": 1, "code": name, "label": say(f"change_dates.{name}")}
                items = self.plan.gemeenten if name == "oogo_held" else []
                yield from ({**words, "item": item} for item in items)
                yield from () if items else (words,)

    def _change(self, change: Change) -> Iterator[Cells]:
        for name in CHANGE_DATES:
            value, words = getattr(change, name), {"code": name, "label": say(f"change_dates.{name}")}
            for item, one in value.items() if isinstance(value, dict) else ((None, value),):
                yield {**words, **({"item": item} if item else {}), **_occurrence(one, "changed")}
        for duty, parts in change.answers.items():
            known = parts_on(self.kader, self.law, duty, self.plan.sector)
            for key, answer in parts.items():
                label = pick(known[key].ask) if key in known else ""
                row = {"code": f"{duty}.{key}", "label": label, "changed": _answer(answer.answer)}
                yield {**row, **_evidence(answer)}


def _answer(value: bool | None) -> str | None:
    return None if value is None else say("book_choices.yes" if value else "book_choices.no")


def _occurrence(value: Any, column: str) -> Cells:
    return {column: _answer(False)} if value is False else {"date": value} if value else {}


def _evidence(one: Evidence) -> Cells:
    """Where something stands, with the state as a word."""
    found = {key: value for key in EVIDENCE if (value := getattr(one, key)) is not None}
    return {**found, "state": say(f"book_choices.{one.state}")} if one.state else found


def _pupils(one: PupilsYear) -> Cells:
    """A row of the table of pupils, with each category in a column of its own; a category without any stays empty."""
    values = {key: value for key, value in _row(one).items() if key not in ("so_young", "so_older", "vso", "lgf")}
    for key, (kind, number) in LEVELS.items():
        if any(getattr(one, kind)):
            values[key] = getattr(one, kind)[number]
    return {**values, **{key: one.lgf[kind] for key, kind in LGF.items() if kind in one.lgf}}


def _row(one: BaseModel) -> Cells:
    """A row of a table with what is filled in; of an amount also the nothing that it is when left out."""
    values = {key: value for key, value in one.model_dump().items() if value is not None}
    return {**values, **({"state": say(f"book_choices.{values['state']}")} if "state" in values else {})}
