"""What axe-core, a ruler and a reader say of the page that is open."""

from axe_playwright_python.base import AXE_SCRIPT

from tests.riskhub.web.browser import AXE, DESKTOP, PHONE, RULES, settle

PAINT = """theme => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.dataset.bsTheme = theme;
}"""
COLOURS = RULES | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
MEASURE = """() => {
    const found = [], pen = document.createElement("canvas").getContext("2d");
    const over = document.documentElement.scrollWidth - innerWidth;
    if (over > 0) {
        const wide = [...document.querySelectorAll("main *")].findLast(
            one => one.getBoundingClientRect().right > innerWidth);
        found.push(`scrolls sideways by ${over} px: ${wide && wide.outerHTML.slice(0, 160)}`);
    }
    for (const field of document.querySelectorAll("input[placeholder]")) {
        const style = getComputedStyle(field);
        pen.font = style.font;
        const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
        if (field.clientWidth && pen.measureText(field.placeholder).width > room)
            found.push(`cut: ${field.placeholder}`);
    }
    return found;
}"""


def faults(page, *, dark):
    """Sentences: the ruler's at both widths, axe-core's in one theme at one of them.

    The dark theme differs in colours only, so only colours are looked at. The width at which the page
    was opened is measured first: every other page is opened on a phone.
    """
    settle(page)
    page.evaluate(AXE_SCRIPT)
    found = []
    sizes = {"desktop": DESKTOP, "phone": PHONE}
    for width in sorted(sizes, key=lambda one: sizes[one] != page.viewport_size):
        if page.viewport_size != sizes[width]:
            page.set_viewport_size(sizes[width])
        found += [f"{width}: {fault}" for fault in page.evaluate(MEASURE)]
        if dark == (width == "phone"):
            page.evaluate(PAINT, "dark" if dark else "light")
            rules = COLOURS if dark else RULES
            found += [f"{width}, axe: {fault}" for fault in page.evaluate(AXE, rules)]
    return found
