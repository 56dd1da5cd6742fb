import gc

import pytest

from simulator.base.memory import uncollected


@pytest.fixture(params=[True, False])
def there(request):
    """Whether the collector is at work."""
    (gc.enable if request.param else gc.disable)()
    yield request.param
    gc.enable()


def failing():
    with uncollected():
        assert not gc.isenabled()
        raise ValueError("x")


def test_the_collector_is_as_it_was_also_after_a_mistake(there):
    with pytest.raises(ValueError, match="x"):
        failing()
    assert gc.isenabled() is there


def test_what_was_made_is_not_walked_again():
    with uncollected():
        made = [[number] for number in range(1000)]
    walked = {id(one) for one in gc.get_objects()}
    assert not walked & {id(one) for one in made}
