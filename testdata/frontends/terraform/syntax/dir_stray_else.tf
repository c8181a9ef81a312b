a = "x%{else}"
