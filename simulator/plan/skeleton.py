"""A plan file to fill in: every question of the law with what is usually missing and what answers it."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from simulator.base.language import pick, say
from simulator.kader.law import law_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from simulator.kader.duties import Version
    from simulator.kader.model import Kader

_WIDTH = 110


def skeleton(
    kader: Kader,
    swv: str,
    first_school_year: int,
    years: int,
    on: date,
    gemeenten: Iterable[str],
    overlaps: Iterable[str],
) -> str:
    """The text of a plan file without answers.

    Args:
        kader: whose questions are asked, as the law stands on the day `on`.
        swv, first_school_year, years: whose plan, and for when.
        gemeenten, overlaps: as they are known; marked to be checked.
    """
    sector = swv[:2].lower()
    law = law_on(kader.obligations, on, sector)  # type: ignore[arg-type]
    lines = [
        "format: plan/1",
        "",
        f'title: "{say("skeleton.title", swv=swv)}"',
        f"swv: {swv}",
        f"sector: {sector}",
        f"kader: {kader.id}",
        f"period: {{first_school_year: {first_school_year}, school_years: {years}}}",
        *_comment(say("skeleton.check_lists", day=on), ""),
        f"gemeenten: [{', '.join(_quoted(name) for name in gemeenten)}]",
        f"overlaps: [{', '.join(overlaps)}]",
        "",
        *_comment(say("skeleton.organisation"), ""),
        "organisation: {opr_term_weeks: , board_meetings: [], opr_meetings: []}",
        "",
        *_comment(say("skeleton.answers"), ""),
        "answers:",
    ]
    for name, version in law.versions.items():
        if version.parts:
            lines += _duty(name, version, sector)
    lines += ["", *_tables(first_school_year, years, sector), ""]
    lines += [*_comment(say("skeleton.events"), ""), "events:"]
    lines += _events(kader, law.versions.values(), list(gemeenten), list(overlaps))
    return "\n".join(lines) + "\n"


def _quoted(name: str) -> str:
    return f'"{name}"' if not name.replace("-", "").replace(" ", "").isalpha() else name


def _comment(text: str, indent: str) -> list[str]:
    return [f"{indent}# {line}" for line in wrap(text, _WIDTH - len(indent))]


def _duty(name: str, version: Version, sector: str) -> Iterator[str]:
    article = version.article[sector]  # type: ignore[index]
    whose = "" if version.actor == "swv" else f" ({say(f'actor.{version.actor}')})"
    yield from _comment(f"{article}{whose}: {pick(version.text)}", "  ")
    yield f"  {name}:"
    for part in version.parts:
        if part.sector in (None, sector):
            yield from _comment(pick(part.ask), "    ")
            if part.missing:
                yield from _comment(say("check.missing", what=pick(part.missing)), "    ")
            yield f"    {part.key}: {{answer: , page: , section: , quote: }}"


def _tables(first_school_year: int, years: int, sector: str) -> Iterator[str]:
    """The tables for goals, money and decisions, with an example of a row each."""
    yield from _comment(say("skeleton.goals"), "")
    yield "#   - {goal: , kind: kwantitatief, indicator: , baseline: , target: , year: , achieved: , page: }"
    yield "goals: []"
    yield ""
    yield from _comment(say("skeleton.money"), "")
    yield "money:"
    for year in range(first_school_year + 1, first_school_year + years + 1):
        yield f"  - {{year: {year}, support: , verevening: 0, other: 0, schools: , placements: , office: , reserve: }}"
    yield ""
    yield from _comment(say("skeleton.pupils"), "")
    special = "sbo: , so_young: [ , , ], so_older: [ , , ]" if sector == "po" else "vso: [ , , ]"
    lgf = "bao: , sbo: " if sector == "po" else "vo: , lwoo_pro: "
    yield f"#   - {{year: 2013, pupils: , {special}, growth: , lgf: {{{lgf}}}}}"
    yield "pupils: []"
    yield ""
    yield from _comment(say("skeleton.tlv"), "")
    yield '#   - {case: "2026-014", on: "2026-01-20", experts: [orthopedagoog, arts]}'
    yield "tlv: []"


def _events(kader: Kader, versions: Iterable[Version], gemeenten: list[str], overlaps: list[str]) -> Iterator[str]:
    asked = _asked(versions)
    for name, event in kader.events.items():
        if name not in asked or event.period or event.change:
            continue
        yield from _comment(pick(event.label), "  ")
        yield f"  {name}:"
        for item in {"gemeenten": gemeenten, "overlaps": overlaps}.get(event.items or "", []):
            yield f"    {_quoted(item)}:"


def _asked(versions: Iterable[Version]) -> set[str]:
    """The events that a duty is checked on."""
    from simulator.kader import timing

    texts = [text for one in versions for text in (one.checks.timing, one.checks.late, one.due.when) if text]
    return {name for text in texts for name, _ in timing.parse(text).names()} | {"adopted", "sent"}
