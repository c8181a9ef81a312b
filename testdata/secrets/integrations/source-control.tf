# Tokens of the places that code lives in and is published to, as they were put into environments over the years.

resource "aws_lambda_function" "mirror" {
  function_name = "mirror"
  environment {
    variables = {
      GITHUB_PAT              = "⟦+SEC02 token/github|ghp_O¦t0o1I¦pQ4sF¦m61ez¦uECW5¦WJQDG¦99Zr2¦AEfpv⟧"
      GITHUB_FINE_GRAINED     = "⟦+SEC02 token/github|githu¦b_pat¦_11A7¦BLQ98¦EVWRX¦O2ZF9¦CRT_O¦2ojPr¦qnflw¦M8RXk¦HRR9n¦VrMjV¦Bgn1E¦fsTmW¦ZTMrz¦rdqKL¦wozbo¦ElO8c¦CkX⟧"
      GITHUB_OAUTH            = "⟦+SEC02 token/github|gho_L¦ntrZk¦jcnHn¦hKsze¦Kr5bd¦rjrpu¦e2oz0¦3GGMv⟧"
      GITHUB_USER_TOKEN       = "⟦+SEC02 token/github|ghu_A¦BEHP5¦YYJc9¦hUWd0¦iCkB9¦TgTu9¦eql53¦V0SS5⟧"
      GITHUB_INSTALLATION     = "⟦+SEC02 token/github|ghs_6¦Qs6C4¦SjwGs¦A8YFj¦ZyF4t¦u6qCn¦itf93¦Gw2JF⟧"
      GITHUB_REFRESH          = "⟦+SEC02 token/github|ghr_L¦Gl9jE¦us1b9¦9emi7¦vFx02¦AOM5S¦ToCI2¦uI6jq⟧"
      GITLAB_PAT              = "⟦+SEC02 token/gitlab|glpat-fY6l2¦BpZ3w¦27fFV¦H12zu⟧"
      GITLAB_PAT_ROUTABLE     = "⟦+SEC02 token/gitlab|glpat-XV_64¦iaOnm¦G3Evt¦EaYow¦MiW8g¦6XxwA¦2ga5r¦OJzxN¦wO.161ko¦i0tt⟧"
      GITLAB_RUNNER           = "⟦+SEC02 token/gitlab|glrt-Dr8nX¦06PWQ¦WN7Fh¦xXxQh⟧"
      GITLAB_DEPLOY           = "⟦+SEC02 token/gitlab|gldt-Mc6Oz¦D4npu¦SdrGE¦3M6Xf⟧"
      GITLAB_JOB              = "⟦+SEC02 token/gitlab|glcbt-64_jR¦vhQ2E¦DKX7X¦bNAxh¦fPw⟧"
      GITLAB_TRIGGER          = "⟦+SEC02 token/gitlab|glptt-bd7e5¦f5828¦12040¦6b7f9¦9c5d5¦ba85d¦3d74a¦b58e1⟧"
      GITLAB_FEED             = "⟦+SEC02 token/gitlab|glft-HwwoL¦qrk9q¦gOYPr¦91Rro⟧"
      GITLAB_SCIM             = "⟦+SEC02 token/gitlab|glsoa¦t-mhX3V¦CeLmE¦yw182¦HPXTY⟧"
      GITLAB_MAIL             = "⟦+SEC02 token/gitlab|glimt-jL5ke¦JzXad¦FBdvw¦HUSrx¦Qps3i⟧"
      GITLAB_AGENT            = "⟦+SEC02 token/gitlab|glage¦nt-Giz0q¦PR5KM¦TCIb4¦5nV79¦yLPEa¦1uaRg¦xzKEb¦R4C16¦1FxEo¦6J2a2⟧"
      NPM_PUBLISH             = "⟦+SEC02 token/npm|npm_6¦v2E3h¦goitu¦TTA5k¦Mj3JT¦esXw4¦Suqc3¦ONK69⟧"
      PYPI_UPLOAD             = "⟦+SEC02 token/pypi|pypi-AgEIc¦HlwaS¦5vcmc¦CJQh5¦e0hh_¦WPjaB¦Eckh-nMWHI¦UCBDj¦bUH9B¦80sON¦VWJi_¦4Q9od¦p879h¦4PWK0¦69KSB¦ZK4cQ¦mW-Nu1Sp¦V4fuu¦lnE7G¦xRtS0¦LEad-XYQJi¦kj9oM¦cdVOJ¦uAyzw¦p-kr4Ft¦An0kx¦lv⟧"
      GEM_HOST                = "⟦+SEC02 token/rubygems|rubyg¦ems_a¦99462¦ebd09¦25c85¦8b28e¦2b6a3¦21918¦14535¦c0300¦f0fee¦f8⟧"
      CARGO_REGISTRY_TOKEN    = "⟦+SEC02,SEC05 token/crates|ciott¦yAqpL¦wWN46¦qBLoQ¦hBn2a¦mgiA1¦U3F0X⟧"
      ARTIFACTORY             = "⟦+SEC02 token/artifactory|AKCp1¦J5e6B¦6mvb1¦IzMIj¦TuiYo¦SXZzx¦BBVAc¦e2qJv¦RFwD6¦LY8RJ¦iO3dC¦Gbjdf¦AeHEN¦Ddqsb¦ArN⟧"
      POSTMAN                 = "⟦+SEC02 token/postman|PMAK-7b91e¦ef1e6¦5ab08¦e21c0¦7d9a-9282f¦1a1b3¦90a16¦bb325¦e08d1¦81993¦b38d⟧"
      ATLASSIAN               = "⟦+SEC02 token/atlassian|ATATT¦3xFfG¦F0Jc7¦P-TF2Vs¦VfLwl¦ISdj2¦I-uT4cH¦LTqfr¦eB3_X¦miaK_¦scKBy¦3XMJu¦3Z_bW¦laj6V¦_ENu_¦hwbSS¦bimsY¦xzRlL¦GNudY¦kyQpA¦HiOWZ¦rUZL_¦HHS9G¦HrHdd¦gUZqW¦uF2Ni¦1uBHG¦mXlZi¦WV1PJ¦zTCMq¦Wfgrv¦S98oO¦VALVI¦jMvMg¦lK7KE¦xK0W=76464¦8CA⟧"
      LINEAR                  = "⟦+SEC02 token/linear|lin_a¦pi_UE¦OWVF0¦4etG6¦gIB4y¦npZVW¦GCA0V¦Af2HU¦q4jFw¦O2s⟧"
      TFC_TOKEN               = "⟦+SEC02 token/terraform-cloud|gj17M¦D0tQW¦XR1r.atlas¦v1.feOfu¦wVbA8¦jsRf7¦i7smT¦6V7f9¦vMxmn¦V6aKp¦mAwKf¦PuXTq¦8xJ1l¦kPzit¦rHLeb¦HUxuF¦js⟧"
      PULUMI                  = "⟦+SEC02 token/pulumi|pul-ab27d¦45142¦46c45¦a1098¦32e7d¦11a71¦caa6f¦79865⟧"
      GITHUB_SHA              = "⟦- hash/git|1de1c¦75edc¦4b8bf¦73eec¦54034¦527e0¦8f2a4¦cd552⟧"
      GITHUB_RUN_ID           = "⟦- id/number|18237465091⟧"
      GITHUB_APP_ID           = "⟦- id/number|348712⟧"
      GITHUB_APP_CLIENT_ID    = "⟦- id/github|Iv1.9580b¦012c5¦d0262¦d⟧"
      GITHUB_WORKFLOW_REF     = "⟦- name/ref|acme/shop/.github/workflows/deploy.yml@refs/heads/main⟧"
      GITHUB_TOKEN_PERMISSION = "⟦- setting/word|contents:read⟧"
      NPM_CONFIG_REGISTRY     = "⟦- url/plain|https://npm.acme.example/⟧"
      NPM_TOKEN_NAME          = "⟦- name/secret|build/npm⟧"
      PIP_INDEX_URL           = "⟦- url/plain|https://pypi.acme.example/simple⟧"
      MIRROR_MARKER           = "⟦- checksum/github|ghp_Q¦7B7oQ¦UMGbv¦4g1QI¦pg5cA¦sHrMM¦4lr1v¦TAbXd⟧"
    }
  }
}

