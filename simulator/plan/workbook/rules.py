"""What helps to fill in a plan workbook: drop-downs, bounds and colours."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from simulator.base.language import say
from simulator.plan.wordlists import words
from simulator.plan.workbook.layout import FIELDS, sheet_name

if TYPE_CHECKING:
    from simulator.plan.workbook.layout import Column

_LISTS = {
    "answer": ("yes", "no", "unknown"),
    "state": ("proposed", "accepted"),
    "kind": ("gemeente", "swv"),
    "goal_kind": ("kwalitatief", "kwantitatief"),
}
_COLOURS = {
    "yes": ("answer", "#DDF3E4", "#14532D"),
    "no": ("answer", "#FBE3E1", "#8A1C13"),
    "proposed": ("state", "#FFE8C7", "#7A4100"),
}
"""Per word the column it stands in, and the colours of paper and ink."""
_FIRST, _LAST = date(1990, 1, 1), date(2100, 12, 31)


def of_column(column: Column, table: str) -> dict[str, Any] | None:
    """What a column may hold, as Excel checks it while it is filled in; the reader takes more than that."""
    key = "answer" if column.kind == "answer" else column.key
    if key in _LISTS:
        rule: dict[str, Any] = {"validate": "list", "source": [say(f"book_choices.{one}") for one in _LISTS[key]]}
        return {**rule, "input_message": say(f"book_prompts.{key}")} if key in ("answer", "state") else rule
    if column.key == "expert":
        return {"validate": "list", "source": words().roles, "error_type": "warning"}
    if column.kind == "date":
        return _dates()
    if (column.key, table) == ("code", "changes"):
        return {"validate": "list", "source": f"='{sheet_name('content')}'!$A$3:$A$200", "show_error": False}
    return None


def of_field(code: str) -> dict[str, Any] | None:
    """What a row of the sheet `details` may hold."""
    if code == "sector":
        return {"validate": "list", "source": ["po", "vo"]}
    return _dates() if FIELDS.get(code) == "date" else None


def _dates() -> dict[str, Any]:
    """A date; with a warning only, since a no is understood as well."""
    return {"validate": "date", "criteria": "between", "minimum": _FIRST, "maximum": _LAST,
            "input_message": say("book_prompts.date"), "error_type": "warning"}  # fmt: skip


def colours(book: Any, column: Column) -> list[dict[str, Any]]:
    """A yes in green, a no in red, what is proposed in orange."""
    return [
        {"type": "cell", "criteria": "==", "value": f'"{say(f"book_choices.{word}")}"',
         "format": book.add_format({"bg_color": paper, "font_color": ink})}
        for word, (key, paper, ink) in _COLOURS.items()
        if key in (column.key, column.kind)
    ]  # fmt: skip
