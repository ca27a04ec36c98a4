"""Pages about prices."""