locals {
  # ⟦- prose/comment|gh[pousr]_ and 36 more, the last 6 of them a checksum; glpat- and 20 more; npm_ likewise⟧
  patterns = {
    github = "⟦- schema/pattern|gh[pousr]_[A-Za-z0-9]{36}⟧"
    gitlab = "⟦- schema/pattern|glpat-[A-Za-z0-9_-]{20}⟧"
    npm    = "⟦- schema/pattern|npm_[A-Za-z0-9]{36}⟧"
    slack  = "⟦- schema/pattern|xox[baprs]-[0-9a-zA-Z-]+⟧"
    aws    = "⟦- schema/pattern|(AKIA|ASIA)[A-Z2-7]{16}⟧"
  }
  examples = {
    github = "⟦- placeholder/token|ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx⟧"
    gitlab = "⟦- placeholder/token|glpat-xxxxxxxxxxxxxxxxxxxx⟧"
    npm    = "⟦- placeholder/token|npm_X¦XXXXX¦XXXXX¦XXXXX¦XXXXX¦XXXXX¦XXXXX¦XXXXX⟧"
    slack  = "⟦- placeholder/token|xoxb-your-bot-token⟧"
    stripe = "⟦- placeholder/token|sk_live_...⟧"
    aws    = "⟦- placeholder/token|AKIAXXXXXXXXXXXXXXXX⟧"
  }
  broken = {
    github       = "⟦- checksum/github|ghp_g¦2h51I¦B9NYf¦PqKVC¦nWXaN¦i52x8¦gvQDX¦U1ubv⟧"
    installation = "⟦- checksum/github|ghs_u¦tXVQa¦FmvWk¦URN1o¦lx7CK¦6KA5k¦rLN5y¦zuapv⟧"
    npm          = "⟦- checksum/npm|npm_Q¦jzj4n¦dhi0Z¦B5VA3¦2C7fD¦bctIA¦t4McZ¦PwV2M⟧"
    grafana      = "⟦- checksum/grafana|glsa_¦yhXdv¦rDDBY¦YhCDu¦8CT1X¦5Q62w¦GoWFF¦iQ_44¦c3939¦0⟧"
    age          = "⟦- checksum/age|AGE-SECRET-KEY-1YASS¦T2APH¦0K5Z0¦3Q8GW¦UG5GH¦F7JDD¦QFJKM¦ZGC48¦NTCS0¦4KQMP¦37K5C¦FX0K⟧"
    jwt          = "⟦- checksum/jwt|eyJiu¦Ab1Bz¦WD4be¦QCtTs¦m3Ius¦p8T3x¦PlI.eyJzZ¦laj2U¦aTuqn¦R2QpX¦eXhpE¦R6z2i¦wcjlF¦1wCaZ¦W5H.BJxEK¦NXCRf¦g75Lr¦GsPNA¦iU3R1¦7yvl1¦yTsbn¦BrFht¦Eb4⟧"
  }
}
