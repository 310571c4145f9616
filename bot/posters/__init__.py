"""Posters for partners: the words, where they stand on the page, and the page as SVG and PDF."""
