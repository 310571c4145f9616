"""The running program: the ways in, the store, the one path between them."""
