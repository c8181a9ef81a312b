import aws_cdk as cdk

from intake.stack import Intake

app = cdk.App()
Intake(app, "Intake", env=cdk.Environment(account="123456789012", region="eu-central-1"))
app.synth()
