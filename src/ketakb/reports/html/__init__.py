"""The review page: one self-contained HTML file for people who have never heard of ketakb."""
