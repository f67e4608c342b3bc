"""`hamrong demo` on a machine that has nothing yet."""

from tests.site.commands.test_unusable import hamrong


def test_the_demo_makes_the_tables_it_needs_and_adds_nothing_twice(open_folder):
    first = hamrong("demo", VAR=str(open_folder / "var"))
    assert first.returncode == 0, first.stderr
    assert "chu.huongbien" in first.stdout

    again = hamrong("demo", VAR=str(open_folder / "var"))
    assert again.returncode == 0, again.stderr
    assert all(line.endswith(": 0 guests") for line in again.stdout.splitlines() if line.startswith("  night"))
