"""Reading documents apart from the program: in a process of its own, with a limit on its time and memory.

A document comes from anywhere. What reads it can be led astray by what is in it: it may loop, eat memory or fall over. It
then does so beside the program, which says so and goes on.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.base.errors import InputError, Problem
from simulator.base.language import choose, current, say
from simulator.plan.documents import opening
from simulator.plan.documents.blocks import Block, Document, under_headings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection

SECONDS = 8.0
"""For a document; of a PDF, for finding out how many pages it has."""
PER_PAGE, MOST = 0.25, 90.0
"""Seconds for every page of a PDF beyond that, and for all of them at most."""
_MEMORY = 800_000_000
_MOST_TEXT = 2_000 * opening.MAX_PAGES
"""Letters of a document; a page of a plan, with its headings, lists and tables, holds some two thousand."""
_LIBRARIES = ("lxml", "pypdfium2", "pdfplumber", "snowballstemmer", "bm25s")


def read_all(paths: Sequence[Path]) -> list[Document]:
    """Every document of a bundle.

    Raises:
        InputError: with the problem of each that cannot be read, or the libraries that are not installed.
    """
    _need_libraries()
    documents: list[Document] = []
    problems = [
        Problem(say("document.twice", name=name), hint=say("document.twice_do"))
        for name, count in Counter(path.name for path in paths).items()
        if count > 1
    ]
    for path in paths:
        try:
            documents.append(read(path))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return documents


def _need_libraries() -> None:
    from importlib.util import find_spec

    missing = [name for name in _LIBRARIES if find_spec(name) is None]
    if missing:
        raise InputError(
            Problem(say("document.libraries", names=", ".join(missing)), hint=say("document.libraries_do"))
        )


def read(path: Path) -> Document:
    """One document, read in a process of its own."""
    import multiprocessing

    opening.form(path)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(str(path), theirs, current()), daemon=True)
    process.start()
    theirs.close()
    try:
        answer = _received(ours, path, SECONDS)
        if isinstance(answer, int):
            answer = _received(ours, path, min(PER_PAGE * answer + SECONDS / 2, MOST))
    except (EOFError, OSError):
        raise opening.refused(path, "broken") from None
    finally:
        process.kill()
        process.join()
        ours.close()
    if isinstance(answer, Document):
        return answer
    raise answer


def _received(ours: Connection, path: Path, seconds: float) -> Any:
    """What the other process sends: a number of pages, the document, or the error."""
    if not ours.poll(seconds):
        raise opening.refused(path, "slow", seconds=round(seconds))
    return ours.recv()


def _bounded(path: Path, blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, until there are more than any plan has: as soon as that shows, so that nothing else is read."""
    letters = 0
    for block in blocks:
        letters += len(block.words)
        if letters > _MOST_TEXT or block.page > opening.MAX_PAGES:
            raise opening.refused(path, "much", most=opening.MAX_PAGES)
        yield block


_MOST_COLUMNS = 100
"""What stands to the right of this in a table is no part of it that a person reads."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
"""Characters that show nothing and that no plan file can hold."""


def _clean(block: Block) -> Block:
    rows = tuple(tuple(_CONTROL.sub("", cell) for cell in row[:_MOST_COLUMNS]) for row in block.rows)
    return replace(block, text=_CONTROL.sub("", block.text), rows=rows)


def _work(name: str, answer: Connection, language: str) -> None:
    choose(language)
    _limit_memory()
    path = Path(name)
    result: Any
    try:
        result = read_here(path, answer.send)
    except InputError as error:
        result = error
    except MemoryError:
        result = opening.refused(path, "memory")
    except Exception:  # a library fell over what is in the file, in whatever way: the user hears that it is broken
        result = opening.refused(path, "broken")
    answer.send(result)
    answer.close()


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows knows no such limit; those on size, parts and time hold there
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def read_here(path: Path, tell_pages: Callable[[int], None] = lambda _: None) -> Document:
    """One document, read in this process.

    Args:
        tell_pages: hears of the number of pages of a PDF before they are read.

    Raises:
        InputError: it cannot be read, or holds no text.
    """
    from simulator.plan.documents import markdown, opendocument, pdf, web, word

    form = opening.form(path)
    blocks: Iterable[Block]
    pages = 0
    pictures: tuple[int, ...] = ()
    if form == "pdf":
        pages, blocks, pictures = pdf.read(path, tell_pages)
    else:
        readers = {"docx": word.read, "odt": opendocument.read, "html": web.read, "md": markdown.read}
        blocks = readers[form](path)
    kept = tuple(under_headings(map(_clean, _bounded(path, blocks))))
    if not any(block.words for block in kept):
        raise opening.refused(path, "empty")
    return Document(path.name, pages or max((block.page for block in kept), default=0), kept, pictures, form)
