"""Which products are recommended."""

from collections import Counter

import pytest

from recommendation.core.domain.ids import id_of
from recommendation.core.domain.ladder import MOST_PER_CATEGORY, NEW_FOR_S, ListName

from .artifact import ModelFolder, product
from .model import model_of
from .shop import (
    NOW,
    OTHER,
    SESSION,
    SHOPPER,
    USER,
    Shop,
    created,
    event,
    moment,
    numbers,
    ordered,
    reasons,
    stocked,
    viewed,
)

HOME = {product(number): "Home" for number in range(1, 11)}
SPORT = {product(number): "Sport" for number in range(11, 21)}


def ids(*some: int) -> list[str]:
    return [product(number) for number in some]


def shop_with_model() -> Shop:
    folder = ModelFolder(
        categories={**HOME, **SPORT},
        users={SHOPPER: ids(1, 11, 2)},
        buy_again={SHOPPER: ids(5, 6)},
        similar={product(1): ids(2, 3), product(4): ids(5)},
        together={product(1): ids(12, 13)},
        next={product(1): ids(14), product(11): ids(15, 16)},
        content={product(9): ids(10)},
        popular=ids(20, 7, 8, 19),
    )
    shop = Shop(model_of(folder))
    shop.sells(*range(1, 11), category="Home")
    shop.sells(*range(11, 21), category="Sport")
    return shop


def test_without_anything_there_is_nothing() -> None:
    answer = Shop().asked("for_you")
    assert (answer.strategy, list(answer.items)) == ("none", [])


def test_a_user_gets_the_list_made_for_them() -> None:
    answer = shop_with_model().asked("for_you", user=USER, shopper=SHOPPER, limit=3)
    assert answer.strategy == "personal"
    assert numbers(answer) == [1, 11, 2]
    assert reasons(answer) == [("for_you", None)] * 3


def test_nobody_gets_the_list_of_another() -> None:
    assert shop_with_model().asked("for_you", user=OTHER, shopper=OTHER, limit=3).strategy == "popular"


@pytest.mark.parametrize("name", ["for_you", "buy_again"])
def test_without_a_pseudonym_no_list_is_the_user_s_own(name: ListName) -> None:
    assert shop_with_model().asked(name, user=USER, limit=3).strategy in ("popular", "none")


def test_what_follows_the_last_view_comes_first_and_says_why() -> None:
    shop = shop_with_model()
    shop.hears(viewed(1))
    answer = shop.asked("for_you", session=SESSION, limit=3)
    assert answer.strategy == "session"
    assert numbers(answer) == [2, 14, 3]
    assert reasons(answer)[0] == ("viewed", product(1))


def test_earlier_views_count_less() -> None:
    shop = shop_with_model()
    shop.hears(viewed(1, NOW - 20), viewed(11, NOW - 10))
    assert numbers(shop.asked("for_you", session=SESSION, limit=3))[0] == 15
    shop.hears(viewed(1, NOW))
    assert numbers(shop.asked("for_you", session=SESSION, limit=3))[0] in (2, 14)


def test_the_session_lifts_the_user_s_own_list() -> None:
    shop = shop_with_model()
    shop.hears(viewed(4))
    answer = shop.asked("for_you", user=USER, shopper=SHOPPER, session=SESSION, limit=3)
    assert answer.strategy == "personal_session"
    assert numbers(answer) == [5, 1, 11]
    assert reasons(answer) == [("viewed", product(4)), ("for_you", None), ("for_you", None)]


def test_what_was_seen_or_bought_is_left_out() -> None:
    shop = shop_with_model()
    shop.hears(viewed(1), ordered(11))
    answer = shop.asked("for_you", user=USER, shopper=SHOPPER, session=SESSION)
    assert not {1, 11} & set(numbers(answer))
    assert 11 not in numbers(shop.asked("popular", user=USER))


def test_a_short_list_is_filled_with_popular_products() -> None:
    answer = shop_with_model().asked("for_you", user=USER, shopper=SHOPPER, limit=3, category="Sport")
    assert answer.strategy == "personal"
    assert numbers(answer) == [11, 20, 19]
    assert reasons(answer)[1:] == [("popular_in_category", None)] * 2


@pytest.mark.parametrize("name", ["for_you", "popular"])
def test_at_most_three_of_a_category(name: ListName) -> None:
    shop = shop_with_model()
    shop.sells(*range(30, 40), category="Garden")
    answer = shop.asked(name, user=USER, shopper=SHOPPER, limit=24)
    catalogue = shop.state.catalogue
    categories = Counter(catalogue.category_of(item.product_id) for item in answer.items)
    assert set(categories.values()) == {MOST_PER_CATEGORY}
    assert len(categories) == 3


def test_a_category_that_is_asked_for_may_fill_the_list() -> None:
    answer = shop_with_model().asked("popular", category="Home", limit=8)
    assert answer.strategy == "popular_in_category"
    assert len(answer.items) == 8
    assert set(numbers(answer)) <= set(range(1, 11))


@pytest.mark.parametrize("gone", ["sold out", "hidden", "deleted"])
@pytest.mark.parametrize("name", ["for_you", "popular", "similar"])
def test_what_cannot_be_bought_is_left_out(name: ListName, gone: str) -> None:
    shop = shop_with_model()
    about = 1 if name == "similar" else None
    before = numbers(shop.asked(name, user=USER, shopper=SHOPPER, about=about, limit=3))
    first = before[0]
    shop.hears(
        {
            "sold out": stocked(first, 2, is_available=False),
            "hidden": created(first, version=2, visible=False),
            "deleted": event("product.deleted", {"product_id": product(first), "version": 2}),
        }[gone]
    )
    assert first not in numbers(shop.asked(name, user=USER, shopper=SHOPPER, about=about))


