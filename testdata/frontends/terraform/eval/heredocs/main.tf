locals {
  name = "World"
  list = ["a", "b"]
  r = [
    jsonencode(<<EOT
plain
  indented
EOT
    ),
    jsonencode(<<-EOT
      one
        two
      three
    EOT
    ),
    jsonencode(<<-EOT
      one

        two
    EOT
    ),
    jsonencode(<<-EOT
        four
      two
    zero
    EOT
    ),
    jsonencode(<<EOT
Hello ${local.name}!
$${not} %%{not} \n \t "quoted"
EOT
    ),
    jsonencode(<<-EOT
      %{ for x in local.list ~}
      item ${x}
      %{ endfor ~}
      end
    EOT
    ),
    jsonencode(<<-EOT
      %{ for x in local.list }
      item ${x}
      %{ endfor }
      end
    EOT
    ),
    jsonencode(<<-EOT
      %{ if true ~}
        yes
      %{ else ~}
        no
      %{ endif ~}
    EOT
    ),
    jsonencode(<<-EOT
      ${local.name}
        ${local.name} x
    EOT
    ),
    jsonencode(<<-EOT
      ${join("\n", [
      "a", "b"])}
      end
    EOT
    ),
    jsonencode(<<EOT
EOT
    ),
    jsonencode(<<-EOT
    EOT
    ),
    jsonencode(<<EOT

EOT
    ),
    jsonencode(<<EOT
a
  EOT
    ),
    jsonencode(trimspace(<<-EOT
      x
    EOT
    )),
    jsonencode([<<-A
      x
    A
    , <<-B
      y
    B
    ]),
    jsonencode({ a = <<-A
      x
    A
      b = 1
    }),
    jsonencode(<<-EOT
	tabbed
		more
	EOT
    ),
    jsonencode(<<-EOT
      ${~ local.name ~}
      x
    EOT
    ),
    jsonencode(<<-EOT
      a %{~ if true }b%{ endif ~}   c
      d
    EOT
    ),
    jsonencode(<<-EOT
      {"Version": "2012-10-17", "R": "${local.name}/*"}
    EOT
    ),
    jsonencode(<<EOT
$
%
$$
EOT
    ),
    jsonencode(<<-EOT
      ${<<-IN
        inner
      IN
      }
      outer
    EOT
    ),
    jsonencode(<<-EOT
      %{ if local.name == "World" }${local.name}%{ endif }
    EOT
    ),
    jsonencode(<<EOT
trailing   
   ${local.name}   
EOT
    ),
    jsonencode(jsondecode(<<EOT
{"a": "${local.name}"}
EOT
    )),
    jsonencode(<<EOT
	a
		b
EOT
    ),
    jsonencode(<<EOT
	a
  b
EOT
    ),
    jsonencode(<<EOT
  %{ if true }
  x
  %{ endif }
EOT
    ),
    jsonencode(<<EOT
  %{ if true ~}
  x
  %{ endif ~}
EOT
    ),
    jsonencode(<<EOT
  %{ for x in [1, 2] }
  ${x}
  %{ endfor }
EOT
    ),
    jsonencode(<<EOT
  %{ for x in [1, 2] ~}
  ${x}
  %{ endfor ~}
EOT
    ),
    jsonencode(<<EOT
${1}
  a
EOT
    ),
    jsonencode(<<EOT
    ${1}
  a
EOT
    ),
    jsonencode(<<EOT
  ${upper("x")}
    ${join("", [
  "a",
  "b"])}
EOT
    ),
    jsonencode(<<EOT
  a\n"q" $${x} %%{y}
EOT
    ),
    jsonencode(<<EOT
EOT
    ),
    jsonencode(<<EOT
x
EOT
    ),
    jsonencode(<<EOT
a
  b
EOT
    ),
    jsonencode(<<EOT
   
  a
EOT
    ),
    jsonencode(<<EOT
  a
  ${~ "b" ~}
  c
EOT
    ),
    jsonencode(<<EOT
  é
   世
EOT
    ),
    jsonencode(<<EOT
  a 
  b
EOT
    ),
    jsonencode(<<EOT
  ${"x"}y
   z
EOT
    ),
    jsonencode(<<EOT
  ${1}
EOT
    ),
    jsonencode(<<EOT

  a
EOT
    ),
    jsonencode(<<EOT
  a
${1} b
EOT
    ),
    jsonencode(<<EOT
  a${"\n"}  b
    c
EOT
    ),
    jsonencode(<<EOT
    a
 
    b
EOT
    ),
    jsonencode(<<EOT
  a
      ${1}
EOT
    ),
    jsonencode(<<EOT
  EOT2
  x EOT
EOT
    ),
    jsonencode(<<EOT
  EOTx"
  y
EOT
    ),
    jsonencode(<<EOT
  $
  $$
  %
EOT
    ),
    jsonencode(<<EOT
  a\r
EOT
    ),
    jsonencode(<<EOT
  %{ if false }
  x
  %{ else }
    y
  %{ endif }
  z
EOT
    ),
    jsonencode(<<EOT
  a %{ if true }b%{ endif } c
EOT
    ),
    jsonencode(<<EOT
  a
  b
EOT
    ),
    jsonencode(<<EOT
  ${""}
  a
EOT
    ),
    jsonencode(<<EOT
  ${upper(<<-IN
    x
    IN
  )}
  y
EOT
    ),
    jsonencode(<<EOT
  %{ if true ~}
  x
  %{ endif ~}
    EOT
    ),
    jsonencode(<<EOT
  a
  ${~ "b" ~}
  c
    EOT
    ),
    jsonencode(<<EOT
  a
      ${1}
    EOT
    ),
    jsonencode(<<EOT

  a
    EOT
    ),
    jsonencode([<<A
  one
A
    , <<B
  two
B
    ]),
    jsonencode(<<-EOT
	a
		b
EOT
    ),
    jsonencode(<<-EOT
	a
  b
EOT
    ),
    jsonencode(<<-EOT
  %{ if true }
  x
  %{ endif }
EOT
    ),
    jsonencode(<<-EOT
  %{ if true ~}
  x
  %{ endif ~}
EOT
    ),
    jsonencode(<<-EOT
  %{ for x in [1, 2] }
  ${x}
  %{ endfor }
EOT
    ),
    jsonencode(<<-EOT
  %{ for x in [1, 2] ~}
  ${x}
  %{ endfor ~}
EOT
    ),
    jsonencode(<<-EOT
${1}
  a
EOT
    ),
    jsonencode(<<-EOT
    ${1}
  a
EOT
    ),
    jsonencode(<<-EOT
  ${upper("x")}
    ${join("", [
  "a",
  "b"])}
EOT
    ),
    jsonencode(<<-EOT
  a\n"q" $${x} %%{y}
EOT
    ),
    jsonencode(<<-EOT
EOT
    ),
    jsonencode(<<-EOT
x
EOT
    ),
    jsonencode(<<-EOT
a
  b
EOT
    ),
    jsonencode(<<-EOT
   
  a
EOT
    ),
    jsonencode(<<-EOT
  a
  ${~ "b" ~}
  c
EOT
    ),
    jsonencode(<<-EOT
  é
   世
EOT
    ),
    jsonencode(<<-EOT
  a 
  b
EOT
    ),
    jsonencode(<<-EOT
  ${"x"}y
   z
EOT
    ),
    jsonencode(<<-EOT
  ${1}
EOT
    ),
    jsonencode(<<-EOT

  a
EOT
    ),
    jsonencode(<<-EOT
  a
${1} b
EOT
    ),
    jsonencode(<<-EOT
  a${"\n"}  b
    c
EOT
    ),
    jsonencode(<<-EOT
    a
 
    b
EOT
    ),
    jsonencode(<<-EOT
  a
      ${1}
EOT
    ),
    jsonencode(<<-EOT
  EOT2
  x EOT
EOT
    ),
    jsonencode(<<-EOT
  EOTx"
  y
EOT
    ),
    jsonencode(<<-EOT
  $
  $$
  %
EOT
    ),
    jsonencode(<<-EOT
  a\r
EOT
    ),
    jsonencode(<<-EOT
  %{ if false }
  x
  %{ else }
    y
  %{ endif }
  z
EOT
    ),
    jsonencode(<<-EOT
  a %{ if true }b%{ endif } c
EOT
    ),
    jsonencode(<<-EOT
  a
  b
EOT
    ),
    jsonencode(<<-EOT
  ${""}
  a
EOT
    ),
    jsonencode(<<-EOT
  ${upper(<<-IN
    x
    IN
  )}
  y
EOT
    ),
    jsonencode(<<-EOT
  %{ if true ~}
  x
  %{ endif ~}
    EOT
    ),
    jsonencode(<<-EOT
  a
  ${~ "b" ~}
  c
    EOT
    ),
    jsonencode(<<-EOT
  a
      ${1}
    EOT
    ),
    jsonencode(<<-EOT

  a
    EOT
    ),
    jsonencode([<<-A
  one
A
    , <<-B
  two
B
    ]),
  ]
}
