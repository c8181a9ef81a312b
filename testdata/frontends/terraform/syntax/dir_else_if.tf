a = "%{if b}x%{else if c}y%{endif}"