def test_sold_out_products_are_there_if_they_are_asked_for() -> None:
    shop = shop_with_model()
    shop.hears(stocked(2, 2, is_available=False))
    assert numbers(shop.asked("similar", about=1, in_stock=False, limit=2)) == [2, 3]
    assert numbers(shop.asked("similar", about=1, limit=1)) == [3]


def test_similar_products_and_then_those_with_similar_texts_and_of_the_same_kind() -> None:
    shop = shop_with_model()
    answer = shop.asked("similar", about=1, limit=4)
    assert answer.strategy == "similar"
    assert numbers(answer)[:2] == [2, 3]
    assert 1 not in numbers(answer)
    assert shop.asked("similar", about=9, limit=1).strategy == "content"
    assert numbers(shop.asked("similar", about=9, limit=1)) == [10]


def test_a_product_that_no_model_knows_is_like_those_of_its_subcategory() -> None:
    shop = Shop()
    shop.sells(1, 2, subcategory="Lamps")
    shop.sells(3, 4, subcategory="Chairs")
    shop.sells(5, category="Sport")
    shop.hears(viewed(4, session=None))
    answer = shop.asked("similar", about=1)
    assert answer.strategy == "content"
    assert numbers(answer) == [2, 3, 4]
    assert reasons(answer)[0] == ("similar", product(1))


def test_what_was_bought_together_is_the_model_s_or_counted_here() -> None:
    shop = shop_with_model()
    assert numbers(shop.asked("bought_together", about=1)) == [12, 13]
    shop.hears(ordered(7, 8, user=OTHER), ordered(7, 8, 9, user=OTHER))
    answer = shop.asked("bought_together", about=7)
    assert numbers(answer) == [8, 9]
    assert answer.strategy == "bought_together"
    assert shop.asked("bought_together", about=20).strategy == "none"


def test_because_you_viewed_is_about_the_last_view() -> None:
    shop = shop_with_model()
    assert shop.asked("because_you_viewed", session=SESSION).strategy == "none"
    shop.hears(viewed(11, NOW - 5), viewed(1))
    answer = shop.asked("because_you_viewed", session=SESSION)
    assert answer.strategy == "viewed"
    assert set(reasons(answer)) == {("viewed", product(1))}
    assert numbers(shop.asked("because_you_viewed", about=11))[:2] == [15, 16]


def test_buy_again_is_what_the_user_buys_often() -> None:
    shop = shop_with_model()
    shop.hears(ordered(7), ordered(8), ordered(8))
    answer = shop.asked("buy_again", user=USER, shopper=SHOPPER)
    assert answer.strategy == "buy_again"
    assert numbers(answer) == [5, 6, 8, 7]
    assert shop.asked("buy_again", session=SESSION).strategy == "none"


def test_without_a_model_views_and_orders_make_products_popular() -> None:
    shop = Shop()
    shop.sells(1, 2, 3)
    shop.hears(viewed(2, session=None), ordered(3, user=OTHER))
    answer = shop.asked("popular", limit=2)
    assert numbers(answer) == [3, 2]
    assert answer.strategy == "popular"


def test_without_a_model_a_view_changes_the_list_of_the_session() -> None:
    shop = Shop()
    shop.sells(1, 2, subcategory="Lamps")
    shop.sells(3, 4, category="Sport", subcategory="Balls")
    before = shop.asked("for_you", session=SESSION, limit=3)
    shop.hears(viewed(3))
    answer = shop.asked("for_you", session=SESSION, limit=3)
    assert before.strategy == "popular"
    assert answer.strategy == "session"
    assert numbers(answer)[0] == 4
    assert reasons(answer)[0] == ("viewed", product(3))


def test_popularity_fades() -> None:
    shop = Shop()
    shop.sells(1, 2)
    month = 30 * 24 * 3600
    shop.hears(*(viewed(1, NOW - month, session=None) for _ in range(10)), viewed(2, NOW, session=None))
    assert numbers(shop.asked("popular")) == [2, 1]


class TestTheLastPlace:
    def shop(self) -> Shop:
        shop = shop_with_model()
        for number in range(50, 60):
            shop.hears(created(number, category=f"New {number}", created_at=moment(NOW - 60)), stocked(number))
        return shop

    def test_goes_to_a_new_product_by_draw(self) -> None:
        answers = [self.shop().asked("for_you", user=USER, limit=4, seed=seed) for seed in range(200)]
        drawn = Counter(numbers(answer)[-1] for answer in answers)
        assert set(drawn) == set(range(50, 60))
        assert max(drawn.values()) < 50
        last = answers[0].items[-1]
        assert last.reason.code == "new"
        assert last.propensity == pytest.approx(1 / 10)
        assert [item.propensity for item in answers[0].items[:-1]] == [1.0] * 3

    def test_is_drawn_the_same_for_the_same_list(self) -> None:
        shop = self.shop()
        assert shop.asked("for_you", user=USER, seed=7) == shop.asked("for_you", user=USER, seed=7)

    def test_is_as_before_if_nothing_is_new_or_the_list_is_short(self) -> None:
        later = NOW + NEW_FOR_S
        assert all(
            item.propensity == 1
            for answer in (
                self.shop().asked("for_you", user=USER, limit=4, now=later),
                self.shop().asked("for_you", user=USER, limit=3),
            )
            for item in answer.items
        )


def test_an_unknown_product_exists_until_all_are_known() -> None:
    folder = ModelFolder(categories={product(1): "Home", product(2): "Home"}, popular=ids(1, 2))
    shop = Shop(model_of(folder))
    assert numbers(shop.asked("popular")) == [1, 2]
    shop.state.catalogue.is_complete = True
    assert numbers(shop.asked("popular")) == []
    assert shop.state.catalogue.product(id_of(product(1))) is None
