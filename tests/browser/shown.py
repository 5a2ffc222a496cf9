"""When what a click asked for is shown: only then is a page measured, checked, or its effect read."""

LEAVING = """
const leaving = () => { document.leaving = true };
window.navigation.addEventListener("navigate", (event) => {
  if (!event.destination.sameDocument && event.downloadRequest === null) leaving();
});
window.navigation.addEventListener("navigateerror", () => { document.leaving = false });
window.addEventListener("submit", (event) => { if (!event.defaultPrevented) leaving() });
"""
"""Run in every page before its own scripts: a click that leaves the page says so at once, so that nobody takes
the page left, or the empty one between the two, for the page asked for."""

SETTLED = """
() => document.readyState === "complete" && !document.leaving && !document.querySelector(".htmx-request")
"""


def settled(page):
    """The page asked for last is there, whole."""
    page.wait_for_function(SETTLED)


def fits(page, width=390):
    """Nothing is wider than a phone (in pixels); the window stays as it was."""
    settled(page)
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size(before)
