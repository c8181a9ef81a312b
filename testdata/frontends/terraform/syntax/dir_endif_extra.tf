a = "%{if b}x%{endif b}"
