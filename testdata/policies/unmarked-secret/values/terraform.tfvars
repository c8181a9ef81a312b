user = "app"
host = ""
