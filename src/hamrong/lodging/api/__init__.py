"""The interface for hosts' software under `/api/v1/`: bearer keys, JSON, signed receipts, one manner of refusing.

Law on Residence 68/2020/QH14 art. 30. Guide: docs/api.md; description: `/api/v1/openapi.json` (OpenAPI 3.1).
"""
