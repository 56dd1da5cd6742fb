"""The samenwerkingsverbanden of a scenario: their codes, gemeenten and overlaps, and what is given about them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from simulator.base import days, numbers, resources, table
from simulator.base.errors import InputError, nearest
from simulator.base.language import say
from simulator.base.validation import number_remedy, short
from simulator.base.yamlfile import MAX_PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from simulator.base.errors import Problem
    from simulator.base.table import Cell
    from simulator.kader.attributes import Attribute

_BITS = {"ja": 1.0, "yes": 1.0, "true": 1.0, "1": 1.0, "nee": 0.0, "no": 0.0, "false": 0.0, "0": 0.0}
_PERCENT = 100


@dataclass(frozen=True)
class Given:
    """A value that is not drawn: `known` from a public source, or `given` by the user."""

    value: float
    origin: str
    source: str


@dataclass(frozen=True)
class Area:
    """The gemeenten of an swv as they were from a day on; `in_part` names those that are cut by its border."""

    state_of: date
    gemeenten: tuple[str, ...]
    in_part: str


@dataclass(frozen=True)
class Swv:
    """A samenwerkingsverband.

    Attributes:
        areas: its gemeenten, by the day of the regulation, oldest first.
        overlaps: codes of the swv of the other sector with which it shares ground.
        given: attributes that are not drawn.
        regions: of a national swv the regions by which it consults, each with the gemeente that leads the talk.
    """

    code: str
    sector: str
    province: str
    region: str
    national: bool
    areas: tuple[Area, ...]
    overlaps: tuple[str, ...] = ()
    given: dict[str, Given] = field(default_factory=dict)
    regions: tuple[tuple[str, str], ...] = ()

    def partners(self, day: date) -> tuple[tuple[str, str], ...]:
        """With whom it holds OOGO: a gemeente or a region, each with the gemeente whose people sit at the table."""
        return self.regions or tuple((name, name) for name in self.area(day).gemeenten)

    def area(self, day: date) -> Area:
        """The gemeenten as they stood in the regulation on a day (before the first state: that first one)."""
        held = [area for area in self.areas if area.state_of <= day]
        return held[-1] if held else self.areas[0]


def known_names(swv: str, kind: str) -> set[str]:
    """The `gemeenten` that an swv has had since the first regulation, or the `overlaps`: swv that share its ground."""
    found = everyone().get(swv)
    if found is None:
        return set()
    return set(found.overlaps) if kind == "overlaps" else {name for area in found.areas for name in area.gemeenten}


@cache
def everyone() -> dict[str, Swv]:
    """All swv that the program knows, by code, in the order of their codes."""
    areas: dict[str, list[Area]] = {}
    for row in table.read(resources.WORLD / "gemeenten.csv", ("swv", "state_of", "gemeenten")):
        names = tuple(sorted(name.strip() for name in row["gemeenten"].text.split(";")))
        area = Area(days.parse(row["state_of"].text), names, row["in_part"].text)
        areas.setdefault(row["swv"].text, []).append(area)
    found = {}
    for row in table.read(resources.WORLD / "swv.csv", ("swv", "sector")):
        code = row["swv"].text
        own = tuple(sorted(areas[code], key=lambda area: area.state_of))
        overlaps = tuple(filter(None, row["overlaps"].text.split()))
        found[code] = Swv(
            code, row["sector"].text, row["province"].text, row["school_holidays"].text,
            row["national"].text == "yes", own, overlaps,
        )  # fmt: skip
    known, regions = _known(), _regions()
    return {
        code: replace(
            swv, overlaps=swv.overlaps or _overlaps(swv, found.values()), given=known.get(code, {}),
            regions=regions.get(code, ()),
        )
        for code, swv in sorted(found.items())
    }  # fmt: skip


def _regions() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for row in table.read(resources.WORLD / "consultation.csv", ("swv", "region", "via")):
        found.setdefault(row["swv"].text, []).append((row["region"].text, row["via"].text))
    return {code: tuple(sorted(own)) for code, own in found.items()}


@cache
def groups() -> dict[str, tuple[str, ...]]:
    """Groups of swv that the program knows by name: sectors, provinces, and those that sources speak of."""
    found: dict[str, set[str]] = {}
    for swv in everyone().values():
        for name in (swv.sector, swv.province.lower()):
            found.setdefault(name, set()).add(swv.code)
    for row in table.read(resources.WORLD / "groups.csv", ("group", "swv")):
        found.setdefault(row["group"].text, set()).add(row["swv"].text)
    return {name: tuple(sorted(codes)) for name, codes in sorted(found.items())}


def other_group(name: str, known: Iterable[str]) -> str:
    """What to write instead of a group that there is not: the nearest name, and all that there are."""
    near, names = nearest(name, known), ", ".join(sorted(known))
    return near if names in near else f"{near} {say('hint.groups', names=names)}".strip()


def _overlaps(swv: Swv, others: Iterable[Swv]) -> tuple[str, ...]:
    """Regional swv of the other sector that share a gemeente in the first state of the regulation."""
    own = set(swv.areas[0].gemeenten)
    return tuple(
        sorted(
            other.code
            for other in others
            if other.sector != swv.sector and not other.national and own & set(other.areas[0].gemeenten)
        )
    )


def _known() -> dict[str, dict[str, Given]]:
    found: dict[str, dict[str, Given]] = {}
    for row in table.read(resources.WORLD / "known.csv", ("swv", "attribute", "value", "source")):
        text = row["value"].text
        value = float(days.day_of(days.parse(text))) if text.count("-") == 2 else float(text)
        given = Given(value, "known", row["source"].text)
        found.setdefault(row["swv"].text, {})[row["attribute"].text] = given
    return found


def with_table(population: dict[str, Swv], path: Path, attributes: dict[str, Attribute]) -> dict[str, Swv]:
    """The population with the attributes that a user's table gives; empty cells are left to be drawn.

    Raises:
        InputError: with every unknown column, unknown or repeated swv and value that cannot be.
    """
    header, rows = table.read_with_header(path, ("swv",))
    problems = [
        cell.problem(say("table.unknown_column", name=title), nearest(title, attributes))
        for title, cell in header.items()
        if title not in {"swv", "sector", "province", *attributes}
    ]
    result = dict(population)
    seen: set[str] = set()
    for row in rows:
        if len(problems) >= MAX_PROBLEMS:
            break
        code = row["swv"].text.upper()
        if code in seen:
            problems.append(row["swv"].problem(say("value.twice", value=code)))
        elif code not in population:
            problems.append(row["swv"].problem(say("table.unknown_swv", name=short(code)), nearest(code, population)))
        given = _row_values(row, attributes, problems)
        if code in population:
            problems += _says_otherwise(row, population[code])
            result[code] = replace(population[code], given=_over(population[code].given, given))
        seen.add(code)
    if problems:
        raise InputError(problems)
    return result


def _says_otherwise(row: dict[str, Cell], swv: Swv) -> Iterator[Problem]:
    """Columns that only help to read, where they name another sector or province than that of the swv."""
    for name, known in (("sector", {"po", "vo"}), ("province", {one.province for one in everyone().values()})):
        cell, own = row.get(name), str(getattr(swv, name))
        if cell is None or cell.text.casefold() in ("", own.casefold()):
            continue
        if cell.text.casefold() in {one.casefold() for one in known}:
            message = say(f"table.other_{name}", swv=swv.code, own=own, value=cell.text)
            yield cell.problem(message, say("hint.read_only", name=name))
        else:
            yield cell.problem(say(f"table.unknown_{name}", value=short(cell.text)), nearest(cell.text, known))


def _over(known: dict[str, Given], given: dict[str, Given]) -> dict[str, Given]:
    """What is given, over what is known; a value that only repeats what is known stays known."""
    news = {name: one for name, one in given.items() if name not in known or known[name].value != one.value}
    return {**known, **news}


def _row_values(row: dict[str, Cell], attributes: dict[str, Attribute], problems: list[Problem]) -> dict[str, Given]:
    given = {}
    for name, attribute in attributes.items():
        cell = row.get(name)
        if cell is None or not cell.text:
            continue
        if attribute.money:
            problems.append(cell.problem(say("table.worked_out", name=name), _money_columns(attributes)))
            continue
        try:
            value = value_of(cell.text, attribute)
        except ValueError:
            message = say(f"value.{_EXPECTED[attribute.kind]}", value=short(cell.text))
            remedy = say("hint.number") if attribute.kind == "number" else ""
            problems.append(cell.problem(message, _percentage(cell.text, attribute) or remedy))
            continue
        problems += _out_of_range(cell, value, attribute)
        if attribute.kind == "number" and not attribute.decimals and value != round(value):
            problems.append(cell.problem(say("value.int_type", value=cell.text), say("hint.whole_number")))
        given[name] = Given(value, "given", cell.file)
        _belongs(name, cell, given, attributes, problems)
    return given


def _money_columns(attributes: dict[str, Attribute]) -> str:
    """The columns on which figures of the bekostiging rest, and that can be given."""
    from simulator.world.bekostiging import drawing, later

    rests = dict.fromkeys((*drawing.NEEDED, "opting_out", *later.NEEDED))
    return say("hint.money_columns", names=", ".join(name for name in rests if name in attributes))


def _out_of_range(cell: Cell, value: float, attribute: Attribute) -> list[Problem]:
    """A number below or above what the attribute can be; a percentage where a share is asked is told as such."""
    low, high = attribute.bounds
    if attribute.kind != "number" or low <= value <= high:
        return []
    bound = {"ge": numbers.plain(low)} if value < low else {"le": numbers.plain(high)}
    rule = "greater_than_equal" if value < low else "less_than_equal"
    remedy = _as_share(value, attribute) or number_remedy(rule, value)
    return [cell.problem(say(f"value.{rule}", value=short(cell.text), **bound), remedy)]


def _percentage(text: str, attribute: Attribute) -> str:
    """How to write what stands there with a percent sign; nothing where there is none, or no share is asked."""
    try:
        return _as_share(table.number(text.rstrip().removesuffix("%")), attribute) if "%" in text else ""
    except ValueError:
        return ""


def _as_share(percent: float, attribute: Attribute) -> str:
    """How to write a percentage where a share is asked: with a point, which splits no cell in a table with commas."""
    low, high = attribute.bounds
    share = percent / _PERCENT
    if attribute.kind != "number" or high > 1 or not low <= share <= high:
        return ""
    return say("hint.share", percent=numbers.plain(percent), share=f"{share:.10g}")


def _belongs(
    name: str, cell: Cell, given: dict[str, Given], attributes: dict[str, Attribute], problems: list[Problem]
) -> None:
    """An attribute that only some swv have says that this one has what it hangs on; it cannot say otherwise too."""
    needed = attributes[name].only_if
    if needed and given.setdefault(needed, Given(1.0, "given", cell.file)).value == 0:
        problems.append(cell.problem(say("value.without", name=name, needed=needed)))


_EXPECTED = {"number": "number", "bit": "bit", "date": "date"}


def value_of(text: str, attribute: Attribute) -> float:
    """The value of a cell as a number: a day number for a date, 1 or 0 for yes or no.

    Raises:
        ValueError: the text does not fit the kind of the attribute.
    """
    if attribute.kind == "bit":
        if text.lower() not in _BITS:
            raise ValueError(text)
        return _BITS[text.lower()]
    if attribute.kind == "date":
        parts = text.replace("/", "-").split("-")
        turned = text if len(parts[0]) == 4 else "-".join([parts[-1], *(part.zfill(2) for part in parts[-2::-1])])
        return float(days.day_of(days.parse(turned)))
    return table.number(text)
