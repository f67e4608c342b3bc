"""Pages for officers: one's own key, requests that wait, an opening shown once."""
