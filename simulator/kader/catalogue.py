"""The catalogue: all duties that kaders draw on, the rules that go with them, and what was not read of the law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from simulator.base.fields import Date, Sector, Text
from simulator.base.validation import Strict
from simulator.kader.duties import Dated, Obligation, ObligationId, Provision, held

if TYPE_CHECKING:
    from datetime import date


class LegalRule(Dated):
    """A power, a term or a consequence that goes with the duties; shown, and neither met nor missed."""

    id: Annotated[str, Field(pattern=r"^[A-Z]+-[A-Za-z0-9]+$")]
    versions: list[Provision] = Field(min_length=1)

    def on(self, day: date, sector: Sector) -> Provision | None:
        """The version that holds on a day in a sector, if any."""
        return held(self.versions, day, sector)


class Gap(Strict):
    """A time of which the law was not read: what was read last is carried over, as an assumption.

    Attributes:
        articles: how the articles begin that were not read.
    """

    sector: Sector
    articles: str
    start: Date = Field(alias="from")
    until: Date
    note: Text

    def covers(self, day: date, sector: Sector, article: str) -> bool:
        """Whether an article on a day was not read."""
        return sector == self.sector and self.start <= day <= self.until and article.startswith(self.articles)


class Choice(Strict):
    """One way to read the law where it leaves room: duties that begin on another day."""

    label: Text
    starts: dict[ObligationId, Date] = {}


class Setting(Strict):
    """A question that the texts leave open, and the ways in which it can be answered; the first is what is taken."""

    label: Text
    source: str
    choices: dict[str, Choice] = Field(min_length=1)


class Catalogue(Strict):
    """All duties that a kader can draw on.

    Attributes:
        read_until: the last day of which the law was read; what holds then is taken to go on.
        gaps: times before that of which it was not.
        settings: questions that the texts leave open.
        rules: powers, terms and consequences that go with the duties.
    """

    read_until: Date
    gaps: list[Gap] = []
    settings: dict[str, Setting] = {}
    obligations: list[Obligation]
    rules: list[LegalRule] = []
