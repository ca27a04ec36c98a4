"""Which units a wish gets, and writing who has them."""
