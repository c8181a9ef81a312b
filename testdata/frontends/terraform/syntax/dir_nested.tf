a = "%{if b}%{for c in d}%{if e}x%{else}y%{endif}%{endfor}%{endif}"
