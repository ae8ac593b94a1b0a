"""How pairs become groups."""

from __future__ import annotations

from salus.data.linkage.groups import grouped

SURE = 0.9999


def test_a_chain_is_one_group() -> None:
    """Who is joined to somebody who is joined to a third belongs to all of them."""
    pairs = [(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0)]
    assert grouped(4, pairs, SURE).tolist() == [0, 0, 0, 0]


def test_a_weak_link_joins_no_two_groups() -> None:
    """One pair that is not sure does not make one person of two."""
    pairs = [(0, 1, 1.0), (2, 3, 1.0), (1, 2, 0.995)]
    assert grouped(4, pairs, SURE).tolist() == [0, 0, 2, 2]


def test_a_sure_link_joins_two_groups() -> None:
    """A pair that is sure does."""
    pairs = [(0, 1, 1.0), (2, 3, 1.0), (1, 2, 1.0)]
    assert grouped(4, pairs, SURE).tolist() == [0, 0, 0, 0]


def test_a_weak_link_adds_a_single_registration() -> None:
    """One more registration of a person needs no more than the threshold."""
    assert grouped(3, [(0, 1, 1.0), (1, 2, 0.995)], SURE).tolist() == [0, 0, 0]


def test_the_order_of_the_pairs_does_not_matter() -> None:
    """The most probable come first, whoever lists them."""
    pairs = [(0, 1, 0.999), (2, 3, 0.998), (1, 2, 0.995), (3, 4, 0.994)]
    assert grouped(5, pairs, SURE).tolist() == grouped(5, pairs[::-1], SURE).tolist()


def test_nobody_without_pairs() -> None:
    """No registrations, no groups."""
    assert grouped(0, [], SURE).tolist() == []
