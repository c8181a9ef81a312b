a = <<EOT
﻿x
EOT
