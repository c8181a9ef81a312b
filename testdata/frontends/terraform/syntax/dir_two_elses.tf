a = "%{if b}x%{else}y%{else}z%{endif}"
