"""The pre-registered audit of draws: whether ranks are what chance gives, in numbers and in words, never of persons.

Pure: nothing here asks a database or a clock. What is tested, with which bins and limits, is `registration.yaml`, and
every report carries the hash of that file. docs/plates-fairness.md says how to read a report.
"""
