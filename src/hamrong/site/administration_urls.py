"""The addresses of administration, of an establishment's own people and keys, and of inspection."""

from django.urls import path

from hamrong.site import administration, establishment, inspection, oddities, own_data

urlpatterns = [
    path("administration/", administration.people, name="administration"),
    path("administration/people/new", administration.new_person, name="new_person"),
    path("administration/people/<uuid:number>", administration.person, name="person"),
    path("administration/people/<uuid:number>/service-number", administration.number_person, name="number_person"),
    path("administration/people/<uuid:number>/posts", administration.appoint, name="appoint"),
    path("administration/people/<uuid:number>/code", administration.give_code, name="give_code"),
    path("administration/people/<uuid:number>/suspend", administration.suspend, name="suspend_person"),
    path("administration/posts/<uuid:number>/end", administration.end_post, name="end_post"),
    path("lodging/<str:establishment>/people", establishment.people, name="establishment_people"),
    path("lodging/<str:establishment>/people/invite", establishment.invite, name="invite_clerk"),
    path("lodging/<str:establishment>/people/<uuid:number>/code", establishment.give_code, name="clerk_code"),
    path("lodging/<str:establishment>/people/<uuid:number>/end", establishment.end_post, name="end_clerk"),
    path("lodging/<str:establishment>/keys", establishment.keys, name="establishment_keys"),
    path("lodging/<str:establishment>/keys/new", establishment.issue_key, name="issue_key"),
    path("lodging/<str:establishment>/keys/<str:number>/rotate", establishment.issue_key, name="rotate_key"),
    path("lodging/<str:establishment>/keys/<str:number>/revoke", establishment.revoke_key, name="revoke_key"),
    path("inspection/", inspection.entries, name="inspection"),
    path("inspection/entries.csv", inspection.export, name="inspection_export"),
    path("inspection/entries/<uuid:number>", inspection.entry, name="entry"),
    path("inspection/entries/<uuid:number>/proof", inspection.proof, name="entry_proof"),
    path("inspection/entries/<uuid:number>/content", inspection.content, name="entry_bytes"),
    path("inspection/questions/", oddities.questions, name="questions"),
    path("inspection/questions/<str:key>", oddities.question, name="question"),
    path("inspection/people/", own_data.own_data, name="own_data"),
]
