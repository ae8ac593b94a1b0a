"""The map of the city: districts, and hospitals in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.core.rng import stream
from salus.data.synthetic.outlines import cells_in_circle
from salus.data.synthetic.published import published

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.data.synthetic.spec import CitySpec

LATITUDE, LONGITUDE = 38.0, -40.0
"""In the open Atlantic, so that nobody takes the city for a real one."""
KM_PER_DEGREE = 111.32
PEOPLE_PER_KM2 = 1200.0
PEOPLE_PER_DISTRICT = 12_500
PEOPLE_PER_HOSPITAL = 40_000
BEDS_PER_1000 = 2.8
"""Hospital beds per 1,000 people in the United States (OECD 2023, Health at a Glance)."""
ICU_PER_1000 = 0.27
"""ICU beds per 1,000 people (Wallace and others 2015, Crit Care Med 43:2452: 28 per 100,000)."""
GOLDEN = np.pi * (3 - np.sqrt(5))


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where districts and hospitals are.

    Parameters
    ----------
    district_ids, district_names : tuple of str
        Keys and names.
    centres : ndarray, shape (n_districts, 2)
        Kilometres east and north of the centre of the city.
    shares : ndarray, shape (n_districts,)
        Share of the people who live in each district; sums to 1.
    old : ndarray, shape (n_districts,)
        How much older than the city the people are, as a tilt of the age pyramid.
    deprivation : ndarray, shape (n_districts,)
        0 least, 1 most.
    outlines : tuple of ndarray, each of shape (n_points, 2)
        Closed rings, kilometres.
    hospital_ids, hospital_names : tuple of str
        Keys and names.
    sites : ndarray, shape (n_hospitals, 2)
        Kilometres east and north.
    home : ndarray of int, shape (n_hospitals,)
        District in which each hospital stands.
    beds, icu_beds : ndarray of int, shape (n_hospitals,)
        Staffed beds, ICU beds included, and ICU beds.
    """

    district_ids: tuple[str, ...]
    district_names: tuple[str, ...]
    centres: NDArray[np.float64]
    shares: NDArray[np.float64]
    old: NDArray[np.float64]
    deprivation: NDArray[np.float64]
    outlines: tuple[NDArray[np.float64], ...]
    hospital_ids: tuple[str, ...]
    hospital_names: tuple[str, ...]
    sites: NDArray[np.float64]
    home: NDArray[np.int64]
    beds: NDArray[np.int64]
    icu_beds: NDArray[np.int64]

    def attraction(self) -> NDArray[np.float64]:
        """Return the share of each district's contacts that each hospital gets.

        A gravity model: beds over distance squared, a kilometre at least.

        Returns
        -------
        ndarray, shape (n_districts, n_hospitals)
            Rows sum to 1.

        References
        ----------
        Huff, D. L. (1963). A probabilistic analysis of shopping center trade areas. Land Economics
        39(1):81-90.
        """
        apart = np.linalg.norm(self.centres[:, None] - self.sites[None], axis=2)
        pull = self.beds / np.maximum(apart, 1.0) ** 2
        return pull / pull.sum(axis=1, keepdims=True)


def lay_out(spec: CitySpec) -> Layout:
    """Draw the map of a city.

    Parameters
    ----------
    spec : CitySpec
        How large, and from which seed.

    Returns
    -------
    Layout
        About one district for 12,500 people and one hospital for 40,000, at least three and one.

    Examples
    --------
    >>> from salus.data.synthetic.spec import CitySpec
    >>> len(lay_out(CitySpec()).district_ids)
    16
    """
    rng = stream(spec.seed, "layout")
    n = max(3, round(spec.people / PEOPLE_PER_DISTRICT))
    radius = np.sqrt(spec.people / PEOPLE_PER_KM2 / np.pi)
    centres = _spiral(n, radius) + rng.normal(0, 0.12 * radius / np.sqrt(n), (n, 2))
    shares = rng.gamma(9.0, size=n)
    hospitals = max(1, round(spec.people / PEOPLE_PER_HOSPITAL))
    home = _homes(centres, hospitals, rng)
    names = published("names")
    return Layout(
        tuple(f"D{place:03d}" for place in range(1, n + 1)),
        _numbered(names["districts"], n),
        centres,
        shares / shares.sum(),
        np.clip(rng.normal(0, 0.18, n), -0.4, 0.4),
        _deprivation(centres / radius, rng),
        cells_in_circle(centres, 1.05 * radius),
        tuple(f"H{place:03d}" for place in range(1, hospitals + 1)),
        _numbered([f"{name} Hospital" for name in names["hospitals"]], hospitals),
        centres[home] + rng.normal(0, 0.05 * radius / np.sqrt(n), (hospitals, 2)),
        home,
        *_beds(spec.people, hospitals, rng),
    )


def degrees(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn kilometres east and north into longitude and latitude, shape (n, 2).

    Examples
    --------
    >>> degrees(np.array([[0.0, 0.0]])).tolist()
    [[-40.0, 38.0]]
    """
    scale = np.array([KM_PER_DEGREE * np.cos(np.radians(LATITUDE)), KM_PER_DEGREE])
    return np.round(places / scale + [LONGITUDE, LATITUDE], 5)


def _spiral(n: int, radius: float) -> NDArray[np.float64]:
    """Spread points over a disc as a sunflower does its seeds (Vogel 1979)."""
    steps = np.arange(n) + 0.5
    out, turn = radius * np.sqrt(steps / n), GOLDEN * steps
    return np.column_stack([out * np.cos(turn), out * np.sin(turn)])


def _homes(
    centres: NDArray[np.float64], hospitals: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Take the central district first, then always the one farthest from all hospitals."""
    homes = [int(np.argmin(np.linalg.norm(centres, axis=1)))]
    nearest = np.linalg.norm(centres - centres[homes[0]], axis=1)
    while len(homes) < hospitals:
        homes.append(int(np.argmax(nearest * rng.uniform(0.6, 1.0, len(centres)))))
        nearest = np.minimum(nearest, np.linalg.norm(centres - centres[homes[-1]], axis=1))
    return np.array(homes)


def _deprivation(centres: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Let deprivation rise in one direction, with noise, and spread it evenly from 0 to 1."""
    turn = rng.uniform(0, 2 * np.pi)
    field = centres @ [np.cos(turn), np.sin(turn)] + rng.normal(0, 0.4, len(centres))
    return np.round(np.argsort(np.argsort(field)) / max(1, len(field) - 1), 3)


def _beds(
    people: int, hospitals: int, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    sizes = rng.gamma(6.0, size=hospitals)
    sizes[0] *= 1.6
    sizes /= sizes.sum()
    beds = np.maximum(6, np.round(sizes * people / 1000 * BEDS_PER_1000))
    icu = np.maximum(1, np.round(beds * ICU_PER_1000 / BEDS_PER_1000))
    return beds.astype(np.int64), icu.astype(np.int64)


def _numbered(names: list[str], n: int) -> tuple[str, ...]:
    return tuple(
        names[place % len(names)] + (f" {place // len(names) + 1}" if place >= len(names) else "")
        for place in range(n)
    )
