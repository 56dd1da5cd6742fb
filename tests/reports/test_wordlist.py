"""The list of institutional words: those that occur, as words by themselves, with what they are."""

from __future__ import annotations

from simulator.base import language
from simulator.reports import wordlist
from simulator.reports.blocks import Paragraph, Table, plain, text


def terms(words):
    found = [block for block in wordlist.blocks([Paragraph(text(words))]) if isinstance(block, Table)]
    return [plain(row.cells[0]) for table in found for row in table.rows]


def test_only_words_that_occur_are_explained_also_in_the_plural():
    language.choose("en")
    assert terms("The OOGO with all gemeenten") == ["gemeente", "OOGO"]
    assert terms("growth of the (v)so") == ["(v)so"]
    assert terms("simulatieonderzoek") == ["simulatieonderzoek"]  # not `onderzoek` within it
    assert terms("nothing of that kind") == []
