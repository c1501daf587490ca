"""Opens a page in headless Chromium and answers JavaScript expressions about it, one after the other.

python3 chromium.py PAGE.html [--size WxH] [--screenshot FILE] [--pdf FILE] [--paper a4|letter] [--as-printed] EXPRESSION...
--as-printed: the expressions see the page as A4 landscape within margins of 12 mm shows it.
Prints JSON: values of the expressions, everything on the console, every request but the page itself, milliseconds until the page was ready.
Chromium is driven over its debugging pipe: no port, no library. Exit code 1 with a message when it does not start or answer."""
import base64, json, os, subprocess, sys, tempfile, time


class Browser:
    def __init__(self, folder):
        to_browser, self.out = os.pipe()
        self.into, from_browser = os.pipe()

        def put_in_place():  # Chromium reads from 3 and writes to 4
            a, b = os.dup(to_browser), os.dup(from_browser)
            os.dup2(a, 3)
            os.dup2(b, 4)

        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
                 "--disable-default-apps", "--disable-sync", "--disable-extensions", "--disable-dev-shm-usage", "--no-first-run",
                 "--no-pings", "--user-data-dir=" + folder, "--remote-debugging-pipe", "about:blank"]
        self.process = subprocess.Popen(["chromium"] + flags, preexec_fn=put_in_place, pass_fds=(3, 4), stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ, HOME=folder))
        os.close(to_browser)
        os.close(from_browser)
        self.buffer, self.number, self.session, self.events = b"", 0, None, []

    def read(self):
        while b"\0" not in self.buffer:
            part = os.read(self.into, 1 << 20)
            if not part:
                sys.exit("chromium ended")
            self.buffer += part
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.out, data):]
        while True:
            answer = self.read()
            if answer.get("id") == self.number:
                if "error" in answer:
                    sys.exit("chromium: %s: %s" % (method, answer["error"]["message"]))
                return answer["result"]
            self.events.append(answer)

    def wait_for(self, event):
        while not any(e.get("method") == event for e in self.events):
            self.events.append(self.read())

    def value(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            return "EXCEPTION " + details.get("exception", {}).get("description", details["text"])
        return result["result"].get("value")


def on_console(events):
    lines = []
    for event in events:
        parameters = event.get("params", {})
        if event.get("method") == "Runtime.consoleAPICalled":
            lines.append(" ".join(str(a.get("value", a.get("description"))) for a in parameters["args"]))
        elif event.get("method") == "Runtime.exceptionThrown":
            lines.append(parameters["exceptionDetails"].get("exception", {}).get("description", parameters["exceptionDetails"]["text"]))
        elif event.get("method") == "Log.entryAdded":
            lines.append(parameters["entry"]["text"])
    return lines


def main(arguments):
    page, size, files, expressions = "file://" + os.path.abspath(arguments[0]), (1280, 900), {}, []
    paper, media = (8.27, 11.69), ""
    rest = iter(arguments[1:])
    for argument in rest:
        if argument == "--size":
            size = tuple(int(n) for n in next(rest).split("x"))
        elif argument == "--paper":
            paper = {"a4": (8.27, 11.69), "letter": (8.5, 11)}[next(rest)]  # inches; for pages that leave the paper to the printer
        elif argument == "--as-printed":
            size, media = (1031, 703), "print"
        elif argument in ("--screenshot", "--pdf"):
            files[argument] = next(rest)
        else:
            expressions.append(argument)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        browser = Browser(folder)
        try:
            target = browser.call("Target.createTarget", url="about:blank")["targetId"]
            browser.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            for domain in ("Page", "Runtime", "Log", "Network"):
                browser.call(domain + ".enable")
            browser.call("Emulation.setDeviceMetricsOverride", width=size[0], height=size[1], deviceScaleFactor=1, mobile=False)
            browser.call("Emulation.setEmulatedMedia", media=media)
            start = time.monotonic()
            browser.call("Page.navigate", url=page)
            browser.wait_for("Page.loadEventFired")
            while browser.value("document.documentElement.dataset.ready || !document.getElementById('data')") not in ("yes", True):
                if time.monotonic() - start > 120:
                    sys.exit("the page is not ready after two minutes")
                time.sleep(0.02)
            ready = round((time.monotonic() - start) * 1000)
            values = [browser.value(expression) for expression in expressions]
            if "--screenshot" in files:
                with open(files["--screenshot"], "wb") as file:
                    file.write(base64.b64decode(browser.call("Page.captureScreenshot", format="png")["data"]))
            if "--pdf" in files:
                with open(files["--pdf"], "wb") as file:
                    file.write(base64.b64decode(browser.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True,
                                                       paperWidth=paper[0], paperHeight=paper[1])["data"]))
            requests = [e["params"]["request"]["url"] for e in browser.events if e.get("method") == "Network.requestWillBeSent"]
            outside = [url for url in requests if url.split("#")[0] != page and not url.startswith("data:")]
            print(json.dumps({"values": values, "console": on_console(browser.events), "requests": outside, "ready_ms": ready}))
        finally:
            browser.process.kill()
            browser.process.wait()


main(sys.argv[1:])
