"""What axe-core and a ruler say of the page that is open, at both widths and in both themes."""

from axe_playwright_python.base import AXE_SCRIPT

from tests.riskhub.web.browser import DESKTOP, PHONE, RULES

# Only the violations come back: all that passed would be megabytes for each page.
RUN = """async options => {
    const found = (await axe.run(document, options)).violations;
    return found.flatMap(rule => rule.nodes.map(
        node => `${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary.slice(0, 240)}`));
}"""
PAINT = """theme => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.dataset.bsTheme = theme;
}"""
OVER = "document.documentElement.scrollWidth - innerWidth"
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


def faults(page):
    """Sentences. The dark theme differs in colours only, so only colours are tried again."""
    page.locator("[data-hx-trigger=load]").first.wait_for(state="detached")
    page.evaluate(AXE_SCRIPT)
    found = []
    for width, size in (("desktop", DESKTOP), ("phone", PHONE)):
        page.set_viewport_size(size)
        if (over := page.evaluate(OVER)) > 0:
            found.append(f"{width}: scrolls sideways by {over} px")
        for theme, rules in (("light", RULES), ("dark", COLOURS)):
            page.evaluate(PAINT, theme)
            found += [f"{width}, {theme}: {fault}" for fault in page.evaluate(RUN, rules)]
    return found
