"""Pages about people, and those that the law asks for."""
