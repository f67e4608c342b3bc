"""Papers: statutory documents from Word files that a lawyer edits, signed as PDF, and files that people hand in.

Layout of Decree 30/2020/NĐ-CP; which form is made under which article stands in `forms.yaml`.
"""
