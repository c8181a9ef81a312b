a = b++
