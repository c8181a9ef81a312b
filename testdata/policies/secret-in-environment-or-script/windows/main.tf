resource "aws_instance" "win" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = <<-EOT
    <powershell>
    $env:DB_PASSWORD = "corr3ct-horse-1" # expect: SEC05 "DB_PASSWORD"
    $Password = ConvertTo-SecureString "corr3ct-horse-2" -AsPlainText -Force # expect: SEC05 "ConvertTo-SecureString"
    [Environment]::SetEnvironmentVariable("API_TOKEN", "corr3ct-horse-3", "Machine") # expect: SEC05 "API_TOKEN"
    net user Administrator corr3ct-horse-4 # expect: SEC05 "net user"
    $Secret = (Get-SECSecretValue -SecretId prod/db).SecretString
    $env:OTHER_PASSWORD = $Secret
    $Cred = New-Object System.Management.Automation.PSCredential ($User, $Password)
    </powershell>
  EOT
}
