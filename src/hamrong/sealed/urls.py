"""Addresses of the sealed room: one's own key, requests to open an identity, dealing anew."""

from django.urls import path

from hamrong.sealed.pages import asking, dealing, handing, key, requests, tokens, vouching

app_name = "sealed"
urlpatterns = [
    path("khoa/", key.key_page, name="key"),
    path("khoa/mo", key.unlock_page, name="unlock"),
    path("khoa/dong", key.lock_page, name="lock"),
    path("khoa/cau-mat-khau", key.passphrase_page, name="passphrase"),
    path("khoa/doi", key.rotate_page, name="rotate"),
    path("khoa/bo", key.give_up_page, name="give_up"),
    path("khoa/bao-mat", tokens.asked_page, name="tokens"),
    path("khoa/bao-mat/them", tokens.add_page, name="add_token"),
    path("khoa/bao-mat/<uuid:number>/bo", tokens.remove_page, name="remove_token"),
    path("de-nghi/", requests.requests_page, name="requests"),
    path("de-nghi/<uuid:number>/", requests.request_page, name="request"),
    path("khong-nguoi-doc/", vouching.vouching_page, name="vouching"),
    path("cua-toi/", asking.own_page, name="own_requests"),
    path("cua-toi/<uuid:number>/", asking.own_request_page, name="own_request"),
    path("don/<uuid:number>/mo", asking.ask_page, name="ask"),
    path("don/<uuid:number>/giao", handing.hand_page, name="hand"),
    path("chia-lai/", dealing.dealing_page, name="dealing"),
]
