"""What moves the day on which a petition is past its time."""

from hamrong.access.actors import Refusal
from hamrong.petitions.actions.files import hand_in_files
from tests.petitions.senders import now
from tests.petitions.test_erasing import due, over
from tests.petitions.test_files import PDF, upload


def test_a_file_that_its_sender_added_lately_moves_the_day(admin_connection):
    old, code = over(admin_connection)
    assert old.pk in due()
    (outcome,) = hand_in_files(code=code, files=[upload(PDF, "thêm.pdf")], at=now())
    assert not isinstance(outcome.answer, Refusal), outcome
    assert old.pk not in due()
