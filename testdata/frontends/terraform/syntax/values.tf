locals {
  values = {
    escapes = "a\nb\rc\td\"e\\f\u00e9g\U0001F600h"
    escaped_sequences = "$${a} %%{b} $$ $ % %% $a %a $"
    dollars_before_sequence = "$$${1}|$$$${1}|$%{if true}x%{endif}|%${1}|%%%{if}"
    strip_left = "a  ${~ "b"} c"
    strip_right = "a ${"b" ~}  c"
    strip_stops_at_dollar = "${"a" ~}  $  b"
    strip_escaped_newline = "${"a" ~} \n \u0020 b"
    strip_before_escape = "a \n${~ "b"}"
    strip_to_nothing = "${"a" ~}   ${~ "b"}"
    strip_before_escaped_sequence = "x  $${~ 1}"
    directives = "%{if true}a%{else}b%{endif}%{if false}c%{else}d%{endif}%{if false}e%{endif}"
    directive_strip = "x %{~ if true ~} a %{~ else ~} b %{~ endif ~} y"
    directive_escapes = "%{if true}\t\"x\"%{endif}"
    for = "%{for x in ["a", "b"]}<${x}>%{endfor}"
    for_key = "%{for i, x in ["a", "b"]}${i}=${x};%{endfor}"
    nested_directives = "%{for x in ["a", "b"]}%{if x == "a"}first%{else}${x}%{endif},%{endfor}"
    heredoc = <<EOT
a
  b
	c
EOT
    heredoc_empty = <<EOT
EOT
    heredoc_blank = <<EOT

EOT
    heredoc_raw_backslash = <<EOT
\n \q "x" \${1}
EOT
    heredoc_escaped_sequences = <<EOT
$${a} %%{b} $$ 100% $
EOT
    heredoc_marker_with_more = <<EOT
EOT"
EOT)
EOT.
 EOT x
 xEOT
  EOT
    flush = <<-EOT
    a
      b
    c
    EOT
    flush_marker_less_indented = <<-EOT
    a
  EOT
    flush_marker_more_indented = <<-EOT
  a
      EOT
    flush_short_blank = <<-EOT
    a

  
    b
    EOT
    flush_long_blank = <<-EOT
    a
        
    b
    EOT
    flush_tabs = <<-EOT
		a
	 b
	EOT
    flush_mixed = <<-EOT
  	a
 	b
	EOT
    flush_interpolation_first = <<-EOT
    a
${"b"}
    c
EOT
    flush_interpolation_indented = <<-EOT
    a
  ${"b"}
    c
EOT
    flush_interpolation_with_spaces = <<-EOT
    ${"  a"}
    b
EOT
    flush_dollar_first = <<-EOT
    a
$b
    c
EOT
    flush_escape_first = <<-EOT
    a
  $${b}
EOT
    flush_directives = <<-EOT
    %{ if true }
    a
    %{ else }
    b
    %{ endif }
    c
EOT
    flush_directives_strip_after = <<-EOT
    %{ if true ~}
    a
      b
    %{ endif ~}
    c
EOT
    flush_directives_strip_before = <<-EOT
    x
    %{~ if true }
    a
    %{~ endif }
    c
EOT
    flush_directives_strip_both = <<-EOT
    x
    %{~ if true ~}
    a
    %{~ endif ~}
    c
EOT
    flush_for = <<-EOT
  %{ for x in ["a", "b"] ~}
  - ${x}
  %{ endfor ~}
EOT
    flush_strip_at_line_start = <<-EOT
    a
    ${~ "b" ~}
    c
EOT
    flush_only_blank = <<-EOT
    
  
EOT
    flush_one_unindented = <<-EOT
    a
b
EOT
    flush_nbsp = <<-EOT
  a
  b
EOT
    heredoc_strip_reaches_line_end = <<EOT
${"a" ~}
   b
EOT
    heredoc_strip_before_reaches_line_start = <<EOT
a
   ${~ "b"}
EOT
    heredoc_for = <<EOT
%{ for x in ["a", "b"] }
${x}
%{ endfor }
EOT
    heredoc_if_else = <<EOT
%{ if false ~}
a
%{ else ~}
b
%{ endif ~}
EOT
    heredoc_interpolation_marker = <<EOT
${"x"}EOT
EOT
    heredoc_nested = <<A
${<<B
x
B
}y
A
    heredoc_flush_nested_in_string = "a${<<-B
    x
    B
}b"
    heredoc_crlf = <<EOT
a
  b
EOT
    heredoc_crlf_flush = <<-EOT
    a

      b
    EOT
    heredoc_crlf_strip = <<EOT
${"a" ~}
b
EOT
    heredoc_json = <<-EOF
  {
    "Version": "2012-10-17",
    "Resource": "arn:$${x}:${"y"}/*"
  }
  EOF
    number_forms = "${1.5e3}|${012}|${1.e2}"
    passthrough = "${"a"}"
    empty = ""
    unicode = "größe ${"名前"} 😀"
    template_text = templatefile("text.tmpl", {})
    template_sequence = templatefile("sequence.tmpl", {})
    template_empty = templatefile("empty.tmpl", {})
    template_loop = templatefile("loop.tmpl", {})
  }
}
