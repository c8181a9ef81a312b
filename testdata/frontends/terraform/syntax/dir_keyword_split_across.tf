a = "%{if b}x"
c = "%{endif}"
