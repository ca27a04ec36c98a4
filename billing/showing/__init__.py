"""What prices and losses people are shown, before they press and of what they have."""
