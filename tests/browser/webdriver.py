"""A headless Chromium, driven by WebDriver over plain HTTP."""

import base64
import http.client
import json
import re
import subprocess
import time

KEYS = {"right": "\ue014", "left": "\ue012", "home": "\ue011", "end": "\ue010", "escape": "\ue00c"}
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Browser:
    """One window. Use it in a `with`, so that no process stays behind."""

    def __init__(self, width=1400, height=1000):
        self.driver = subprocess.Popen(
            ["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for line in self.driver.stdout:
            if started := re.search(r"started successfully on port (\d+)", line):
                self.port = int(started[1])
                break
        else:
            raise RuntimeError("chromedriver does not start")
        arguments = [
            "--headless=new",
            "--no-sandbox",  # in a container there is none
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            f"--window-size={width},{height}",
        ]
        wanted = {"goog:chromeOptions": {"args": arguments}, "goog:loggingPrefs": {"browser": "ALL"}}
        answer = self._call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}}, session="")
        self.session = answer["sessionId"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self._call("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait()

    def _call(self, method, path, body=None, session=None):
        prefix = f"/session/{self.session}" if session is None else session
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        connection.request(method, prefix + path, json.dumps(body or {}) if method == "POST" else None)
        value = json.loads(connection.getresponse().read())["value"]
        connection.close()
        if isinstance(value, dict) and "error" in value:
            raise RuntimeError(f"{method} {path}: {value['error']}: {value['message']}")
        return value

    def open(self, file, fragment=""):
        # A page that only changes its fragment is not loaded again.
        self._call("POST", "/url", {"url": "about:blank"})
        self._call("POST", "/url", {"url": f"file://{file}{fragment}"})

    def script(self, text, *arguments):
        return self._call("POST", "/execute/sync", {"script": text, "args": list(arguments)})

    def promise(self, text, *arguments):
        """The value of the promise that the expression is."""
        script = f"const done = arguments[arguments.length - 1]; ({text}).then((v) => done({{v}}), (e) => done({{e: String(e)}}));"
        answer = self._call("POST", "/execute/async", {"script": script, "args": list(arguments)})
        if "e" in answer:
            raise RuntimeError(answer["e"])
        return answer["v"]

    def find(self, css):
        return self._call("POST", "/element", {"using": "css selector", "value": css})[ELEMENT]

    def click(self, css):
        self._call("POST", f"/element/{self.find(css)}/click")

    def type(self, css, text):
        self._call("POST", f"/element/{self.find(css)}/value", {"text": text})

    def press(self, key):
        """As if nothing but the page had the focus."""
        key = KEYS.get(key, key)
        actions = [{"type": kind, "value": key} for kind in ("keyDown", "keyUp")]
        self._call("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def text(self, css):
        return self.script("return document.querySelector(arguments[0])?.innerText ?? null", css)

    def texts(self, css):
        return self.script("return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText)", css)

    def wait(self, text, seconds=20):
        """Until the script says something true."""
        end = time.monotonic() + seconds
        while not (value := self.script(text)):
            if time.monotonic() > end:
                raise RuntimeError(f"never true: {text}")
            time.sleep(0.05)
        return value

    def media(self, scheme="light", medium=""):
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        parameters = {"cmd": "Emulation.setEmulatedMedia", "params": {"media": medium, "features": features}}
        self._call("POST", "/goog/cdp/execute", parameters)

    def resize(self, width, height):
        self._call("POST", "/window/rect", {"width": width, "height": height})

    def screenshot(self, file, whole=False):
        """Of the window, or of all that can be scrolled to."""
        parameters = {"format": "png", "captureBeyondViewport": whole}
        if whole:
            size = self._call("POST", "/goog/cdp/execute", {"cmd": "Page.getLayoutMetrics", "params": {}})
            box = size["cssContentSize"]
            parameters["clip"] = {"x": 0, "y": 0, "width": box["width"], "height": box["height"], "scale": 1}
        answer = self._call("POST", "/goog/cdp/execute", {"cmd": "Page.captureScreenshot", "params": parameters})
        with open(file, "wb") as out:
            out.write(base64.b64decode(answer["data"]))

    def pdf(self):
        return base64.b64decode(self._call("POST", "/print", {"background": False}))

    def complaints(self):
        """What the console got since the last call."""
        return [f"{entry['level']}: {entry['message']}" for entry in self._call("POST", "/se/log", {"type": "browser"})]
