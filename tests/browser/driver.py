"""A person at the screen: clicks what is written there, waits for what must come."""

import base64
import json
import os
import time
from contextlib import contextmanager
from pathlib import Path

from odoo.tests import HttpCase
from odoo.tests.common import HOST, ChromeBrowser

SHOTS = Path(
    os.environ.get("SCREENSHOTS")
    or Path(__file__).resolve().parents[2] / ".local" / "screenshots"
)

# One script: the visible, innermost element that carries the text or matches the CSS.
FIND = """
((css, text, root) => {
    const seen = (e) => e.getClientRects().length > 0;
    const said = (e) => (e.value || e.innerText || e.title || "").trim();
    const all = [...document.querySelectorAll(css)].filter(seen);
    const hits = text ? all.filter((e) => said(e) === text) : all;
    const part = (e) => said(e).includes(text);
    const near = text && !hits.length ? all.filter(part) : hits;
    return near.find((e) => !near.some((o) => o !== e && e.contains(o))) || null;
})(%s, %s)
"""
CLICKABLE = (
    "button, a, label, .dropdown-item, .o_data_row td, [role=button], [role=tab]"
)


class Screen:
    """One browser window; every step waits up to ``patience`` seconds."""

    def __init__(self, case, browser, patience=60):
        self.case = case
        self.browser = browser
        self.patience = patience
        self.clicks = 0

    def run(self, script):
        """Return the value of a JavaScript expression; promises are awaited."""
        answer = self.browser._websocket_request(
            "Runtime.evaluate",
            params={
                "expression": script,
                "awaitPromise": True,
                "returnByValue": True,
            },
            timeout=self.patience,
        )
        if "exceptionDetails" in answer:
            self.case.fail(f"{answer['exceptionDetails']}\n{script}")
        return answer["result"].get("value")

    def until(self, script, what):
        """Wait until the expression is true, or fail with a picture."""
        end = time.monotonic() + self.patience
        while time.monotonic() < end:
            if self.browser._result.done():
                self.shot("console-error")
                self.browser._result.result()
            if self.run(f"!!({script})"):
                return
            time.sleep(0.1)
        self.shot("missing")
        page = self.run("document.body.innerText") or ""
        self.case.fail(f"Never saw {what}. The page says:\n{page[:2000]}")

    def open(self, path, see):
        """Go to a page of the server and wait for a CSS selector on it."""
        self.browser.navigate_to(f"{self.case.base_url()}{path}", wait_stop=False)
        self.see(css=see)

    def see(self, text=None, css="body *"):
        """Wait for a visible element which matches ``css`` and says ``text``."""
        script = FIND % (json.dumps(css), json.dumps(text))
        self.until(script, text or css)

    def click(self, text=None, css=CLICKABLE):
        """Click the element which a person would mean by its words."""
        self.see(text, css)
        self.clicks += 1
        self.run((FIND % (json.dumps(css), json.dumps(text))) + ".click()")

    def fill(self, css, value):
        """Type a value into a field and leave it."""
        self.see(css=css)
        find = FIND % (json.dumps(css), "null")
        self.run(f"{find}.focus()")
        self.run(f"{find}.select && {find}.select()")
        self.browser._websocket_request("Input.insertText", params={"text": value})
        self.run(
            f"{find}.dispatchEvent(new Event('change', {{bubbles: true}})),"
            f" document.activeElement.blur()"
        )

    def choose(self, css, text):
        """Type into a field that offers choices, and take the first that fits."""
        self.see(css=css)
        find = FIND % (json.dumps(css), "null")
        self.run(f"{find}.focus(), {find}.click()")
        self.browser._websocket_request("Input.insertText", params={"text": text})
        self.click(text, css=".o-autocomplete--dropdown-item a")

    def pick(self, css, text):
        """Open a selection and take the value that says ``text``."""
        self.see(css=f"{css} input")
        find = FIND % (json.dumps(f"{css} input"), "null")
        self.run(f"{find}.focus(), {find}.click()")
        self.click(text, css=".o_select_menu_item")
        self.until(f"{find}.value.includes({json.dumps(text)})", f"{text} in {css}")

    def select(self, css, text):
        """Take the option of a plain list that holds ``text``."""
        self.see(css=css)
        find = FIND % (json.dumps(css), "null")
        option = f"[...e.options].find((o) => o.label.includes({json.dumps(text)}))"
        self.run(
            f"((e) => {{e.value = {option}.value;"
            f" e.dispatchEvent(new Event('change', {{bubbles: true}}))}})({find})"
        )

    def fits(self):
        """Fail where the page is wider than the window: nobody scrolls sideways."""
        wide = self.run("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            self.shot("too-wide")
            self.case.fail(f"The page is {wide} points wider than the screen.")

    def gone(self, css):
        """Wait until nothing visible matches any more."""
        self.until(f"!({FIND % (json.dumps(css), 'null')})", f"no {css}")

    def shot(self, name):
        """Save what the person sees as ``name``.png."""
        time.sleep(0.4)  # the last transition of the web client
        answer = self.browser._websocket_request("Page.captureScreenshot")
        SHOTS.mkdir(parents=True, exist_ok=True)
        (SHOTS / f"{name}.png").write_bytes(base64.b64decode(answer["data"]))


class Journey(HttpCase):
    """A test case which opens real browsers for real users."""

    browser_size = "1440x900"

    @contextmanager
    def screen(self, login=None, phone=False):
        """Open a browser as ``login`` or as a visitor; a console error fails it all.

        :param bool phone: a telephone of 390 x 844 points, touched by fingers
        """
        browser = ChromeBrowser(self)
        with self.allow_requests(browser=browser):
            try:
                browser._websocket_request(
                    "Emulation.setTimezoneOverride",
                    params={"timezoneId": "Asia/Shanghai"},
                )
                if phone:
                    self._hold_in_hand(browser)
                self.authenticate(login, login, browser=browser)
                self.cr.flush()
                self.cr.clear()
                yield Screen(self, browser)
                if browser._result.done():
                    browser._result.result()
            finally:
                browser.navigate_to(f"http://{HOST}:{self.http_port()}/web/health")
                browser.stop()
                self._wait_remaining_requests()

    def _hold_in_hand(self, browser):
        browser._websocket_request(
            "Emulation.setDeviceMetricsOverride",
            params={
                "width": 390,
                "height": 844,
                "deviceScaleFactor": 2,
                "mobile": True,
            },
        )
        browser._websocket_request(
            "Emulation.setTouchEmulationEnabled", params={"enabled": True}
        )
