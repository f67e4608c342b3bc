"""Addresses of papers: the public check, and the desk."""

from django.urls import path

from hamrong.papers.pages import desk, files, public, recalls

app_name = "papers"
urlpatterns = [
    path("van-ban/", public.lookup_page, name="lookup"),
    path("van-ban/<str:code>", public.check_page, name="check"),
    path("van-ban/<str:code>/<str:part>", public.proof_file, name="proof"),
    path("giay-to/van-ban/<uuid:number>/", desk.paper_page, name="paper"),
    path("giay-to/van-ban/<uuid:number>/sua", desk.change_page, name="change"),
    path("giay-to/van-ban/<uuid:number>/ky", desk.sign_page, name="sign"),
    path("giay-to/van-ban/<uuid:number>/thu-hoi", recalls.recall_page, name="recall"),
    path("giay-to/van-ban/<uuid:number>/tai/<str:kind>", desk.download_page, name="download"),
    path("giay-to/tep/<uuid:number>/", files.file_page, name="file"),
    path("giay-to/tep/<uuid:number>/goc", files.original_page, name="original"),
    path("giay-to/<str:ref>/", desk.object_page, name="object"),
    path("giay-to/<str:ref>/tep", files.add_page, name="add"),
    path("giay-to/<str:ref>/soan/<str:code>", desk.new_page, name="new"),
]
