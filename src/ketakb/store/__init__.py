"""From the folders of a store to a Store value and the problems found on the way."""
