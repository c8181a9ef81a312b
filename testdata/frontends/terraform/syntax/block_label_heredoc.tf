b <<EOT
x
EOT
{
}
