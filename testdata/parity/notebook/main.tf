# want: IMDS02 book, IMDS01 old

resource "aws_sagemaker_notebook_instance" "book" {
  role_arn = "arn:aws:iam::111122223333:role/book"
}

resource "aws_sagemaker_notebook_instance" "old" {
  role_arn = "arn:aws:iam::111122223333:role/book"
  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "1"
  }
}

resource "aws_sagemaker_notebook_instance" "new" {
  role_arn = "arn:aws:iam::111122223333:role/book"
  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "2"
  }
}
