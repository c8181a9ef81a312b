a = provider:aws:f()
