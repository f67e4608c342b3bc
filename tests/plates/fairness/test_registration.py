"""The registration is one file with one hash; its patterns are what they say."""

import hashlib

import msgspec
import pytest

from hamrong.plates.fairness.registration import FILE, Bins, patterns, read, registration


def numbers_of(name):
    told = registration()
    at = [each.id for each in told.patterns].index(name)
    return {number for number, fits in patterns(told).of.items() if at in fits}


def test_a_report_shows_the_hash_of_the_file_as_it_is():
    assert registration().sha256 == hashlib.sha256(FILE.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"version: 1", b"version: one"), (b"\nrate: ", b"\nmore: 1\nrate: "), (b"[office,", b"[owner,")],
)
def test_a_registration_that_is_not_in_its_form_is_refused(before, after):
    content = FILE.read_bytes()
    assert before in content
    with pytest.raises(msgspec.ValidationError):
        read(content.replace(before, after))


@pytest.mark.parametrize(
    ("draws", "bins"), [(1, 5), (100, 12), (1000, 31), (10_000, 79), (100_000, 100), (10_000_000, 100)]
)
def test_the_number_of_bins_follows_a_written_rule(draws, bins):
    assert registration().bins.count(draws) == bins
    assert Bins(2, 0.4, 5, 7).count(draws) <= 7


@pytest.mark.parametrize(
    ("name", "count", "some", "others"),
    [
        ("five-alike", 10, {88_888, 0}, {8888, 88_889}),
        ("four-alike", 100, {68_888, 8888}, {88_868}),
        ("three-alike", 1000, {12_999}, {99_912}),
        ("four-rising", 70, {16_789, 123}, {67_890, 67_891}),
        ("three-rising", 800, {99_123, 12}, {12_390}),
        ("pair-twice", 1000, {16_868}, {68_681}),
        ("two-doubles", 1000, {16_688}, {66_881}),
        ("mirrored", 1000, {12_321, 1110}, {12_312}),
        ("ends-68-86", 2000, {12_368, 86}, {68_123}),
        ("ends-39-79", 2000, {12_339, 79}, {39_000}),
        ("ends-38-78", 2000, {12_338, 78}, {38_000}),
        ("avoided", 4000, {12_313, 44}, {13_000}),
    ],
)
def test_a_pattern_holds_these_numbers(name, count, some, others):
    found = numbers_of(name)
    assert len(found) == count
    assert some <= found and not others & found


def test_all_wanted_patterns_are_counted_together_and_what_is_avoided_is_not():
    told, table = registration(), patterns(registration())
    assert {12_368, 88_888, 12_321} <= {number for number, fits in table.of.items() if table.wanted in fits}
    assert all(table.wanted not in table.of[number] for number in (12_313, 12_344, 12_349))
    assert len(table.masks) == len(told.patterns) + 1
    counts = [sum(mask.bit_count() for mask in masks) for masks in table.masks]
    assert counts == [sum(at in fits for fits in table.of.values()) for at in range(len(table.masks))]
