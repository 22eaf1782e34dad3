"""A comment as HTML: nothing of it runs, and only what is safe to open is a link."""

import pytest

from riskhub.accounts.models import User
from riskhub.files.spoken import spoken

LINK = '<a href="{0}" rel="nofollow noopener noreferrer">{0}</a>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("data:text/html,<b>", "data:text/html,&lt;b&gt;"),
        ("{{ 7 }}{% now %}{}{0}", "{{ 7 }}{% now %}{}{0}"),
        ("一\n二", "一<br>二"),
        ("https://a.example/x?y=1", LINK.format("https://a.example/x?y=1")),
        ("见https://a.example/x，再说", f"见{LINK.format('https://a.example/x')}，再说"),
        ("(http://a.example/x).", f"({LINK.format('http://a.example/x')})."),
        ("https://a.example/?a=1&b=2", LINK.format("https://a.example/?a=1&amp;b=2")),
        ('https://a.example/"onmouseover="x', f'{LINK.format("https://a.example/")}&quot;onmouseover=&quot;x'),
        ("ftp://a.example file:///etc", "ftp://a.example file:///etc"),
    ],
)  # fmt: skip
def test_what_is_written_is_shown(text, html):
    assert spoken(text, []) == html


def test_who_is_mentioned_is_marked_and_a_name_is_no_markup():
    user = User(username="x<b>y", display_name="王芳")
    assert spoken("@王芳 好", [user]) == '<span class="rh-mention">@王芳</span> 好'
    assert spoken("@x<b>y", [user]) == '<span class="rh-mention">@x&lt;b&gt;y</span>'


def test_cut_where_it_is_long():
    assert spoken("一二三四五", [], 3) == "一二三…"
    assert spoken("一二三", [], 3) == "一二三"
