"""Answers as plain JSON types, made by hand: lists are hot, and are not validated once more."""
