"""The parts of an invented plan that answer nothing: lists of schools, glossaries, summaries of the law, portraits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml
from plan_sources import SOURCES, Piece, _pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILLER = SOURCES.parent / "filler"
_NAMES = (
    *("Regenboog", "Wegwijzer", "Ark", "Klimop", "Springplank", "Lindeboom", "Vlinder", "Kompas", "Ruimte", "Boei"),
    *("Zonnebloem", "Kring", "Toermalijn", "Schelp", "Wilgen", "Horizon", "Fontein", "Triangel", "Werf", "Meander"),
)
_BOARDS = ("Stichting Openbaar", "Vereniging Christelijk", "Stichting Katholiek", "Stichting Algemeen Bijzonder")


def expand(line: str, sector: str) -> Iterator[Piece]:
    """The pieces of a directive: `@scholen 12 A, B`, `@profielen 5 a`, `@wet a` or `@begrippen b`."""
    what, *rest = line[1:].split(maxsplit=2)
    if what == "scholen":
        yield _schools(int(rest[0]), rest[1].split(", "), sector)
    elif what == "profielen":
        yield from _portraits(int(rest[0]), rest[1])
    else:
        yield from _pieces((_FILLER / f"{what}-{rest[0]}.md").read_text("utf-8"), "", [])


def _schools(number: int, gemeenten: list[str], sector: str) -> Piece:
    kind = "basisschool" if sector == "po" else "vmbo, havo, vwo"
    rows = [["Brin", "Naam", "Gemeente", "Bestuur", "Soort", "Leerlingen"]]
    for one in range(number):
        name = f"De {_NAMES[one % len(_NAMES)]}" + (f" {one // len(_NAMES) + 1}" if one >= len(_NAMES) else "")
        board = f"{_BOARDS[one % 4]} {gemeenten[one % 3 % len(gemeenten)]}"
        rows.append(
            [
                f"{10 + one * 7 % 90:02d}{chr(65 + one % 26)}{chr(65 + one * 3 % 26)}",
                name,
                gemeenten[one * len(gemeenten) // number],
                board,
                kind,
                str(90 + one * 37 % 410 + (300 if sector == "vo" else 0)),
            ]
        )
    return Piece("table", rows=rows)


def _portraits(number: int, variant: str) -> Iterator[Piece]:
    slots = yaml.safe_load((_FILLER / f"profielen-{variant}.yaml").read_text("utf-8"))["sentences"]
    for one in range(number):
        school, town = f"De {_NAMES[one % len(_NAMES)]}", ("het dorp", "de stad", "de kern", "de wijk")[one % 4]
        yield Piece("heading", school, 2)
        values = {"school": school, "gemeente": town, "n": 110 + one * 53 % 380, "jaar": 2008 + one % 5}
        for start in (0, 1):
            chosen = [slot[(one * (place + 2) + start * (place + 1)) % len(slot)] for place, slot in enumerate(slots)]
            yield Piece("paragraph", " ".join(chosen[1 if start else 0 :]).format(**values))
