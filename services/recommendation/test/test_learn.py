"""What events change."""

from random import Random

import pytest

from recommendation.core.application.state import KINDS, State
from recommendation.core.domain.catalogue import Catalogue
from recommendation.core.domain.experiment import bucket_of
from recommendation.core.domain.ids import id_of, text_of
from recommendation.core.domain.popularity import LISTED, Popularity
from recommendation.core.domain.shoppers import MOST_BOUGHT, MOST_DEEDS, Deed, Shoppers, user_name
from recommendation.core.domain.together import MOST_PARTNERS, Together

from .artifact import product
from .shop import NOW, OTHER, SESSION, USER, Shop, created, event, moment, numbers, ordered, stocked, viewed


def offered(catalogue: Catalogue, number: int) -> bool:
    return catalogue.is_offered(id_of(product(number)), in_stock=True)


def test_products_and_stock_come_in_any_order() -> None:
    news = [
        created(1),
        created(1, version=2, category="Sport"),
        stocked(1),
        stocked(1, 2, is_available=False),
        stocked(1, 3),
    ]
    for seed in range(20):
        shop = Shop()
        shop.hears(*Random(seed).sample(news, len(news)))
        assert shop.state.catalogue.category_of(id_of(product(1))) == "Sport"
        assert offered(shop.state.catalogue, 1)


def test_a_deleted_product_does_not_come_back() -> None:
    shop = Shop()
    shop.hears(event("product.deleted", {"product_id": product(1), "version": 5}), created(1, version=4), stocked(1))
    assert not offered(shop.state.catalogue, 1)


def test_one_of_several_variants_is_enough() -> None:
    shop = Shop()
    shop.hears(created(1, variants=[{"sku": "SKU-1"}, {"sku": "SKU-2"}]), stocked(1, is_available=False), stocked(2))
    assert offered(shop.state.catalogue, 1)
    shop.hears(stocked(2, 2, is_available=False))
    assert not offered(shop.state.catalogue, 1)


def test_a_variant_that_moved_counts_for_its_new_product() -> None:
    shop = Shop()
    shop.hears(created(1), stocked(1), created(1, version=2, variants=[{"sku": "SKU-9"}]))
    assert not offered(shop.state.catalogue, 1)
    shop.hears(created(2, variants=[{"sku": "SKU-1"}]), stocked(1, 2))
    assert [offered(shop.state.catalogue, 1), offered(shop.state.catalogue, 2)] == [False, True]


def test_a_listed_product_is_there_until_events_know_better() -> None:
    shop = Shop()
    shop.learning.listed(product(1), "Home", "Lamps", is_in_stock=True)
    shop.learning.listed(product(2), "Home", "Lamps", is_in_stock=False)
    assert [offered(shop.state.catalogue, 1), offered(shop.state.catalogue, 2)] == [True, False]
    shop.hears(created(1))
    assert not offered(shop.state.catalogue, 1)
    shop.learning.listed(product(1), "Home", "Lamps", is_in_stock=True)
    assert not offered(shop.state.catalogue, 1)


def test_an_event_that_comes_again_counts_once() -> None:
    shop = Shop()
    shop.sells(1)
    view = viewed(1)
    assert [shop.learning.take(view), shop.learning.take(view)] == [True, False]
    assert len(shop.state.shoppers.get(f"session:{SESSION}").deeds) == 1  # type: ignore[union-attr]


def test_types_that_nobody_knows_are_ignored() -> None:
    shop = Shop()
    assert not shop.learning.take(event("weather.changed", {}))


def test_sums_of_views_make_popular_and_name_nobody() -> None:
    shop = Shop()
    shop.sells(1, 2)
    shop.hears(event("product.viewed", {"product_id": product(1), "views": 7, "viewed_at": moment(NOW)}))
    assert numbers(shop.asked("popular"))[0] == 1
    assert len(shop.state.shoppers) == 0


def test_a_single_view_is_the_session_s_and_the_user_s() -> None:
    shop = Shop()
    shop.hears(viewed(1, user=USER))
    assert shop.state.shoppers.get(f"session:{SESSION}") == shop.state.shoppers.get(user_name(USER))


def test_a_cart_is_the_user_s() -> None:
    shop = Shop()
    shop.hears(event("cart.item_added", {"product_id": product(1), "user_id": USER}))
    shop.hears(event("cart.item_added", {"product_id": product(1)}))
    assert len(shop.state.shoppers) == 1


