"""Which prices hold where and when: the grid, its bands, what sites set within them."""
