"""`hamrong seal`: cards that open, a drill that says so, and nothing left behind but a public key."""

import re

from click.testing import CliRunner

from hamrong.kernel.seal import cards
from hamrong.site.commands.seal import seal


def run(*arguments, typed=""):
    return CliRunner().invoke(seal, [str(each) for each in arguments], input=typed)


def made(folder):
    """(public key's file, the words of each card as printed)"""
    file = folder / "trustees.txt"
    done = run("cards", "--public", file)
    assert done.exit_code == 0, done.output
    # behind the title and the fingerprint, numbered
    printed = [card.strip().partition("\n\n")[2] for card in done.stdout.split("-" * 70)]
    assert all("Giữ kín" in card for card in done.stdout.split("-" * 70)[:5])
    words = [re.findall(r"\d ([a-z]+)", card) for card in printed]
    return file, [" ".join(each) for each in words if each]


def test_five_cards_and_any_three_pass_the_drill(tmp_path):
    file, words = made(tmp_path)
    assert len(words) == 5 and all(len(card.split()) == 33 for card in words)
    assert [each.name for each in tmp_path.iterdir()] == ["trustees.txt"]
    done = run("drill", "--public", file, typed="\n".join([words[4], words[0], words[2]]) + "\n")
    assert done.exit_code == 0 and "the canary opened" in done.stdout
    assert cards.fingerprint(cards.read_public(file.read_text())) in done.stdout
    assert words[0] not in done.output


def test_a_drill_with_wrong_cards_fails_and_says_so(tmp_path):
    file, words = made(tmp_path)
    (tmp_path / "other").mkdir()
    _, foreign = made(tmp_path / "other")
    for three in ([words[0]] * 4, [*words[:2], *[foreign[2]] * 3], foreign[:3], ["x", "y", "z"]):
        done = run("drill", "--public", file, typed="\n".join(three) + "\n")
        assert done.exit_code == 1 and "the drill failed" in done.output


def test_a_card_with_a_wrong_word_is_typed_again_and_the_others_are_not_lost(tmp_path):
    file, words = made(tmp_path)
    wrong = words[1].split()
    wrong[4] = "pehlaps"
    turned = [*wrong[:4], words[1].split()[5], words[1].split()[4], *words[1].split()[6:]]
    typed = [words[0], " ".join(wrong), " ".join(turned), words[1], "", words[2].upper()]
    done = run("drill", "--public", file, typed="\n".join(typed) + "\n")
    assert done.exit_code == 0 and "the canary opened" in done.stdout
    assert "card 2: word 5 is none" in done.output and "two changed places" in done.output
    assert "pehlaps" not in done.output


def test_a_file_that_is_there_is_never_overwritten(tmp_path):
    file, _ = made(tmp_path)
    before = file.read_text()
    done = run("cards", "--public", file)
    assert done.exit_code == 1 and file.read_text() == before


def test_a_wish_that_makes_no_sense_is_refused(tmp_path):
    assert run("cards", "--public", tmp_path / "a", "--cards", 2, "--needed", 3).exit_code == 2
    (tmp_path / "b").write_text("not a key")
    assert run("drill", "--public", tmp_path / "b").exit_code == 1
