"""The phrase lists: how plans speak about each question of a kader, and how a sentence puts off, obliges or looks back."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from simulator.base import resources, yamlfile
from simulator.base.validation import Strict, validated

if TYPE_CHECKING:
    from simulator.kader.model import Kader

_FOLDER = resources.WORDS.parent
_COMMON = "swv"

Patterns = list[Annotated[str, Field(pattern=r"^\S+( \S+)*$")]]
Need = Literal["term", "date", "n", "pct", "euro", "role", "list", "table", "fact"]
Form = Literal["procedure", "criteria"]
Time = Literal["intended", "achieved"]


class Phrases(Strict):
    """How plans speak about one question; the keys are explained at the head of `phrases-swv.yaml`."""

    about: str | list[str] = []
    answers: Patterns = []
    passage: Patterns = []
    hints: Patterns = []
    headings: Patterns = []
    against: Patterns = []
    needs: list[Need] = ["fact"]
    form: Form | None = None
    time: Time | None = None
    read: Literal["budget"] | None = None


class PhraseFile(Strict):
    """A phrase list; `extends` names the one that it adds to, `same` gives a question the
    phrases of another.
    """

    source: str
    confidence: str
    extends: str | None = None
    topics: dict[str, list[str]] = {}
    same: dict[str, str] = {}
    questions: dict[str, Phrases] = {}


class Elsewhere(Strict):
    """Parts of a document that mention everything and settle nothing."""

    headings: Patterns
    law: Patterns
    sentences: Patterns


class Denying(Strict):
    """How the first clause of a sentence says that something is not so.

    Attributes:
        against: words with which a denial is an answer all the same, such as having no ties.
        conditional: words that a sentence about a case that may occur begins with.
    """

    denied: Patterns
    against: Patterns
    conditional: list[str]


class Happening(Strict):
    """How a sentence tells of an event with a date.

    Attributes:
        near, against: the words of its clause, and those with which it tells of something else.
        labels: what it is called where no more is said, as in `Vastgesteld: 12 februari 2026`.
        refusal: whether it is that something was not done, which other events never are.
    """

    near: Patterns
    against: Patterns
    labels: Patterns = []
    refusal: bool = False


class PupilWords(Strict):
    """Words in a table of pupils.

    Attributes:
        about, against: what a table is about, and what in its caption or names of columns makes it another one.
        skip: of rows that count something else.
        kinds: of what a row counts; `apart` per kind the words with which it is something else.
        levels: of the categories of (v)so; young, older: of the ages in so.
    """

    about: Patterns
    against: Patterns
    skip: Patterns
    kinds: dict[str, Patterns]
    apart: dict[str, Patterns]
    levels: dict[str, Patterns]
    young: Patterns
    older: Patterns


class TableWords(Strict):
    """How the columns and rows of tables are called; of posts the pattern with most words counts, then the first.

    Attributes:
        spending: headings in a budget under which what is spent stands.
        no_posts: per post the words with which a row is another one.
    """

    headers: Patterns
    thousand: Patterns
    million: Patterns
    money: Patterns
    totals: Patterns
    spending: Patterns
    posts: dict[str, Patterns]
    no_posts: dict[str, Patterns]
    goals: Patterns
    indicator: Patterns
    baseline: Patterns
    target: Patterns
    registers: Patterns
    boards: Patterns
    board_lists: Patterns
    board_names: Patterns
    sites: Patterns
    pupils: PupilWords


class Wording(Strict):
    """What the wording of a sentence says about it."""

    source: str
    confidence: str
    deferring: Patterns
    hedging: Patterns
    procedure: Patterns
    criteria: Patterns
    intended: Patterns
    achieved: Patterns
    elsewhere: Elsewhere
    numbers: list[str]
    stop: list[str]
    synonyms: list[list[str]]
    roles: list[str]
    to_come: Patterns
    called_off: Patterns
    asides: list[str]
    denied: Patterns
    denying: Denying
    events: dict[str, Happening]
    gemeenten: dict[str, list[str]]
    tables: TableWords


@cache
def wording() -> Wording:
    """The shipped lists of wordings."""
    return validated(Wording, yamlfile.read(_FOLDER / "wording.yaml"), "wording")


def of_kader(kader: Kader) -> dict[str, Phrases]:
    """The phrases per question for a kader: its own list over the common one, which serves alone where it has none."""
    own = _FOLDER / f"phrases-{kader.id}.yaml"
    return _questions(kader.id if resources.is_file(own) else _COMMON)


@cache
def _questions(name: str) -> dict[str, Phrases]:
    file = validated(PhraseFile, yamlfile.read(_FOLDER / f"phrases-{name}.yaml"), "phrases")
    found = dict(_questions(file.extends)) if file.extends else {}
    for question, phrases in file.questions.items():
        about = file.topics[phrases.about] if isinstance(phrases.about, str) else phrases.about
        found[question] = phrases.model_copy(update={"about": about})
    return {**found, **{question: found[other] for question, other in file.same.items()}}
