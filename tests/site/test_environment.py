"""Settings of the environment: typed, all problems at once, all of them documented."""

from pathlib import Path

import pytest

from hamrong.site import environment

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "operations.md"


def test_an_empty_environment_is_a_demo_on_this_machine():
    env = environment.read({})
    assert (env.profile, env.host, env.port, env.workers, env.threads) == ("demo", "127.0.0.1", 8000, 2, 4)
    assert env.keys_folder == Path("var").absolute() / "keys"


def test_an_empty_value_is_the_default():
    assert environment.read({"PORT": "", "HAMRONG_KEYS": ""}) == environment.read({})


def test_values_are_typed():
    env = environment.read(
        {"PORT": "9000", "HAMRONG_TLS": "yes", "HAMRONG_ALLOWED_HOSTS": "a.vn, b.vn,", "VAR": "/srv/x"}
    )
    assert (env.port, env.tls, env.allowed_hosts, env.var) == (9000, True, ("a.vn", "b.vn"), Path("/srv/x"))


def test_how_identities_are_split_is_read_and_never_lets_one_person_open():
    assert environment.read({}).splitting == (2, 3)
    assert environment.read({"HAMRONG_SPLITTING": "3-of-5"}).splitting == (3, 5)
    for wrong in ("1-of-3", "3-of-2", "2", "2 of 3", "10-of-12"):
        with pytest.raises(environment.SettingError, match=r"HAMRONG_SPLITTING=.*such as 2-of-3"):
            environment.read({"HAMRONG_SPLITTING": wrong})


def test_every_bad_setting_is_named_at_once():
    with pytest.raises(environment.SettingError) as problem:
        environment.read({"PORT": "70000", "HAMRONG_TLS": "perhaps", "HAMRONG_PROFILE": "test"})
    for expected in (
        "PORT='70000': a whole number from 1 to 65535",
        "HAMRONG_TLS='perhaps': yes or no",
        "HAMRONG_PROFILE",
    ):
        assert expected in str(problem.value)


def test_every_setting_is_documented_with_its_default_and_meaning():
    text = DOCUMENTATION.read_text(encoding="utf-8")
    rows = [
        f"| `{name}` | {f'`{default}`' if default else ''} | {meaning} |"
        for name, default, meaning in environment.table()
    ]
    assert [row for row in rows if row not in text] == []
