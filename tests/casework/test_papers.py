"""Which papers the page of a case and the form of a step ask for."""

import re

from tests.casework.test_footings import a_draft, accepted, found, now, officer, signed
from tests.casework.test_pages import chief, duty, told


def named_as_owed(page: str) -> str:
    return page.split("văn bản chưa ký ở đây:")[1].split("</ul>")[0] if "văn bản chưa ký ở đây:" in page else ""


def test_a_decision_is_named_with_its_number_until_its_paper_is_there_and_sending_it_rests_on_that_paper():
    case, paper = accepted()
    first, second = duty(), chief()
    assert not named_as_owed(first.get(f"/ho-so/{case.pk}/").content.decode())
    first.post(f"/ho-so/{case.pk}/buoc/complaint.decide", told(case, result="right"))
    address = first.get(f"/ho-so/{case.pk}/").content.decode().split("/ho-so/de-xuat/")[1].split("/")[0]
    second.post(f"/ho-so/de-xuat/{address}/", {"do": "approve"})
    owed = named_as_owed(first.get(f"/ho-so/{case.pk}/").content.decode())
    assert "soan/kn-quyet-dinh?" in owed and re.search(r"mang số \d+/\d{4}", owed)
    send = first.get(f"/ho-so/{case.pk}/buoc/complaint.send").content.decode()
    assert "Việc này cần một văn bản đã ký" in send and "soan/kn-quyet-dinh?" in send
    assert f'value="{paper.pk}"' in send and "checked" not in send  # the notice of acceptance is not what is sent
    made = a_draft(found(officer("paper.read"), f"case:{case.code}"), "kn-quyet-dinh")
    assert not named_as_owed(first.get(f"/ho-so/{case.pk}/").content.decode())
    decision = signed(made, at=now())
    assert not named_as_owed(first.get(f"/ho-so/{case.pk}/").content.decode())
    send = first.get(f"/ho-so/{case.pk}/buoc/complaint.send").content.decode()
    assert "Việc này cần một văn bản" not in send and re.search(rf'value="{decision.pk}"[^>]*checked', send)
    case.revision += 1
    serve = first.post(f"/ho-so/{case.pk}/buoc/complaint.send", told(case, paper=str(decision.pk)))
    assert serve.status_code == 302
    assert "checked" not in first.get(f"/ho-so/{case.pk}/buoc/complaint.serve").content.decode()
