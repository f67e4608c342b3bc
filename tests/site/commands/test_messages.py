"""The command that finds, compiles and checks texts."""

from click.testing import CliRunner

from hamrong.site.commands.messages import messages


def test_a_complete_room_passes_the_check():
    result = CliRunner().invoke(messages, ["check", "ui"])
    assert (result.exit_code, result.output) == (0, "0 problems\n")


def test_compiling_names_what_it_wrote():
    result = CliRunner().invoke(messages, ["compile"])
    assert result.exit_code == 0 and "ui/locale/en/LC_MESSAGES/django.mo" in result.output
