"""A target for the figures of a scenario: a bound, and the chance with which a replication must meet it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np

from simulator.base.errors import InputError, Problem
from simulator.base.language import say
from simulator.outcomes.statistics import Estimate, proportion

_FORM = re.compile(r"\s*([a-z0-9_.]+)\s*(<=|>=|<|>)\s*([-+0-9.,]+)\s*:\s*([0-9.,]+)\s*")
_PERCENTAGE = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*%")
_OPS = {"<=": np.less_equal, ">=": np.greater_equal, "<": np.less, ">": np.greater}
_FEW, _PERCENT = 10, 100
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Target:
    """A bound on a figure, and the chance with which a replication must meet it."""

    figure: str
    op: str
    bound: float
    chance: float

    def met(self, values: np.ndarray) -> Estimate:
        """The share of replications that meet the bound, with its interval; one without the figure does not."""
        return proportion(int(self.hits(values).sum()), len(values))

    def hits(self, values: np.ndarray) -> np.ndarray:
        """Per replication whether it meets the bound; one without the figure does not."""
        return np.asarray(_OPS[self.op](values, self.bound))

    def nearest(self, values: np.ndarray, unit: str) -> float | None:
        """The nearest bound, in whole days or hundredths of a share, that replications meet with the same chance.

        Args:
            values: the figure of every replication.
            unit: of the figure.

        Returns:
            None where too few replications have the figure at all.
        """
        below = self.op.startswith("<")
        worst = math.inf if below else -math.inf
        ordered = np.sort(np.where(np.isnan(values), worst, values))
        value = float((ordered if below else ordered[::-1])[math.ceil(self.chance * len(values) - _ROUNDING) - 1])
        if not math.isfinite(value):
            return None
        scale = _PERCENT if unit == "share" else 1
        bound = math.ceil(value * scale) if below else math.floor(value * scale)
        if not _OPS[self.op](value, bound / scale):
            bound += 1 if below else -1
        return bound / scale

    def words(self, bound: float) -> str:
        """The target as it is typed, with another bound."""
        return f"{self.figure}{self.op}{bound:g}:{self.chance:g}"


def target(text: str) -> Target:
    """The target of `visit_to_report_days<=135:0.9`.

    Raises:
        InputError: it has another form, or a chance that is none, told at its column.
    """
    match = _FORM.fullmatch(text)
    try:
        if match is None:
            raise ValueError(text)
        found = Target(match[1], match[2], float(match[3].replace(",", ".")), float(match[4].replace(",", ".")))
    except ValueError:
        raise InputError(Problem(say("capacity.form", text=text), hint=_form_hint(text))) from None
    if not 0 < found.chance <= 1:
        share = f"{found.chance / 100:g}"
        percent = say("capacity.percent", text=match[4], share=share) if _FEW < found.chance <= _PERCENT else ""
        raise InputError(_wrong(text, match, 4, say("capacity.chance_hint", percent=percent), "chance"))
    return found


def _form_hint(text: str) -> str:
    """What to write, with what this text lacks: a figure, or numbers in place of percentages."""
    hints = [] if re.match(r"\s*[a-z]", text) else [say("capacity.no_figure")]
    percent = _PERCENTAGE.search(text)
    if percent:
        share = f"{float(percent[1].replace(',', '.')) / _PERCENT:g}"
        hints.append(say("capacity.no_percent", text=percent[1], share=share))
    return " ".join([*hints, say("capacity.form_hint")])


def fits(text: str, found: Target, unit: str) -> None:
    """Refuse a bound that a figure in this unit can never meet or always does.

    Raises:
        InputError: the figure is a share, and the bound is none.
    """
    match = _FORM.fullmatch(text)
    if match and unit == "share" and not 0 <= found.bound <= 1:
        raise InputError(_wrong(text, match, 3, say("capacity.bound_hint"), "bound", figure=found.figure))


def _wrong(text: str, match: re.Match[str], part: int, hint: str, key: str, **values: str) -> Problem:
    """That a part of a target is wrong, at its column."""
    message = say(f"capacity.{key}", text=match[part], **values)
    return Problem(message, "--target", column=match.start(part) + 1, excerpt=text, hint=hint)
