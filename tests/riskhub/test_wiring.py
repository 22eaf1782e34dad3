from django.urls import reverse


def test_home_my_password_and_the_company_are_in_the_navigation(sign_in, risk_manager):
    page = sign_in(risk_manager).get("/").content.decode()
    assert f'href="{reverse("account_change_password")}"' in page
    assert '<a class="rh-side-link" href="/" data-chord="h" aria-current="page">' in page
    assert "我的公司" in page
