"""The real yaml-language-server, spoken to as an editor does: JSON-RPC over its standard input and output."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import threading
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 30


def command() -> list[str] | None:
    """How to start the server: as YAML_LANGUAGE_SERVER says, else from .ci/node_modules, else from the path; None where there is none."""
    told = os.environ.get("YAML_LANGUAGE_SERVER")
    local = ROOT / ".ci" / "node_modules" / ".bin" / "yaml-language-server"
    program = told or (str(local) if local.exists() else shutil.which("yaml-language-server"))
    return None if program is None else [program, "--stdio"]


class Server:
    """One running server. Texts are opened under a path of your choice; nothing is written there."""

    def __init__(self, program: list[str], folder: Path) -> None:
        self._process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self._answers: dict[int, queue.Queue[Any]] = {}
        self._problems: queue.Queue[Any] = queue.Queue()
        self._number = 0
        self._folder = folder
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        capabilities = {"textDocument": {"hover": {"contentFormat": ["markdown"]}, "completion": {"completionItem": {"documentationFormat": ["markdown"]}}}}
        self._ask("initialize", {"processId": os.getpid(), "rootUri": folder.as_uri(), "capabilities": capabilities})
        self._tell("initialized", {})
        settings = {"yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}}
        self._tell("workspace/didChangeConfiguration", {"settings": settings})

    def close(self) -> None:
        """Stop the server."""
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()

    def problems(self, text: str, name: str = "rules/new.yaml") -> list[tuple[int, str]]:
        """Open a text and wait for what the server finds: lines, counted from 1, and messages."""
        uri = self._open(text, name)
        while True:
            found = self._problems.get(timeout=PATIENCE)
            if found["uri"] == uri:
                return [(one["range"]["start"]["line"] + 1, one["message"]) for one in found["diagnostics"]]

    def completion(self, text: str, name: str = "rules/new.yaml") -> dict[str, str]:
        """What is proposed where `|` stands in the text, each with its documentation."""
        uri, position = self._open_at(text, name)
        answer = self._ask("textDocument/completion", {"textDocument": {"uri": uri}, "position": position})
        items = answer["items"] if isinstance(answer, dict) else answer
        return {item["label"]: _plain(item.get("documentation", "")) for item in items}

    def hover(self, text: str, name: str = "rules/new.yaml") -> str:
        """What is shown over the place where `|` stands in the text."""
        uri, position = self._open_at(text, name)
        answer = self._ask("textDocument/hover", {"textDocument": {"uri": uri}, "position": position})
        return _plain(answer["contents"]) if answer else ""

    def _open_at(self, text: str, name: str) -> tuple[str, dict[str, int]]:
        before, _, after = text.partition("|")
        uri = self._open(before + after, name)
        return uri, {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}

    def _open(self, text: str, name: str) -> str:
        self._number += 1
        path = self._folder / name
        uri = path.with_name(f"{path.stem}-{self._number}{path.suffix}").as_uri()
        self._tell("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text}})
        return uri

    def _ask(self, method: str, params: Any) -> Any:
        self._number += 1
        number = self._number
        self._answers[number] = queue.Queue()
        self._send({"id": number, "method": method, "params": params})
        answer = self._answers[number].get(timeout=PATIENCE)
        assert "error" not in answer, answer
        return answer["result"]

    def _tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while True:
            length = 0
            while line := stream.readline().strip():
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            if not length:
                return
            message = json.loads(stream.read(length))
            if message.get("method") == "textDocument/publishDiagnostics":
                self._problems.put(message["params"])
            elif "method" in message and "id" in message:  # it asks for our settings, or to watch files: it may do without
                self._send({"id": message["id"], "result": [None] * len(message.get("params", {}).get("items", []))})
            elif message.get("id") in self._answers:
                self._answers[message["id"]].put(message)


def _plain(contents: Any) -> str:
    return str(contents["value"] if isinstance(contents, dict) else contents)
