"""Lodging notifications (thông báo lưu trú): who sleeps where tonight, as hotels, homes and hospitals tell the police.

The duty, what a notification says and when it is due stand in Article 30 of the Law on Residence 68/2020/QH14 (replaced
on 2026-07-01 by Article 4(9) of Law 118/2025/QH15) and, for foreigners, in Article 33 of Law 47/2014/QH13 (form NA17).
The room receives notifications one by one, by file and over its interface, checks every row completely, answers each
with a receipt, shows the commune who has not reported, and erases what it need not keep.
"""
