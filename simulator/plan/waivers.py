"""Shortfalls that are accepted for now (*bewust aanvaard*), and those that an earlier check already saw."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field

from simulator.base import days, yamlfile
from simulator.base.errors import InputError
from simulator.base.fields import known_name
from simulator.base.language import say
from simulator.base.validation import Strict, validated

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.kader.model import Kader


def _until(value: Any) -> date:
    """The last day; what is no date has run out long ago."""
    try:
        return days.parse(str(value))
    except ValueError:
        return date.min


class Waiver(Strict):
    """A shortfall that is accepted until and including a day. The law knows no such exemption.

    Attributes:
        code: an item of the code goed bestuur, for which *pas toe of leg uit* holds.
    """

    obligation: Annotated[str, known_name("obligations")]
    reason: Annotated[str, Field(min_length=1)]
    owner: Annotated[str, Field(min_length=1)]
    until: Annotated[date, BeforeValidator(_until)]
    code: bool = False

    def holds(self, on: date) -> bool:
        """Whether it has not run out on a day."""
        return on <= self.until


class _File(Strict):
    waivers: list[Waiver]


def read(path: Path, kader: Kader) -> list[Waiver]:
    """The waivers in a file.

    Raises:
        InputError: with every problem; also when a duty in law is said to be an item of the code goed bestuur.
    """
    document = yamlfile.read(path)
    found = validated(_File, document, "waivers", {"obligations": set(kader.obligations)})
    problems = [
        document.problem(say("waivers.no_code", name=one.obligation), ("waivers", number, "code"))
        for number, one in enumerate(found.waivers)
        if one.code and all(version.basis == "law" for version in kader.obligations[one.obligation].versions)
    ]
    if problems:
        raise InputError(problems)
    return found.waivers


def baseline(path: Path, swv: str) -> set[str]:
    """The duties on which an earlier `check --json` of this swv, kept as a file, saw a shortfall.

    Raises:
        InputError: the file is no outcome of a check, or one of another swv.
    """
    document = yamlfile.read(path)
    data = document.data if isinstance(document.data, dict) else {}
    findings = data.get("findings")
    if data.get("format") != "check/2" or not isinstance(findings, list):
        raise InputError(document.problem(say("baseline.not_a_check"), hint=say("hint.baseline")))
    if data.get("swv") != swv:
        raise InputError(document.problem(say("baseline.other_swv", found=data.get("swv"), wanted=swv), ("swv",)))
    return {
        str(one.get("obligation"))
        for one in findings
        if isinstance(one, dict) and one.get("kind") in ("shortfall", "accepted")
    }
