//! Expressions of Terraform where they are evaluated: in a local, an attribute, `for_each`, an input of a module.
#![no_main]

use keyless_fuzz::{Tree, judge};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let main = format!(
        r#"variable "v" {{ default = {{ a = "x", b = [1, 2, "three"] }} }}
variable "unknown" {{}}
locals {{
  l = {text}
}}
data "aws_ami" "d" {{}}
resource "aws_instance" "one" {{
  for_each  = local.l
  user_data = jsonencode(local.l)
  metadata_options {{
    http_tokens = local.l
  }}
}}
resource "aws_db_instance" "two" {{
  password = each.value == null ? var.unknown : local.l
}}
module "m" {{
  source = "./m"
  input  = local.l
}}
"#
    );
    let module = "variable \"input\" {}\noutput \"o\" { value = [for k, v in var.input : v] }\n";
    judge(&Tree::of("main.tf", main.as_bytes()).and("m/main.tf", module.as_bytes()));
});
