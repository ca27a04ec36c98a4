"""The demo network: invented sites, people and bookings in real communes (words in `data/`)."""
