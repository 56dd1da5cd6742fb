"""Timing checks with three truth values."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kader_samples import event, number, truth, values, verdict

from simulator.base.days import NEVER
from simulator.kader import assess, timing
from simulator.kader.timing import TimingError

T, F, U = True, False, None
EARLY, DAY, LATE = "2014-02-01", "2014-03-03", "2014-05-01"


@pytest.mark.parametrize(
    ("one", "other", "both", "either"),
    [
        (T, T, T, T),
        (T, F, F, T),
        (T, U, U, T),
        (F, T, F, T),
        (F, F, F, F),
        (F, U, F, U),
        (U, T, U, T),
        (U, F, F, U),
        (U, U, U, U),
    ],
)
def test_the_truth_tables_of_and_and_or(one, other, both, either):
    assert values(truth(one) & truth(other)) == [both]
    assert values(truth(one) | truth(other)) == [either]
    say = {T: EARLY, F: None, U: "?"}
    events = {"a": event(say[one]), "b": event(say[other])}
    assert verdict("happened(a) and happened(b)", **events) is both
    assert verdict("happened(a) or happened(b)", **events) is either


def test_not_turns_true_and_false_and_leaves_unknown():
    assert values(~truth(T, F, U)) == [F, T, U]
    assert verdict("not happened(a)", a=event("?")) is U
    assert verdict("not happened(a)", a=event(None)) is T


def test_three_parts_are_joined_in_one_go():
    events = {"a": event(EARLY), "b": event(None), "c": event("?")}
    assert verdict("happened(a) and happened(c) and happened(b)", **events) is F
    assert verdict("happened(b) or happened(c) or happened(a)", **events) is T
    assert verdict("happened(b) or happened(c) or happened(b)", **events) is U


def test_and_binds_before_or_and_parentheses_before_both():
    events = {"yes": event(EARLY), "no": event(None)}
    assert verdict("happened(yes) or happened(yes) and happened(no)", **events) is T
    assert verdict("(happened(yes) or happened(yes)) and happened(no)", **events) is F
    assert verdict("not happened(no) and happened(no)", **events) is F


@pytest.mark.parametrize(("day", "expected"), [(EARLY, T), (None, F), ("?", U)])
def test_happened(day, expected):
    assert verdict("happened(e)", e=event(day)) is expected


@pytest.mark.parametrize(
    ("day", "before", "by"),
    [("2014-04-30", T, T), ("2014-05-01", F, T), ("2014-05-02", F, F), (None, F, F), ("?", U, U)],
)
def test_before_is_strict_and_by_is_not(day, before, by):
    assert verdict("before(e, '2014-05-01')", e=event(day)) is before
    assert verdict("by(e, '2014-05-01')", e=event(day)) is by


@pytest.mark.parametrize(
    ("one", "other", "before", "by"),
    [
        (EARLY, DAY, T, T),
        (DAY, DAY, F, T),
        (LATE, DAY, F, F),
        (DAY, None, T, T),  # what has not happened is later than everything
        (None, DAY, F, F),
        (None, None, F, F),
        ("?", DAY, U, U),
        (DAY, "?", U, U),
        (None, "?", F, F),  # what has not happened is not in time, whatever the other day is
        ("?", "?", U, U),
        ("?", None, U, U),
    ],
)
def test_an_event_before_or_by_another(one, other, before, by):
    assert verdict("before(e, f)", e=event(one), f=event(other)) is before
    assert verdict("by(e, f)", e=event(one), f=event(other)) is by


@pytest.mark.parametrize(
    ("point", "last"),
    [
        # four weeks after 1 February 2014 is Saturday 1 March; the ATW makes it Monday 3 March
        ("term(s, weeks=4)", "2014-03-03"),
        ("after(s, weeks=4)", "2014-03-01"),
        ("term(s, months=1)", "2014-03-03"),
        ("after(s, days=28)", "2014-03-01"),
        ("after(s, years=1)", "2015-02-01"),
    ],
)
def test_a_term_ends_on_its_last_day(point, last):
    on, after = np.datetime64(last), np.datetime64(last) + 1
    start = event(EARLY)
    assert verdict(f"by(e, {point})", e=event(str(on)), s=start) is T
    assert verdict(f"by(e, {point})", e=event(str(after)), s=start) is F
    assert verdict(f"before(e, {point})", e=event(str(on)), s=start) is F
    assert verdict(f"before(e, {point})", e=event(str(on - 1)), s=start) is T


def test_a_term_after_what_has_not_happened_is_open():
    assert verdict("by(e, term(s, weeks=4))", e=event(LATE), s=event(None)) is T
    assert verdict("by(e, term(s, weeks=4))", e=event(LATE), s=event("?")) is U
    assert verdict("by(e, after(s, weeks=4))", e=event(None), s=event(None)) is F


def seen(*days):
    """An event with an item for each day, seen on 1 June 2014."""
    on = np.array([number("2014-06-01")])
    each = np.array([[number(day) if day not in (None, "?") else NEVER] for day in days], dtype=np.int64)
    known = np.array([[day != "?"] for day in days], dtype=bool)
    return assess.per_item(each.reshape(len(days), 1), known.reshape(len(days), 1), on)


@pytest.mark.parametrize(
    ("days", "every", "two"),
    [
        ((EARLY, DAY), T, T),
        ((EARLY, DAY, None), F, T),
        ((EARLY, None, None), F, F),
        ((EARLY, "?"), U, U),
        ((EARLY, DAY, "?"), U, T),
        ((EARLY, "?", None), F, U),  # the second may have happened or not
        ((None, "?", "?"), F, U),
        ((None, None, "?"), F, F),  # at most one
        (("?", "?"), U, U),
        ((), F, F),  # an empty list is never all
    ],
)
def test_all_items_and_the_number_of_items(days, every, two):
    assert verdict("all_items(e)", e=seen(*days)) is every
    assert verdict("count(e) >= 2", e=seen(*days)) is two


def test_any_event_happened_at_least_no_times():
    assert verdict("count(e) >= 0", e=event(None)) is T
    assert verdict("count(e) >= 0", e=event("?")) is T


@pytest.mark.parametrize(("day", "expected"), [(EARLY, T), (None, F), ("?", U)])
def test_an_event_without_items_counts_for_one(day, expected):
    assert verdict("count(e) >= 1", e=event(day)) is expected
    assert verdict("all_items(e)", e=event(day)) is expected


def test_the_day_of_an_event_with_items_is_that_of_the_last():
    assert verdict("by(e, '2014-03-03')", e=seen(EARLY, DAY)) is T
    assert verdict("before(e, '2014-03-03')", e=seen(EARLY, DAY)) is F
    assert verdict("by(e, '2014-03-03')", e=seen(EARLY, LATE)) is F
    assert verdict("happened(e)", e=seen(EARLY, None)) is F


def test_columns_are_judged_each_for_itself():
    expression = timing.parse("by(e, f) and happened(g)")
    columns = [(EARLY, DAY, DAY), (DAY, EARLY, DAY), ("?", DAY, DAY), (EARLY, None, "?"), (None, "?", DAY)]
    together = expression({name: event(*days) for name, days in zip("efg", zip(*columns, strict=True), strict=True)})
    assert values(together) == [T, F, U, U, F]
    apart = [verdict("by(e, f) and happened(g)", e=event(e), f=event(f), g=event(g)) for e, f, g in columns]
    assert values(together) == apart


_DAYS = st.sampled_from([EARLY, DAY, LATE, None])
_TEXTS = st.recursive(
    st.sampled_from(["happened(a)", "before(a, b)", "by(b, c)", "by(c, '2014-03-03')", "before(a, term(b, weeks=4))"]),
    lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or", "and not", "or not"]), inner),
    max_leaves=5,
)


@settings(max_examples=60, deadline=None)
@given(_TEXTS, st.tuples(_DAYS, _DAYS, _DAYS), st.sets(st.integers(0, 2)))
def test_knowing_more_never_takes_back_what_was_certain(text, days, hidden):
    less = ["?" if place in hidden else day for place, day in enumerate(days)]
    before = verdict(text, **{name: event(day) for name, day in zip("abc", less, strict=True)})
    after = verdict(text, **{name: event(day) for name, day in zip("abc", days, strict=True)})
    assert after is not U
    assert before in (U, after)


@pytest.mark.parametrize(
    ("text", "key", "offset"),
    [
        ("", "timing.syntax", 0),
        ("happened(", "timing.syntax", 8),
        ("happened(a) happened(b)", "timing.syntax", 0),
        ("happened(a); happened(b)", "timing.syntax", 11),
        ("x = happened(a)", "timing.syntax", 2),
        ("a", "timing.form", 0),
        ("True", "timing.form", 0),
        ("happened", "timing.form", 0),
        ("happened()", "timing.form", 0),
        ("happened(a, b)", "timing.form", 0),
        ("happened('a')", "timing.form", 0),
        ("happened(event=a)", "timing.form", 0),
        ("happened(*a)", "timing.form", 0),
        ("happens(a)", "timing.form", 0),
        ("happened(a) and happens(b)", "timing.form", 16),
        ("not a", "timing.form", 4),
        ("-happened(a)", "timing.form", 0),
        ("happened(a) + happened(b)", "timing.form", 0),
        ("before(a)", "timing.form", 0),
        ("before('2014-05-01', a)", "timing.form", 0),
        ("by(a, 5)", "timing.form", 6),
        ("by(a, b.c)", "timing.form", 6),
        ("by(a, '2014-02-30')", "timing.date", 6),
        ("by(a, 'soon')", "timing.date", 6),
        ("by(a, term(b))", "timing.form", 6),
        ("by(a, term(b, weeks=4, days=1))", "timing.form", 6),
        ("by(a, term(b, hours=4))", "timing.form", 6),
        ("by(a, term(b, weeks='4'))", "timing.form", 6),
        ("by(a, term(b, weeks=n))", "timing.form", 6),
        ("by(a, term(b, 4))", "timing.form", 6),
        ("by(a, term('2014-05-01', weeks=4))", "timing.form", 6),
        ("by(a, term(b, **c))", "timing.form", 6),
        ("by(a, before(b, weeks=4))", "timing.form", 6),
        ("count(a) > 1", "timing.form", 0),
        ("count(a) >= b", "timing.form", 0),
        ("count(a) >= 1.5", "timing.form", 0),
        ("1 <= count(a)", "timing.form", 0),
        ("count(a) >= 1 >= 0", "timing.form", 0),
        ("count(a)", "timing.form", 0),
        ("happened(a) if happened(b) else happened(c)", "timing.form", 0),
        ("__import__('os')", "timing.form", 0),
        ("[happened(a) for a in b]", "timing.form", 0),
        ("(a := happened(b))", "timing.form", 1),
    ],
)
def test_what_is_not_of_the_closed_form_is_refused_at_its_place(text, key, offset):
    with pytest.raises(TimingError) as caught:
        timing.parse(text)
    assert caught.value.key == key
    if key != "timing.syntax":  # Python decides where a syntax error is
        assert caught.value.offset == offset


@pytest.mark.parametrize("text", ["(" * 300 + "happened(a)" + ")" * 300, "not " * 5000 + "happened(a)"])
def test_endless_nesting_is_refused(text):
    with pytest.raises(TimingError):
        timing.parse(text)


def test_the_wrong_part_is_quoted():
    with pytest.raises(TimingError) as caught:
        timing.parse("happened(a) and by(b,  5)")
    assert caught.value.values == {"part": "5"}


def test_an_expression_names_its_events_and_where():
    text = "by(a, term(b, weeks=4)) and not count(c) >= 2 or before(a, '2014-05-01')"
    names = sorted(timing.parse(text).names(), key=lambda pair: pair[1])
    assert names == [("a", 3), ("b", 11), ("c", 38), ("a", 56)]
    assert all(text[offset:].startswith(name) for name, offset in names)


def test_an_event_may_have_the_name_of_a_function():
    assert [name for name, _ in timing.parse("happened(count)").names()] == ["count"]
    assert verdict("happened(count)", count=event(EARLY)) is T


def test_space_around_an_expression_does_not_matter():
    assert verdict("\n  happened(a)\n", a=event(EARLY)) is T


def test_every_column_is_true_or_false_or_neither_never_both():
    for days in itertools.product([EARLY, LATE, None, "?"], repeat=2):
        for text in ("before(a, b)", "by(a, b)", "not by(a, b)", "by(a, term(b, weeks=2))"):
            assert verdict(text, a=event(days[0]), b=event(days[1])) in (T, F, U)
