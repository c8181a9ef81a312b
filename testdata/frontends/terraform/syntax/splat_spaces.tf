a = b[ * ] . c
