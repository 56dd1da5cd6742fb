"""The sheets of a plan workbook and their columns, the same for who writes and who reads one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from simulator.base import language
from simulator.base.language import say

START = "start"
"""The sheet that says what to do; never read."""


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes:
        key: what it holds; its name is the text `column_names.<key>`.
        kind: how its cells are understood (see `cells`); empty for what is only there to be read by people.
        width: in characters.
        needed: whether a sheet without it is refused.
        many: whether there can be several, with a number behind the name.
    """

    key: str
    kind: str
    width: float
    needed: bool = False
    many: bool = False


@dataclass(frozen=True)
class Table:
    """A sheet: one table under one line of column names.

    Attributes:
        keys: columns that say which row this is; a row of which only these are filled in says nothing.
        printed: how many columns go on paper.
        optional: whether a workbook without the sheet is taken, as one that was made before there was such a sheet.
    """

    key: str
    columns: tuple[Column, ...]
    keys: tuple[str, ...] = ()
    printed: int = 0
    frozen: int = 0
    optional: bool = False

    def column(self, key: str) -> Column:
        """A column by what it holds."""
        return next(one for one in self.columns if one.key == key)


_PLACE = (Column("page", "page", 9), Column("section", "text", 14), Column("quote", "text", 36))
_STATE = Column("state", "state", 12)
_REST = (Column("note", "text", 24), Column("document", "text", 18), Column("score", "score", 7))
_EVIDENCE = (*_PLACE, _STATE, *_REST)
EVIDENCE = tuple(one.key for one in _EVIDENCE)
"""The columns that hold where something stands; the same names as in a plan file."""

_QUESTIONS = (
    Column("code", "name", 17, needed=True),
    Column("ask", "", 38),
    Column("answer", "answer", 10, needed=True),
    *_PLACE,
    _STATE,
    Column("missing", "", 28),
    Column("shows", "", 28),
    Column("article", "", 16),
    Column("law", "", 40),
    *_REST,
)


def _questions(key: str) -> Table:
    return Table(key, _QUESTIONS, ("code",), printed=10, frozen=2)


