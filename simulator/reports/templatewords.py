"""What is wrong in a template, in the language of the reader: the well-known messages of Jinja, by what they are about."""

from __future__ import annotations

import re

import jinja2
from jinja2.exceptions import SecurityError

from simulator.base.language import say

_MESSAGES = (
    ("expression", r"Expected an expression, got '(?P<what>.*)'"),
    ("token", r"expected token '(?P<wanted>.*)', got '(?P<what>.*)'"),
    ("tag", r"(?:Encountered u|U)nknown tag '(?P<what>.*?)'"),
    ("end", r"Unexpected end of template"),
    ("filter", r"No filter named '(?P<what>.*?)'"),
    ("test", r"No test named '(?P<what>.*?)'"),
    ("unexpected", r"unexpected (?:char )?'(?P<what>.*?)'"),
    ("attribute", r"access to attribute '(?P<what>.*?)' of .* is unsafe"),
    ("range", r"Range too big"),
    ("typst_open", r"unclosed delimiter"),
    ("zip", r"File is not a zip file"),
)
_KINDS: tuple[tuple[type[BaseException], str], ...] = (
    (jinja2.TemplateSyntaxError, "syntax"), (SecurityError, "unsafe"), (ZeroDivisionError, "zero"),
    (OverflowError, "range"), (TypeError, "type"), (LookupError, "lookup"), (ValueError, "value"),
)  # fmt: skip


class Told(SecurityError):
    """A limit of the program itself, whose message is in the language of the reader already."""


def told(error: BaseException) -> str:
    """What is wrong, with the original message behind it in quotes; the original alone when nothing is known of it."""
    original = str(getattr(error, "message", None) or error)
    if isinstance(error, Told):
        return original
    known = [(name, found) for name, pattern in _MESSAGES if (found := re.search(pattern, original))]
    if known:
        name, found = known[0]
        return say("templatewords.original", told=say(f"templatewords.{name}", **found.groupdict()), original=original)
    kind = next((name for sort, name in _KINDS if isinstance(error, sort)), "")
    return say("templatewords.original", told=say(f"templatewords.{kind}"), original=original) if kind else original
