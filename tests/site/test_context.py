"""What the layouts know."""

from django.test import Client

from hamrong.site.context import OURS, site_unit


def test_the_public_pages_name_the_province():
    OURS.clear()
    page = Client().get("/luat/").content.decode()
    assert "Công an tỉnh Thanh Hóa" in page
    assert site_unit() == "Công an tỉnh Thanh Hóa"
