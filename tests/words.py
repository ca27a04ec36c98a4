"""Texts as they are read, whatever keeps their pieces on one line."""


def plain(text: object) -> str:
    """Return `text` with plain spaces and without word joiners."""
    return str(text).replace("\N{NO-BREAK SPACE}", " ").replace("\N{WORD JOINER}", "")
