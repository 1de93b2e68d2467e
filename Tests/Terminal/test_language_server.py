"""`khabar lsp`, as an editor speaks to it."""

import json
import random
import subprocess
import unittest

from test_command import KHABAR, CommandTestCase


class Editor:
    """A client: `ask` sends a request and gives its result, `tell` a notice, `received` are the server's notices."""

    def __init__(self, *arguments, encodings=None, options=None):
        self.process = subprocess.Popen([KHABAR, "lsp", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.number = 0
        self.received = []
        general = {"general": {"positionEncodings": encodings}} if encodings else {}
        self.capabilities = self.ask("initialize", {"capabilities": general, "initializationOptions": options or {}})["capabilities"]
        self.tell("initialized", {})

    def send(self, message):
        self.send_bytes(json.dumps({"jsonrpc": "2.0", **message}).encode())

    def send_bytes(self, body):
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def receive(self):
        length = 0
        while line := self.process.stdout.readline().strip():
            name, value = line.split(b":")
            length = int(value) if name.lower() == b"content-length" else length
        return json.loads(self.process.stdout.read(length))

    def request(self, method, parameters):
        self.number += 1
        self.send({"id": self.number, "method": method, "params": parameters})
        while True:
            message = self.receive()
            if "id" in message:
                return message
            self.received.append(message)

    def ask(self, method, parameters):
        return self.request(method, parameters)["result"]

    def tell(self, method, parameters):
        self.send({"method": method, "params": parameters})

    def open(self, text, name="file:///tmp/a.khabar"):
        self.tell("textDocument/didOpen", {"textDocument": {"uri": name, "languageId": "khabar", "version": 1, "text": text}})
        return self.diagnostics()

    def change(self, *changes, name="file:///tmp/a.khabar"):
        self.tell("textDocument/didChange", {"textDocument": {"uri": name, "version": 2}, "contentChanges": list(changes)})
        return self.diagnostics()

    def diagnostics(self):
        message = self.receive()
        assert message["method"] == "textDocument/publishDiagnostics", message
        return message["params"]["diagnostics"]

    def at(self, method, line, character, name="file:///tmp/a.khabar"):
        place = {"textDocument": {"uri": name}, "position": {"line": line, "character": character}}
        return self.ask("textDocument/" + method, place)

    def leave(self):
        self.ask("shutdown", None)
        self.tell("exit", None)
        status = self.process.wait(20)
        self.close()
        return status

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def range_of(line, start, end):
    return {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}


class LanguageServerTests(CommandTestCase):
    def editor(self, *arguments, **options):
        editor = Editor(*arguments, **options)
        self.addCleanup(editor.close)
        return editor

    def test_from_beginning_to_end(self):
        editor = self.editor()
        self.assertEqual(editor.capabilities["positionEncoding"], "utf-16")
        self.assertEqual(editor.request("khabar/unknown", {})["error"]["code"], -32601)
        self.assertEqual(editor.leave(), 0)

    def test_what_comes_out_of_turn(self):
        body = b'{"id":1,"method":"shutdown"}'
        process = subprocess.run(
            [KHABAR, "lsp"], input=b"Content-Length: %d\r\n\r\n" % len(body) + body, capture_output=True, timeout=20)
        self.assertIn(b"-32002", process.stdout)
        self.assertEqual(process.returncode, 1)

    def test_what_is_wrong(self):
        editor = self.editor()
        self.assertEqual(editor.open("events | count\n"), [])
        (problem,) = editor.change({"text": "events with Lavorv\n"})
        self.assertEqual((problem["code"], problem["severity"], problem["range"]), ("E0301", 1, range_of(0, 12, 18)))
        self.assertIn("did you mean `Lavrov`", problem["message"])
        self.assertEqual(editor.change({"range": range_of(0, 12, 18), "text": "Lavrov"}), [])
        editor.tell("textDocument/didClose", {"textDocument": {"uri": "file:///tmp/a.khabar"}})
        self.assertEqual(editor.diagnostics(), [])

    def test_places_are_counted_as_agreed(self):
        text = '# 𝄞 لافروف\nprint "𝄞"; events with Lavorv'
        for encodings, start in ((None, 24), (["utf-8"], 26), (["utf-32", "utf-16"], 23)):
            editor = self.editor(encodings=encodings)
            (problem,) = editor.open(text)
            self.assertEqual(problem["range"], range_of(1, start, start + 6), encodings)
            end = {"start": {"line": 1, "character": start}, "end": {"line": 99, "character": 99}}
            self.assertEqual(editor.change({"range": end, "text": "لافروف"}), [])

    def test_models_and_definitions(self):
        model = self.file("m.khabar", 'define state utopia ( name en "Utopia" )')
        for editor in (self.editor("-m", model), self.editor(options={"model": model})):
            self.assertEqual(editor.open("events with Utopia"), [])
            self.assertEqual([p["code"] for p in editor.open("define state utopia ( )", "file:///tmp/b.khabar")], ["E0402"])

    def test_completion(self):
        editor = self.editor()
        editor.open("let mine = meetings\nmine with Lav\n")
        found = editor.at("completion", 1, 13)
        self.assertIn("Lavrov", [item["textEdit"]["newText"] for item in found])
        self.assertEqual(found[0]["textEdit"]["range"], range_of(1, 10, 13))
        self.assertIn("mine", [item["label"] for item in editor.at("completion", 1, 1)])
        editor.change({"text": "الاجتماعات في مو"})
        self.assertTrue(editor.at("completion", 0, 16))

    def test_hover_and_definition(self):
        editor = self.editor()
        editor.open("let mine = meetings in Moscow\nmine with لافروف\n")
        self.assertIn("sergei_lavrov", editor.at("hover", 1, 12)["contents"]["value"])
        self.assertIn("let mine = meetings", editor.at("hover", 1, 2)["contents"]["value"])
        self.assertIn("negotiation", editor.at("hover", 0, 13)["contents"]["value"])
        self.assertEqual(editor.at("definition", 1, 2)["range"], range_of(0, 0, 29))
        self.assertIsNone(editor.at("definition", 1, 12))
        self.assertIsNone(editor.at("hover", 7, 0))
        symbols = editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": "file:///tmp/a.khabar"}})
        self.assertEqual([(symbol["name"], symbol["kind"]) for symbol in symbols], [("mine", 13)])

    def test_formatting(self):
        editor = self.editor()
        place = {"textDocument": {"uri": "file:///tmp/a.khabar"}, "options": {"tabSize": 2, "insertSpaces": True}}
        editor.open("events|count   # 𝄞\n")
        (edit,) = editor.ask("textDocument/formatting", place)
        self.assertEqual(edit["newText"], "events | count  # 𝄞\n")
        self.assertEqual(edit["range"]["end"], {"line": 1, "character": 0})
        editor.change({"text": "events |"})
        self.assertEqual(editor.ask("textDocument/formatting", place), [])

    def test_changes_amount_to_the_same_text(self):
        random.seed(7)
        pieces = ["events", " with Lavrov", "\n", "| count", "موسكو", "𝄞", "(", '"', "= id", "expect ", "é", "\r\n", ""]
        for encoding in ("utf-8", "utf-16", "utf-32"):
            editor = self.editor(encodings=[encoding])
            editor.open("events\n")
            for _ in range(60):
                start, end = sorted((random.randint(0, 4), random.randint(0, 12)) for _ in range(2))
                place = {"start": {"line": start[0], "character": start[1]}, "end": {"line": end[0], "character": end[1]}}
                found = editor.change({"range": place, "text": random.choice(pieces)})
                for problem in found:
                    start, end = (problem["range"][name] for name in ("start", "end"))
                    self.assertLessEqual((start["line"], start["character"]), (end["line"], end["character"]))
            self.assertEqual(editor.change({"text": "events | count"}), [])

    def test_what_is_no_message(self):
        editor = self.editor()
        editor.send_bytes(b"{")
        self.assertEqual(editor.receive()["error"]["code"], -32700)
        for message in ({"id": 5}, {"id": 6, "method": "textDocument/hover", "params": {"position": {"line": -1}}}):
            editor.send(message)
            self.assertEqual(editor.receive()["id"], message["id"])
        editor.send_bytes(b"[1, 2]")
        self.assertEqual(editor.leave(), 0)
        for header in (b"Content-Length: -5", b"Content-Length: 99999999999999999999", b"X: 1", b"\xff" * 9000):
            run = subprocess.run([KHABAR, "lsp"], input=header + b"\r\n\r\n{}", capture_output=True, timeout=20)
            self.assertEqual(run.returncode, 1, header)


if __name__ == "__main__":
    unittest.main()
