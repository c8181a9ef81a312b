# Another tool's.
datacenter = "dc1"
access_key = "test"
