"""What people mean by what they write in a cell: dates, numbers, a yes or no; or what is unclear about it."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.base.language import say
from simulator.plan.workbook.layout import names

if TYPE_CHECKING:
    from simulator.base.workbook import Book, Cell

_YEARS = (1990, 2100)
_DAY_FIRST = re.compile(r"([0-9]{1,2})\s*[-/. ]\s*([0-9]{1,2}|[a-z]+)\.?\s*[-/. ]\s*([0-9]{4}|[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ][0-9:.]+)?")
_MONTHS = {
    name: number
    for number, forms in enumerate(
        ("jan januari january", "feb februari february", "mrt maart mar march", "apr april", "mei may", "jun juni june",
         "jul juli july", "aug augustus august", "sep sept september", "okt oktober oct october", "nov november",
         "dec december"),
        start=1,
    )
    for name in forms.split()
}  # fmt: skip
_WEEKDAY = re.compile(r"^(ma|di|wo|do|vr|za|zo|mon|tue|wed|thu|fri|sat|sun)[a-z]*[, ]+(?=[0-9])")
_NUMBER = re.compile(
    r"(?P<sign>[-+]?)\s*(?P<whole>[0-9]+|[0-9]{1,3}(?P<mark>[.,' \u00a0])[0-9]{3}((?P=mark)[0-9]{3})*)"
    r"((?!(?P=mark))[.,](?P<rest>[0-9]+))?"
)
_EITHER = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
"""12.500 and 12,500: grouped in thousands or with decimals, by the habits of who wrote it."""
_CURRENCY = re.compile(r"^(€|eur|euro)\s*|\s*(€|eur|euro)$|,[-=]+$")
_PAGE = re.compile(r"(?:p|pp|pag|pagina|page|blz|bladzijde)?\.?\s*([0-9]{1,5})")
_SCHOOL_YEAR = re.compile(r"([0-9]{4})\s*[-/]\s*(?:[0-9]{4}|[0-9]{2})")
_AS_IS = ("text", "figure")
"""Kinds of which the spaces around a text are kept."""
_ANSWERS: dict[str, bool | None] = {
    **dict.fromkeys(("ja", "j", "yes", "y", "true", "waar"), True),
    **dict.fromkeys(("nee", "n", "no", "false", "onwaar"), False),
    **dict.fromkeys(("onbekend", "unknown", "?", "-", "n.b.", "nb"), None),
}


class Unclear(Exception):
    """A cell that cannot be understood, and what to write instead."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class Given(NamedTuple):
    """What stands in a cell, whether it is formatted as text, and the workbook whose calendar counts."""

    value: Any
    literal: bool
    book: Book


def meant(kind: str, cell: Cell, book: Book) -> Any:
    """The value of a cell; None when it is empty.

    Args:
        kind: how its column is understood.
        cell: what stands there.
        book: whose calendar counts.

    Raises:
        Unclear: it holds an error, a formula without outcome, or something else than the column asks.
    """
    if cell.trouble:
        raise Unclear(say(f"book_cells.{cell.trouble}"), say(f"book_cells.{cell.trouble}_remedy"))
    value = cell.value.strip() if isinstance(cell.value, str) and kind not in _AS_IS else cell.value
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    return _READERS[kind](Given(value, cell.literal, book))


def shown(value: Any) -> str:
    """A value as a person sees it in the sheet."""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())[:120]


def _text(given: Given) -> str:
    value = given.value
    if isinstance(value, bool):
        return say(f"book_choices.{'yes' if value else 'no'}")
    return value if isinstance(value, str) else shown(value)


def _name(given: Given) -> str:
    return " ".join(_text(given).split())


def _answer(given: Given) -> bool | None:
    value = given.value
    if isinstance(value, bool):
        return value
    key = str(value).casefold()
    if key not in _ANSWERS:
        raise Unclear(say("book_cells.answer", value=shown(value)), say("book_cells.answer_remedy"))
    return _ANSWERS[key]


def _state(given: Given) -> str:
    value = given.value
    found = names("book_choices").get(str(value).casefold())
    if found not in ("proposed", "accepted"):
        raise Unclear(say("book_cells.state", value=shown(value)), say("book_cells.state_remedy"))
    return found


def _choice(given: Given) -> str:
    value = given.value
    return names("book_choices").get(str(value).casefold(), str(value))


