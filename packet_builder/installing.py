"""What an office may want to install becomes what to type for it on this system."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from packet_builder import system
from packet_builder.system import System


class Tool(StrEnum):
    """What does not come with the program."""

    PYTHON = "Python"
    LIBREOFFICE = "LibreOffice"
    CJK_FONTS = "Chinese, Japanese, Korean fonts"
    OCRMYPDF = "ocrmypdf"


_TYPED: Mapping[Tool, Mapping[System, str]] = {
    Tool.PYTHON: {
        System.LINUX: "sudo apt-get install python3",
        System.MACOS: "brew install python",
        System.WINDOWS: "winget install Python.Python.3.13",
    },
    Tool.LIBREOFFICE: {
        System.LINUX: "sudo apt-get install libreoffice-writer-nogui",
        System.MACOS: "brew install --cask libreoffice",
        System.WINDOWS: "winget install TheDocumentFoundation.LibreOffice",
    },
    Tool.CJK_FONTS: {
        System.LINUX: "sudo apt-get install fonts-noto-cjk",
        System.MACOS: "brew install --cask font-noto-sans-cjk",
        System.WINDOWS: "Settings, Optional features: the fonts of the language",
    },
    Tool.OCRMYPDF: {
        System.LINUX: "sudo apt-get install ocrmypdf",
        System.MACOS: "brew install ocrmypdf",
        System.WINDOWS: (
            "winget install UB-Mannheim.TesseractOCR ArtifexSoftware.GhostScript, "
            "then: uv tool install ocrmypdf"
        ),
    },
}
_LANGUAGES: Mapping[System, str] = {
    System.LINUX: "sudo apt-get install tesseract-ocr-{}",
    System.MACOS: "brew install tesseract-lang",
    System.WINDOWS: "the installer of Tesseract, started again, offers the language",
}


def typed_for(tool: Tool) -> str:
    """Give what to type to install a tool."""
    return _TYPED[tool][system.SYSTEM]


def typed_for_language(code: str) -> str:
    """Give what to type so that tesseract reads a language, by its code there: `chi_sim`."""
    return _LANGUAGES[system.SYSTEM].format(code.replace("_", "-"))