_AMOUNTS = ("support", "verevening", "other", "schools", "placements", "office", "result", "reserve")
LEVELS = {
    f"{kind}_{level}": (kind, number)
    for kind in ("so_young", "so_older", "vso")
    for number, level in enumerate(("low", "middle", "high"))
}
"""Columns of the table of pupils for the (v)so by category: the list in the plan, and the place in it."""
LGF = {f"lgf_{kind}": kind for kind in ("bao", "bao_zmlk", "sbo", "vo", "vo_lg", "lwoo_pro")}
"""Columns of the table of pupils with lgf: the kind of school."""
OF_SECTOR = {
    "po": ("sbo", "sbo_growth", "lgf_bao", "lgf_bao_zmlk", "lgf_sbo", *(key for key in LEVELS if key[:2] == "so")),
    "vo": ("lgf_vo", "lgf_vo_lg", "lgf_lwoo_pro", *(key for key in LEVELS if not key.startswith("so_young"))),
}
"""Columns of the table of pupils that only a plan of this sector shows."""
_PUPILS = ("pupils", "sbo", "sbo_growth", *LEVELS, "growth", *LGF)
TABLES = (
    Table(
        "details",
        (
            Column("code", "name", 24, needed=True), Column("label", "", 26), Column("value", "any", 34, needed=True),
            Column("explanation", "", 46), *_EVIDENCE,
        ),
        ("code",), printed=4, frozen=2,
    ),
    Table(
        "municipalities",
        (Column("name", "name", 34, needed=True), Column("kind", "choice", 12), *_EVIDENCE),
        printed=5, frozen=1,
    ),
    Table(
        "boards",
        (Column("name", "name", 44, needed=True), Column("sites", "integer", 12), *_EVIDENCE),
        printed=5, frozen=1, optional=True,
    ),
    _questions("content"),
    _questions("participation"),
    _questions("finance"),
    _questions("supervision"),
    Table(
        "goals",
        (
            Column("goal", "text", 34, needed=True), Column("goal_kind", "choice", 14, needed=True),
            Column("indicator", "text", 26), Column("baseline", "figure", 12), Column("target", "figure", 12),
            Column("year", "integer", 8), Column("achieved", "figure", 12), *_EVIDENCE,
        ),
        printed=10, frozen=1,
    ),
    Table(
        "budget",
        (Column("year", "integer", 8, needed=True), *(Column(key, "amount", 15) for key in _AMOUNTS), *_EVIDENCE),
        ("year",), printed=10, frozen=1,
    ),
    Table(
        "pupils",
        (Column("year", "integer", 8, needed=True), *(Column(key, "integer", 11) for key in _PUPILS), *_EVIDENCE),
        printed=14, frozen=1,
    ),
    Table(
        "tlv",
        (Column("case", "name", 16, needed=True), Column("on", "date", 14, needed=True),
         Column("expert", "name", 22, many=True)),
        printed=6, frozen=1,
    ),
    Table(
        "events",
        (
            Column("code", "name", 22, needed=True), Column("label", "", 38), Column("item", "name", 24),
            Column("date", "date", 13, needed=True), Column("happened", "answer", 11), *_EVIDENCE,
        ),
        ("code", "item"), printed=8, frozen=2,
    ),
    Table(
        "changes",
        (
            Column("number", "integer", 10, needed=True), Column("title", "text", 28),
            Column("code", "name", 22, needed=True), Column("label", "", 34), Column("item", "name", 24),
            Column("date", "date", 13), Column("changed", "answer", 12, needed=True), *_EVIDENCE,
        ),
        ("number", "code", "item"), printed=10, frozen=3,
    ),
)  # fmt: skip
QUESTIONS = ("content", "participation", "finance", "supervision")
GROUPS = {
    "plan": "content",
    "procedure": "content",
    "operation": "content",
    "school": "content",
    "preparation": "content",
    "medezeggenschap": "participation",
    "finance": "finance",
    "governance": "supervision",
}
"""The sheet for the questions on duties of a group; questions are in the order of the groups."""

FIELDS = {
    "format": "name",
    "title": "text",
    "swv": "name",
    "sector": "name",
    "kader": "name",
    "period.first_school_year": "year",
    "period.school_years": "integer",
    "organisation.opr_term_weeks": "integer",
    "organisation.board_meetings": "date",
    "organisation.opr_meetings": "date",
}
"""The rows of the sheet `details`: path in the plan, and how the value is understood."""
LISTS = ("organisation.board_meetings", "organisation.opr_meetings")
"""Fields that can have more rows."""
OPTIONAL = ("organisation.opr_term_weeks", *LISTS)
CHANGE_DATES = ("opr_consented", "oogo_held", "adopted", "sent")


def sheet_name(key: str) -> str:
    """The name of a sheet in the language of the user."""
    return say(f"sheet_names.{key}")


def column_name(key: str) -> str:
    """The name of a column in the language of the user."""
    return say(f"column_names.{key}")


def language_of(titles: list[str]) -> str:
    """The language that most sheets of a workbook are named in."""
    plain = {title.casefold() for title in titles}
    known = {
        code: [text for key, text in language.texts(code).items() if key.startswith("sheet_names.")]
        for code in sorted(language.languages())
    }
    return max(known, key=lambda code: len(plain & set(known[code])))


@cache
def names(table: str) -> dict[str, str]:
    """What a name in any language stands for, in lower case: of `sheet_names` or `book_choices`."""
    return {text: key for text, keys in meanings(table).items() for key in keys}


@cache
def meanings(table: str) -> dict[str, set[str]]:
    """As `names`, where a name can stand for more than one thing, as on different sheets."""
    found: dict[str, set[str]] = {}
    for code in language.languages():
        for key, text in language.texts(code).items():
            if key.startswith(f"{table}."):
                found.setdefault(text.casefold(), set()).add(key.partition(".")[2])
    return found
