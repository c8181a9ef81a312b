a = b ?
c : d
