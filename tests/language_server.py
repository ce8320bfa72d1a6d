"""Speaks with a real YAML language server, as Visual Studio Code does (LSP over a pipe)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import playwright

from tests.needed import missing

PACKAGE = Path(__file__).parent / "lsp"
_SERVER = PACKAGE / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
#: Node.js as playwright brings it along: that of Debian 12 is too old for the server.
_NODE = Path(playwright.__file__).parent / "driver" / "node"
_SETTINGS = {"yaml": {"completion": True, "validate": True, "hover": True}}
_SETTINGS["yaml"] |= {"schemaStore": {"enable": False}}  # type: ignore[dict-item] # no network


class LanguageServer:
    """A server that knows the files that were opened."""

    def __init__(self, folder: Path) -> None:
        if not _SERVER.is_file():
            missing("the YAML language server is not installed (npm ci --prefix tests/lsp)")
        self._process = subprocess.Popen(
            [str(_NODE), str(_SERVER), "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=folder,
        )
        self._number = 0
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}
        root = {"rootUri": folder.as_uri(), "processId": None}
        able = {"workspace": {"configuration": True}, "textDocument": {"completion": {}}}
        self._ask("initialize", {**root, "capabilities": able})
        self._send({"method": "initialized", "params": {}})

    def close(self) -> None:
        """End the server."""
        self._process.kill()
        self._process.communicate()

    def faults(self, path: Path, text: str) -> list[tuple[int, str]]:
        """Open a file with a text, and give what is underlined: line, from 1, and message."""
        uri = path.as_uri()
        self._diagnostics.pop(uri, None)
        document = {"uri": uri, "languageId": "yaml", "version": self._number, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        while uri not in self._diagnostics:
            self._hear()
        found = self._diagnostics[uri]
        return [(one["range"]["start"]["line"] + 1, one["message"]) for one in found]

    def offered(self, path: Path, line: int, column: int) -> dict[str, str]:
        """Give what is offered at a place, counted from 0: label, and what is said of it."""
        place = {"textDocument": {"uri": path.as_uri()}}
        answer = self._ask(
            "textDocument/completion", {**place, "position": {"line": line, "character": column}}
        )
        items = answer["items"] if isinstance(answer, Mapping) else answer
        return {item["label"]: str(item.get("documentation", "")) for item in items}

    def _ask(self, method: str, params: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while True:
            said = self._hear()
            if said.get("id") == self._number and "method" not in said:
                return said["result"]

    def _hear(self) -> dict[str, Any]:
        """Give the next message; what the server itself asks is answered."""
        assert self._process.stdout is not None
        length = 0
        while header := self._process.stdout.readline().strip():
            if header.lower().startswith(b"content-length:"):
                length = int(header.split(b":")[1])
        said: dict[str, Any] = json.loads(self._process.stdout.read(length))
        if said.get("method") == "textDocument/publishDiagnostics":
            self._diagnostics[said["params"]["uri"]] = said["params"]["diagnostics"]
        elif "id" in said and "method" in said:
            asked = said["params"].get("items", []) if said.get("params") else []
            wanted = [_SETTINGS.get(one.get("section", "")) for one in asked]
            self._send({"id": said["id"], "result": wanted or None})
        return said

    def _send(self, message: Mapping[str, Any]) -> None:
        assert self._process.stdin is not None
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(content), content))
        self._process.stdin.flush()
