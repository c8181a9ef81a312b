a = "%%{if b}x"
