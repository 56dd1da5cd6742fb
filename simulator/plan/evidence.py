"""Where in the documents something stands, and whether a person has looked at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from simulator.base.errors import Problem, nearest
from simulator.base.language import say
from simulator.base.validation import Strict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.base.yamlfile import Document

State = Literal["proposed", "accepted"]


class Evidence(Strict):
    """The place that shows something, and how sure that is.

    Attributes:
        document: file name of the document, when there are several.
        page, section, quote: where it stands, and in which words.
        score: how well the passage fits, from 0 to 1, when a program found it.
        state: `proposed` by a program until a person makes it `accepted`; null: a person filled it in.
        note: a remark; of something that was not found, where it was looked for.
    """

    document: str | None = None
    page: Annotated[int, Field(ge=1)] | None = None
    section: str | None = None
    quote: str | None = None
    score: Annotated[float, Field(ge=0, le=1)] | None = None
    state: State | None = None
    note: str | None = None

    @property
    def shown(self) -> bool:
        """Whether a place is given, and no person still has to look at it."""
        return bool(self.page or self.section or self.quote) and self.state != "proposed"


def unknown_sources(document: Document, raw: dict[str, Any]) -> Iterator[Problem]:
    """The keys of `sources` that point at nothing in the plan."""
    sources = raw.get("sources")
    known = {key for name, value in raw.items() if name not in _OWN for key in _paths(value, name)}
    events = raw.get("events")
    known |= {f"events/{name}" for name in events} if isinstance(events, dict) else set()
    for key in sources if isinstance(sources, dict) else ():
        if key not in known:
            message = say("plan.unknown_source", name=key)
            yield document.problem(message, ("sources", key), hint=nearest(key, known), key=True)


_OWN = ("format", "sources", "boards", "answers", "goals", "money", "pupils", "tlv", "changes")
"""Parts of a plan that carry their evidence themselves."""


def _paths(value: Any, path: str) -> Iterator[str]:
    """The paths of the single things in a part of a plan."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, f"{path}/{key}")
    elif isinstance(value, list):
        yield from (f"{path}/{one}" for one in value)
    else:
        yield path
