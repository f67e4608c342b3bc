"""Hàm Rồng: one house for the digital work of a provincial police force."""
