"""Whether the words of a choice are read whole."""

_CUT = """selector => [...document.querySelectorAll(selector)].filter(select => {
    const whole = select.cloneNode(true);
    whole.style.width = "max-content";
    select.after(whole);
    whole.style.position = "absolute";
    const cut = select.offsetWidth < whole.offsetWidth;
    whole.remove();
    return cut;
}).map(select => select.name)"""


def cut_choices(page, selector):
    """The names of those that are narrower than the longest of their words."""
    return page.evaluate(_CUT, selector)
