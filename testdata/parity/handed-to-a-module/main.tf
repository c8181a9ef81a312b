# want: IMDS01 web
# without: cdk (its nested stacks are constructs, see testdata/cdk)

module "web" {
  source = "./beside/web"
  tokens = "optional"
}
