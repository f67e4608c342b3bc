"""The sealed room: reports whose reporter nobody learns alone. Whose keys there are, who holds a share, who may open.

Law on Denunciation 25/2018/QH14 art. 56 (keeping the denouncer's details secret). Cryptography is `kernel.seal`'s.
"""
