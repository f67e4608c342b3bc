"""The addresses under `accounts/`: every page of django-allauth that is open, and no other one of its pages.

Signing up, e-mail, password by mail, social sign-in and downloading recovery codes are not routed.
"""

from django.urls import path
from django.views.generic import RedirectView

from hamrong.access.web import signed_in
from hamrong.site import signin, stand_in

to_account = signed_in(RedirectView.as_view(pattern_name="account"))

urlpatterns = [
    path("", signin.own_account, name="account"),
    path("login/", signin.sign_in, name="account_login"),
    path("logout/", signin.sign_out, name="account_logout"),
    path("locked/", signin.locked, name="account_inactive"),
    path("enrol/", signin.enrolment, name="enrol"),
    path("sessions/<int:number>/end", signin.end_one_session, name="end_session"),
    path("second-factor/", signin.second_factor, name="second_factor"),
    path("stand-in/", stand_in.stand_in, name="stand_in"),
    path("password/", signin.change_password, name="account_change_password"),
    path("again/password/", signin.password_again, name="account_reauthenticate"),
    path("again/code/", signin.code_again, name="mfa_reauthenticate"),
    path("again/passkey/", signin.passkey_again, name="mfa_reauthenticate_webauthn"),
    path("login/code/", signin.second_step, name="mfa_authenticate"),
    path("login/passkey/", signin.sign_in_by_passkey, name="mfa_login_webauthn"),
    path("app/", signin.add_app, name="mfa_activate_totp"),
    path("app/remove/", signin.remove_app, name="mfa_deactivate_totp"),
    path("passkeys/add/", signin.add_passkey, name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/name/", signin.rename_passkey, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", signin.remove_passkey, name="mfa_remove_webauthn"),
    path("recovery-codes/", signin.recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", signin.new_recovery_codes, name="mfa_generate_recovery_codes"),
    # where django-allauth leads back to after a change
    path("factors/", to_account, name="mfa_index"),
    path("passkeys/", to_account, name="mfa_list_webauthn"),
]
