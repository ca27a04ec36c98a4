"""Forms about prices."""