def _date(given: Given) -> date | bool | None:
    value = given.value
    if isinstance(value, datetime | date):
        return _within(value.date() if isinstance(value, datetime) else value, value)
    if isinstance(value, str) and value.casefold() in _ANSWERS:
        if _ANSWERS[value.casefold()]:
            raise Unclear(say("book_cells.date_missing"), say("book_cells.date_missing_remedy"))
        return _ANSWERS[value.casefold()]
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return _within(given.book.day(value), value)
        except (OverflowError, ValueError):
            raise Unclear(say("book_cells.no_date", value=shown(value)), say("book_cells.date_remedy")) from None
    return _within(_written_date(str(value)), value)


def _written_date(text: str) -> date:
    """A date as people write it, the day before the month."""
    plain = _WEEKDAY.sub("", text.casefold())
    if found := _YEAR_FIRST.fullmatch(plain):
        year, month, day = found[1], found[2], found[3]
    elif found := _DAY_FIRST.fullmatch(plain):
        day, month, year = found[1], found[2], found[3]
    else:
        raise Unclear(say("book_cells.date", value=shown(text)), say("book_cells.date_remedy"))
    if len(year) < 4:
        raise Unclear(say("book_cells.short_year", value=shown(text)), say("book_cells.date_remedy"))
    try:
        return date(int(year), int(month) if month.isdigit() else _MONTHS[month], int(day))
    except (ValueError, KeyError):
        raise Unclear(say("book_cells.date", value=shown(text)), say("book_cells.date_remedy")) from None


def _within(day: date, value: Any) -> date:
    if not _YEARS[0] <= day.year <= _YEARS[1]:
        key = "no_date" if isinstance(value, int | float) else "date"
        raise Unclear(say(f"book_cells.{key}", value=shown(value)), say("book_cells.date_remedy"))
    return day


def _number(given: Given) -> float | int:
    """A number, also when it is written as a text: 1250,50 or EUR 1.250,- or 12.500."""
    value = given.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    found = _written_number(str(value), grouped=True)
    if found is None:
        raise Unclear(say("book_cells.number", value=shown(value)), say("book_cells.number_remedy"))
    return found


def _written_number(text: str, *, grouped: bool) -> float | int | None:
    """A number in a text; None when it is none, or when `12.500` could be two numbers and is not known to be grouped."""
    plain = _CURRENCY.sub("", text.casefold()).replace("\u2212", "-").replace("-/-", "-").strip()
    negative = plain.startswith("(") and plain.endswith(")")
    found = _NUMBER.fullmatch(plain[1:-1] if negative else plain)
    if found is None:
        return None
    whole, rest = found["whole"], found["rest"] or ""
    if _EITHER.fullmatch(f"{whole}.{rest}"):
        if not grouped:
            return None
        whole, rest = whole + rest, ""
    digits = re.sub(r"[^0-9]", "", whole)
    sign = -1 if negative or found["sign"] == "-" else 1
    return sign * (float(f"{digits}.{rest}") if rest.strip("0") else int(digits))


def _integer(given: Given) -> int:
    value = given.value
    if isinstance(value, datetime | date):  # a year in a cell that is formatted as a date: 2026 shows as 18-7-1905
        value = (date(value.year, value.month, value.day) - given.book.first_day).days
    number = value
    if not isinstance(value, int | float) or isinstance(value, bool):
        number = _written_number(str(value), grouped=False)
    if number is None or not float(number).is_integer():
        raise Unclear(say("book_cells.integer", value=shown(value)), say("book_cells.integer_remedy"))
    return int(number)


def _year(given: Given) -> int:
    """A school year: 2026, or 2026-2027."""
    value = given.value
    found = _SCHOOL_YEAR.fullmatch(value) if isinstance(value, str) else None
    return int(found[1]) if found else _integer(given)


def _page(given: Given) -> int:
    value = given.value
    if isinstance(value, str) and (found := _PAGE.fullmatch(value.casefold())):
        return int(found[1])
    try:
        return _integer(given)
    except Unclear as unclear:
        raise Unclear(unclear.message, say("book_cells.page_remedy")) from None


def _figure(given: Given) -> float | int | str:
    """A number, or a text; what is formatted as a text stays one."""
    value = given.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    text = value if isinstance(value, str) else shown(value)
    found = None if given.literal else _written_number(text, grouped=False)
    return text if found is None else found


def _score(given: Given) -> float:
    value = given.value
    percent = isinstance(value, str) and value.endswith("%")
    number = float(_number(given._replace(value=value.rstrip("% ")) if percent else given))
    return number / 100 if percent else number


def _any(given: Given) -> Any:
    return given.value


_READERS = {
    "text": _text, "name": _name, "answer": _answer, "state": _state, "choice": _choice, "date": _date, "amount": _number,
    "integer": _integer, "year": _year, "page": _page, "figure": _figure, "score": _score, "any": _any,
}  # fmt: skip
