"""Parameters: how a draw becomes a value."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kader_samples import number
from pydantic import TypeAdapter, ValidationError

from simulator.base import language
from simulator.base.days import date_of
from simulator.kader.parameters import Factor, Parameter, called, describe

ADAPTER = TypeAdapter(Parameter)
NORMAL_QUARTILE = 0.6744897501960817
"""Three quarters of a standard normal lie below this (table of the normal distribution)."""


def parameter(context=None, **raw):
    raw = {"source": "law", "confidence": "read", **raw}
    if raw.get("dist") not in ("chance", "dates"):
        raw.setdefault("unit", "count")
    return ADAPTER.validate_python(raw, context=context)


def errors(context=None, **raw):
    with pytest.raises(ValidationError) as caught:
        parameter(context, **raw)
    return [detail["type"] for detail in caught.value.errors()]


def quantiles(found, *draws):
    return found.quantile(np.array(draws)).tolist()


def test_a_fixed_value_does_not_depend_on_the_draw():
    assert quantiles(parameter(dist="fixed", value=25), 0.01, 0.5, 0.99) == [25, 25, 25]


def test_a_uniform_value_lies_on_the_line_between_the_bounds():
    # the lower bound and a quarter of the ten between the bounds
    assert quantiles(parameter(dist="uniform", low=10, high=20), 0.0, 0.25, 0.5, 1.0) == [10, 12.5, 15, 20]


def test_a_normal_value_has_its_quartiles():
    found = quantiles(parameter(dist="normal", mean=100, sigma=10), 0.25, 0.5, 0.75)
    assert found == pytest.approx([100 - 10 * NORMAL_QUARTILE, 100, 100 + 10 * NORMAL_QUARTILE])


def test_a_lognormal_value_has_its_quartiles():
    found = quantiles(parameter(dist="lognormal", median=20, sigma=0.5), 0.25, 0.5, 0.75)
    factor = math.exp(0.5 * NORMAL_QUARTILE)
    assert found == pytest.approx([20 / factor, 20, 20 * factor])


def test_a_lognormal_value_is_cut_off_at_its_bounds():
    found = parameter(dist="lognormal", median=20, sigma=0.5, low=18, high=22)
    assert quantiles(found, 0.01, 0.5, 0.99) == pytest.approx([18, 20, 22])


def test_an_exponential_value_has_its_quantiles():
    # half lie below mean * ln 2, three quarters below twice that
    found = quantiles(parameter(dist="exponential", mean=8), 0.0, 0.5, 0.75)
    assert found == pytest.approx([0, 8 * math.log(2), 16 * math.log(2)])


def test_dates_are_equally_likely_with_both_ends_in():
    # three days: each takes a third of the draws
    found = parameter(dist="dates", first="2014-01-01", last="2014-01-03")
    days = [date_of(int(day)).isoformat() for day in quantiles(found, 1e-9, 0.33, 0.34, 0.66, 0.67, 1 - 1e-9)]
    assert days == ["2014-01-01", "2014-01-01", "2014-01-02", "2014-01-02", "2014-01-03", "2014-01-03"]


def test_the_largest_draw_below_one_gives_no_day_after_the_last():
    found = parameter(dist="dates", first="2014-01-01", last="2014-01-03")
    assert quantiles(found, np.nextafter(1, 0)) == [number("2014-01-03")]


def test_a_window_of_one_day_gives_that_day():
    found = parameter(dist="dates", first="2014-05-01", last="2014-05-01")
    assert quantiles(found, 1e-9, 0.5) == [number("2014-05-01")] * 2


def test_a_chance_is_a_chance_and_a_date_a_date():
    assert parameter(dist="chance", value=0.5).unit == "chance"
    assert parameter(dist="dates", first="2014-01-01", last="2014-01-03").unit == "date"
    assert parameter(dist="dates", first="2014-01-01", last="2014-01-03").first == date(2014, 1, 1)
    assert errors(dist="chance", value=0.5, unit="days")
    assert errors(dist="fixed", value=1, unit="metres")


def test_factors_multiply():
    found = parameter(
        dist="fixed",
        value=10,
        factors={"maturity": {"exp": -0.5}, "pupils": {"power": 2, "reference": 100}},
    )
    attributes = {"maturity": np.array([0.0, 2.0, 0.0]), "pupils": np.array([100.0, 100.0, 300.0])}
    # unscaled; e to the power -0.5 x 2; three times the reference, squared
    assert found.values(np.full(3, 0.5), attributes).tolist() == pytest.approx([10, 10 * math.exp(-1), 90])


def test_a_power_of_a_negative_attribute_is_that_of_zero():
    assert Factor(power=0.5, reference=4).scale(np.array([-1.0, 0.0, 16.0])).tolist() == [0, 0, 2]


def test_each_draw_is_scaled_by_its_own_attribute():
    found = parameter(dist="uniform", low=0, high=10, factors={"maturity": {"exp": 1}})
    assert found.values(np.array([0.1, 0.2]), {"maturity": np.array([0.0, 1.0])}).tolist() == pytest.approx(
        [1, 2 * math.e]
    )


def test_a_factor_moves_a_chance_on_the_logistic_scale():
    found = parameter(dist="chance", value=0.8, factors={"maturity": {"logit": math.log(2)}, "size": {"logit": 0.0}})
    attributes = {"maturity": np.array([0.0, 1.0, -2.0]), "size": np.array([5.0, 5.0, 5.0])}
    # odds of 4 to 1; doubled to 8 to 1; twice halved to 1 to 1
    assert found.values(np.full(3, 0.5), attributes).tolist() == pytest.approx([4 / 5, 8 / 9, 1 / 2])


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_what_never_or_always_happens_is_not_moved(value):
    found = parameter(dist="chance", value=value, factors={"maturity": {"logit": 5}})
    assert found.values(np.array([0.5]), {"maturity": np.array([3.0])}).tolist() == [value]


@pytest.mark.parametrize(
    "factor",
    [
        {},
        {"exp": 1, "logit": 1},
        {"power": 1},
        {"reference": 1},
        {"exp": 1, "power": 1, "reference": 1},
        {"power": 1, "reference": 0},
        {"power": 1, "reference": -1},
        {"exponent": 1},
    ],
)
def test_a_factor_has_exactly_one_form(factor):
    assert errors(dist="fixed", value=1, factors={"maturity": factor})


@pytest.mark.parametrize(
    ("raw", "factor"),
    [
        ({"dist": "fixed", "value": 1}, {"logit": 1}),
        ({"dist": "lognormal", "median": 1, "sigma": 1}, {"logit": 1}),
        ({"dist": "chance", "value": 0.5}, {"exp": 1}),
        ({"dist": "chance", "value": 0.5}, {"power": 1, "reference": 1}),
    ],
    ids=["fixed", "lognormal", "chance exp", "chance power"],
)
def test_a_factor_of_the_wrong_kind_is_refused_when_read(raw, factor):
    # a chance moves by logit only, and nothing else does
    assert errors(**raw, factors={"maturity": factor})


def test_a_factor_of_an_unknown_attribute_is_refused():
    raw = {"dist": "fixed", "value": 1, "factors": {"maturty": {"exp": 1}}}
    assert errors({"attributes": {"maturity"}}, **raw) == ["value.unknown_name"]
    assert parameter(None, **raw)
    assert parameter({"attributes": {"maturty"}}, **raw)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ({"dist": "uniform", "low": 2, "high": 1}, "value.bounds"),
        ({"dist": "dates", "first": "2014-01-02", "last": "2014-01-01"}, "value.bounds"),
        ({"dist": "lognormal", "median": 1, "sigma": 1, "low": 2, "high": 1}, "value.bounds"),
        ({"dist": "lognormal", "median": 9, "sigma": 1, "low": 1, "high": 2}, "value.median_range"),
        ({"dist": "lognormal", "median": 1, "sigma": 1, "low": 2}, "value.median_range"),
        ({"dist": "fixed", "value": -1, "unit": "yearly"}, "value.yearly_range"),
        ({"dist": "normal", "mean": 0.9, "sigma": 0.1, "unit": "yearly"}, "value.yearly_range"),
        ({"dist": "normal", "mean": 1, "sigma": 0}, "greater_than"),
        ({"dist": "normal", "mean": 1, "sigma": -1}, "greater_than"),
        ({"dist": "lognormal", "median": 0, "sigma": 1}, "greater_than"),
        ({"dist": "exponential", "mean": 0}, "greater_than"),
        ({"dist": "chance", "value": 1.1}, "less_than_equal"),
        ({"dist": "chance", "value": -0.1}, "greater_than_equal"),
        ({"dist": "gamma", "mean": 1}, "union_tag_invalid"),
        ({"mean": 1}, "union_tag_not_found"),
        ({"dist": "fixed"}, "missing"),
        ({"dist": "fixed", "value": 1, "mean": 1}, "extra_forbidden"),
    ],
)
def test_wrong_parameters_are_refused(raw, kind):
    assert errors(**raw) == [kind]


@pytest.mark.parametrize("value", [".nan", "nan", "inf", float("nan"), float("inf"), "5", True, None])
def test_a_value_is_a_finite_number(value):
    assert errors(dist="fixed", value=value)


def test_equal_bounds_are_fine():
    assert quantiles(parameter(dist="uniform", low=2, high=2), 0.1, 0.9) == [2, 2]


@pytest.mark.parametrize("unit", ["days", "working_days", "hours"])
@pytest.mark.parametrize(
    "raw",
    [
        {"dist": "fixed", "value": -1},
        {"dist": "uniform", "low": -0.5, "high": 3},
        {"dist": "normal", "mean": 5, "sigma": 2},  # below zero from 2.5 sigma under the mean
    ],
    ids=lambda raw: raw["dist"],
)
def test_a_duration_is_never_below_zero(raw, unit):
    assert errors(**raw, unit=unit) == ["value.negative_duration"]
    assert parameter(**raw, unit="score")


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ({"dist": "fixed", "value": 1.5}, "1.5"),
        ({"dist": "fixed", "value": -0.5}, "-0.5"),
        ({"dist": "uniform", "low": -0.5, "high": 0.5}, "-0.5"),
        ({"dist": "uniform", "low": 0.5, "high": 2}, "2"),
    ],
    ids=str,
)
def test_a_share_lies_between_nothing_and_all(raw, told):
    with pytest.raises(ValidationError) as caught:
        parameter(**raw, unit="share")
    (detail,) = caught.value.errors()
    assert detail["type"] == "value.share_range"
    assert detail["ctx"]["value"] == told  # the value that is out of bounds


@pytest.mark.parametrize("raw", [{"dist": "fixed", "value": 0}, {"dist": "fixed", "value": 1}], ids=str)
def test_a_share_may_be_nothing_or_all(raw):
    assert parameter(**raw, unit="share").unit == "share"


def test_a_duration_may_be_nothing_or_less_than_one():
    assert parameter(dist="fixed", value=0, unit="days").lowest() == 0
    assert parameter(dist="uniform", low=0.5, high=1, unit="hours").lowest() == pytest.approx(0.5)


def test_a_duration_far_above_zero_may_be_normal():
    assert parameter(dist="normal", mean=50, sigma=2, unit="days").lowest() > 30


_uniforms = st.floats(1e-9, 1 - 1e-9)
_positive = st.floats(0.1, 100)
_distributions = st.one_of(
    st.builds(lambda value: {"dist": "fixed", "value": value}, st.floats(-10, 10)),
    st.builds(lambda low, span: {"dist": "uniform", "low": low, "high": low + span}, st.floats(-9, 9), _positive),
    st.builds(lambda mean, sigma: {"dist": "normal", "mean": mean, "sigma": sigma}, st.floats(-9, 9), _positive),
    st.builds(
        lambda median, sigma, below, above: {
            "dist": "lognormal", "median": median, "sigma": sigma, "low": median * below, "high": median + above,
        },
        _positive, st.floats(0.1, 2), st.floats(0, 1), _positive,
    ),
    st.builds(lambda mean: {"dist": "exponential", "mean": mean}, _positive),
    st.builds(lambda value: {"dist": "chance", "value": value}, st.sampled_from([0.0, 1e-9, 0.3, 0.97, 1.0])),
    st.builds(
        lambda day: {"dist": "dates", "first": "2014-01-01", "last": f"2014-01-{day:02d}"}, st.integers(1, 31)
    ),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(_distributions, _uniforms, _uniforms, st.sampled_from([-2.0, -0.3, 0.5, 2.0]))
def test_a_larger_draw_never_gives_a_smaller_value(raw, one, other, coefficient):
    kind = "logit" if raw["dist"] == "chance" else "exp"
    found = parameter(**raw, factors={"maturity": {kind: coefficient}})
    draws = np.array(sorted([one, other]))
    low, high = found.quantile(draws)
    assert low <= high
    if low >= 0:
        scaled = found.values(draws, {"maturity": np.full(2, 0.7)})
        assert scaled[0] <= scaled[1]
    assert found.lowest() <= low


@settings(max_examples=60, deadline=None)
@given(_distributions, _uniforms)
def test_no_value_lies_outside_the_bounds(raw, draw):
    (value,) = quantiles(parameter(**raw), draw)
    low, high = raw.get("low", -math.inf), raw.get("high", math.inf)
    assert low <= value <= high
    if raw["dist"] == "dates":
        assert number("2014-01-01") <= value <= number(raw["last"])
        assert value == int(value)
    if raw["dist"] == "chance":
        assert 0 <= value <= 1


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([0.0, 1e-9, 0.2, 0.5, 0.97, 1.0]), st.floats(0.01, 5), st.floats(-5, 5), st.floats(-5, 5))
def test_a_moved_chance_stays_a_chance_and_follows_its_factor(value, coefficient, one, other):
    found = parameter(dist="chance", value=value, factors={"maturity": {"logit": coefficient}})
    low, high = found.values(np.full(2, 0.5), {"maturity": np.array(sorted([one, other]))})
    assert 0 <= low <= high <= 1


def test_a_chance_has_a_value_for_each_draw_also_when_its_factor_is_switched_off():
    found = parameter(dist="chance", value=0.5, factors={"maturity": {"logit": 0}})
    assert found.values(np.full(2, 0.5), {"maturity": np.array([1.0, 2.0])}).tolist() == [0.5, 0.5]


@pytest.mark.parametrize(
    ("raw", "en", "nl"),
    [
        ({"dist": "fixed", "value": 25, "unit": "days"}, "fixed: value 25 (days)", "vast: waarde 25 (dagen)"),
        (
            {"dist": "lognormal", "median": 25, "sigma": 0.4, "unit": "working_days"},
            "lognormal: median 25, sigma 0.4 (working days)",
            "lognormaal: mediaan 25, sigma 0,4 (werkdagen)",
        ),
        (
            {"dist": "lognormal", "median": 25, "sigma": 0.4, "low": 3, "high": 60},
            "lognormal: median 25, sigma 0.4, low 3, high 60 (number)",
            "lognormaal: mediaan 25, sigma 0,4, laagste 3, hoogste 60 (aantal)",
        ),
        (
            {"dist": "chance", "value": 0.5, "factors": {"size": {"logit": 1}}},
            "chance: value 0.5 x size (chance)",
            "kans: waarde 0,5 x size (kans)",
        ),
        (
            {"dist": "dates", "first": "2014-01-01", "last": "2014-01-03"},
            "days: first 1 January 2014, last 3 January 2014 (date)",
            "dagen: eerste 1 januari 2014, laatste 3 januari 2014 (datum)",
        ),
    ],
)
def test_a_parameter_is_described_in_one_line_of_the_language(raw, en, nl):
    assert describe(parameter(**raw)) == en
    language.choose("nl")
    assert describe(parameter(**raw)) == nl


def test_a_parameter_names_what_scales_it_by_its_label():
    from simulator.kader.reading import load

    file = load("swv-2014").file
    language.choose("nl")
    names = called(file.attributes)
    told = [describe(one, names) for one in file.parameters.values() if one.factors]
    assert any("x rijpheid (" in one or "x rijpheid x" in one for one in told)
    raw = set(file.attributes)
    assert not [one for one in told if raw & set(one.replace("(", " ").split()) - {"verevening"}]
