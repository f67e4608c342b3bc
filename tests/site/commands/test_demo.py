"""`hamrong demo` on a machine that has nothing yet, and once more beside the running house."""

from tests.site.commands.test_unusable import hamrong


def test_the_demo_makes_the_tables_it_needs_and_adds_nothing_twice(house):
    first = house.demo
    assert first.returncode == 0, first.stderr
    assert "chu.huongbien" in first.stdout

    again = hamrong("demo", VAR=house.environ["VAR"])
    assert again.returncode == 0, again.stderr
    assert all(line.endswith(": 0 guests") for line in again.stdout.splitlines() if line.startswith("  night"))
