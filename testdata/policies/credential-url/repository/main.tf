resource "aws_codebuild_project" "bitbucket" {
  name = "bitbucket"
  source {
    type     = "BITBUCKET"
    location = "https://username:password@bitbucket.org/user/repo.git" # expect: SEC06 warning "aws_codebuild_project.bitbucket"
  }
}

resource "aws_codebuild_project" "github" {
  name = "github"
  source {
    type     = "GITHUB"
    location = "https://github.com/user/repo.git"
  }
  secondary_sources {
    type              = "GITHUB"
    source_identifier = "second"
    location          = "https://access-token@github.com/user/repo.git" # expect: SEC06 warning "credential in the URL of a repository"
  }
  secondary_sources {
    type              = "BITBUCKET"
    source_identifier = "third"
    location          = "https://me@bitbucket.org/user/repo.git"
  }
}