def test_an_order_of_a_guest_is_nobody_s_later() -> None:
    shop = Shop()
    shop.hears(ordered(1, user=OTHER, order=OTHER))
    assert len(shop.state.shoppers) == 0


def test_an_erased_user_is_forgotten_at_once_and_stays_so() -> None:
    shop = Shop()
    shop.sells(1, 2)
    shop.hears(ordered(1), viewed(2, user=USER, session=None))
    shop.hears(event("user.forgotten", {"user_id": USER.upper()}))
    assert shop.state.shoppers.get(user_name(USER)) is None
    assert shop.state.is_erased(USER)
    shop.hears(viewed(2, user=USER, session=None))  # that was on its way
    assert shop.state.shoppers.get(user_name(USER)) is None
    saved = {(record.kind, record.key): record.value for record in shop.state.changes()}
    assert saved["shopper", user_name(USER)] is None
    assert [kind for kind, key in saved if USER in key] == ["shopper"]


@pytest.mark.parametrize("kind", ["product.created", "order.placed", "inventory.availability_changed"])
def test_what_is_not_an_event_is_refused(kind: str) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        Shop().learning.take(event(kind, {"product_id": "not an ID"}))


def test_state_is_the_same_after_it_was_saved() -> None:
    shop = Shop()
    shop.sells(1, 2, 3)
    shop.hears(viewed(1), ordered(2, 3), stocked(3, 2, is_available=False))
    shop.hears(event("user.forgotten", {"user_id": OTHER}))
    shop.state.positions["topic/1"] = 42
    shop.state.changed("position", "topic/1")
    records = shop.state.changes()
    assert {record.kind for record in records} == set(KINDS)
    assert list(shop.state.changes()) == []
    other = Shop()
    other.state.restore(sorted(records, key=lambda record: KINDS.index(record.kind)))
    for name in ("for_you", "popular", "buy_again"):
        assert other.asked(name, user=USER, session=SESSION) == shop.asked(name, user=USER, session=SESSION)
    assert numbers(other.asked("bought_together", about=3)) == numbers(shop.asked("bought_together", about=3)) == [2]
    assert (other.state.positions, other.state.is_erased(OTHER)) == ({"topic/1": 42}, True)


def test_state_of_another_version_is_left_alone() -> None:
    from recommendation.core.ports.state_store import Record

    State().restore([Record("something new", "key", "1")])


class TestBounds:
    def test_of_what_shoppers_did(self) -> None:
        shoppers = Shoppers(most=2)
        for number in range(MOST_BOUGHT + 10):
            shoppers.note("a", Deed("bought", id_of(product(number)), NOW + number))
        found = shoppers.get("a")
        assert found is not None
        assert (len(found.deeds), len(found.bought)) == (MOST_DEEDS, MOST_BOUGHT)
        for name in "bca":
            shoppers.note(name, Deed("viewed", id_of(product(1)), NOW))
        assert [shoppers.get(name) is not None for name in "abc"] == [True, False, True]

    def test_a_late_deed_takes_its_place(self) -> None:
        shoppers = Shoppers()
        for at in (3, 1, 2):
            shoppers.note("a", Deed("viewed", id_of(product(at)), NOW + at))
        found = shoppers.get("a")
        assert found is not None
        assert [deed.at - NOW for deed in found.deeds] == [1, 2, 3]

    def test_of_what_is_popular(self) -> None:
        popularity = Popularity()
        for number in range(2 * LISTED + 5):
            popularity.add(id_of(product(number)), "Home", number + 1, NOW)
        top = popularity.top("Home", NOW)
        assert len(top) == LISTED
        assert text_of(top[0]) == product(2 * LISTED + 4)
        assert popularity.top("Sport", NOW) == ()

    def test_of_what_is_bought_together(self) -> None:
        together = Together()
        for number in range(2, MOST_PARTNERS + 20):
            together.add([id_of(product(1)), id_of(product(number))])
        assert len(together.of(id_of(product(1)))) == MOST_PARTNERS
        assert together.add([id_of(product(1))]) == ()


def test_buckets_are_stable_even_and_independent() -> None:
    shoppers = [f"user:{number}" for number in range(20_000)]
    first = [bucket_of("1", one) for one in shoppers]
    assert first == [bucket_of("1", one) for one in shoppers]
    counts = [first.count(bucket) for bucket in range(100)]
    assert min(counts) > 140
    assert max(counts) < 265
    both = sum(a < 50 and bucket_of("2", one) < 50 for a, one in zip(first, shoppers, strict=True))
    assert 4_700 < both < 5_300
    assert bucket_of("1", "user:1") == 77  # as any other program computes it
