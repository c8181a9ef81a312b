locals { base = "overridden twice" }
