"""Pictures of many swv with the same for their sectors and provinces, from which a page can choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.base.language import say
from simulator.reports import parts
from simulator.reports.blocks import Figure
from simulator.reports.pictures import curves

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    import numpy as np

    from simulator.reports.blocks import Picture
    from simulator.reports.parts import Part
    from simulator.world.population import Swv


_WRITTEN = {
    "Fryslan": "Fryslân",
    "Sudwest": "Súdwest",
    "Gaasterlan-Sleat": "Gaasterlân-Sleat",
    "Skarsterlan": "Skarsterlân",
}
"""Names that files hold in plain letters, as they are written."""
_MOST_NAMED = 3
NOWHERE = "landelijk"
"""What stands for the province of a national swv."""


def written(place: str) -> str:
    """The name of a province or gemeente with the letters that it has; in words where an swv is of no province."""
    if place == NOWHERE:
        return say("parts.national")
    return " ".join(_WRITTEN.get(word, word) for word in place.split(" "))


def name(part: Part) -> str:
    """A part as a reader sees it."""
    if part.kind == "both":
        return say("parts.both", sector=say(f"report.sector_{part.sector}"), province=written(part.province))
    return say(f"report.sector_{part.name}") if part.kind == "sector" else written(part.name)


def where(swv: Swv, day: date) -> str:
    """Where an swv is: its first gemeenten on a day, and how many more there are."""
    if swv.national:
        return say("parts.national")
    own = [written(one) for one in swv.area(day).gemeenten]
    shown, more = own[:_MOST_NAMED], len(own) - _MOST_NAMED
    return ", ".join(shown) + (say("parts.more", n=more) if more > 0 else "")


def several(people: dict[str, Swv], codes: Sequence[str], kinds: Sequence[str]) -> Iterator[Part]:
    """The parts of some kinds, each where there is more than one."""
    found = list(parts.parts(people, codes))
    for kind in kinds:
        own = [part for part in found if part.kind == kind]
        yield from own if len(own) > 1 else ()


def progress(
    reached: Mapping[str, np.ndarray], people: dict[str, Swv], codes: Sequence[str], span: tuple[int, int],
    deadline: int | None, who: str, caption: str, kinds: Sequence[str] = ("sector", "province"),
) -> Figure:  # fmt: skip
    """The share that had reached each state by each date, of all and of every part.

    Args:
        reached: per state the day on which each of the codes reached it, in one replication or (rows) in several.
        people, codes: the swv.
        span: first and last day.
        deadline: a day to mark; None for none.
        who: how all are called.
        caption: of the figure.
        kinds: of the parts from which a page can choose.
    """
    place = {code: number for number, code in enumerate(codes)}

    def drawn(own: Sequence[str], called: str, *, bare: bool) -> Picture:
        where = [place[code] for code in own]
        chosen = {label: days[..., where].ravel() for label, days in reached.items()}
        series = [curves.Series(label, days.tolist(), len(days)) for label, days in chosen.items()]
        return curves.progress(series, *span, deadline, called, bare=bare)

    others = tuple((name(part), drawn(part.codes, name(part), bare=True)) for part in several(people, codes, kinds))
    return Figure(drawn(codes, who, bare=False), caption, others=others)
