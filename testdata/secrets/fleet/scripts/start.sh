#!/usr/bin/env bash
set -euo pipefail
: "${DB_PASSWORD:?⟦- prose/message|set DB_PASSWORD to the password of the database⟧}"
export ADMIN_TOKEN=⟦+SEC05 script/file|WSzAE¦M3X7H¦PIdEI¦LKMwY¦2DTUU¦Sj0Ai¦PI⟧
export S3_BUCKET=⟦- name/bucket|acme-fleet⟧
export DATABASE_URL="mysql://fleet:⟦+SEC06 url/mysql|0Oc32¦mVae4¦6BFKP¦h⟧@db.internal/fleet"
export REPLICA_URL="mysql://fleet:${DB_PASSWORD}@replica.internal/fleet"
export AWS_ACCESS_KEY_ID=⟦+KEY05 aws/temporary-id|ASIAW¦T2P6C¦JQADR¦T3JJP⟧
export AWS_SECRET_ACCESS_KEY=⟦+KEY05,KEY02 aws/secret-key|hD4Up¦CP6IT¦JGQha¦XfTui¦nkFwr¦FoITl¦v7f/u¦HOj/8⟧
export AWS_SESSION_TOKEN=⟦+KEY05 aws/session|FwoGZ¦XIvYX¦dzEnw¦zpSot¦W/PEK¦WDbKs¦+fktN¦F3Ij8¦F4VVk¦mH53a¦uJ/GB¦2Fbu/¦x1hGF¦pkj+5¦bP9s5¦vAseQ¦nUGTV¦QyRUN¦ksf1w¦zaD8H¦m1M5b¦8e9fX¦Pv4CE¦3mZZq¦Akcbv¦1BuOp¦U9Z0y¦7KwXQ¦QS14y¦i7T1I¦PqMdi¦R0kTg¦UYwXq¦eVgfj¦3qrCO¦Ceu/f¦sG0T5¦qlnHG¦UohdB¦5AgYC¦EMtTR¦P62XV¦vWqef¦EjeCq¦99Ee8¦1R3zw¦TmbZO¦EVAcL¦ysByi¦grUnr¦buJgv¦H7f7S¦SrZhl¦+vI/s¦Bzfhd¦G8FoK¦r+tjr¦/N5Q9¦mYM/u¦92eQG¦0arFe¦YJedF¦rQ7vX¦468NR¦SyPw5¦Z0Av/¦BxHff¦j/IKf¦FEXWj¦0PGDh¦pOkzG¦sfAJ3¦d6nER¦FzpwW¦Im9=⟧
exec /opt/fleet/run --token-file ⟦- name/path|/run/token⟧ --revision ⟦- hash/git|e0872¦20761¦ea9af¦836e6¦d3605¦e1767¦ab4f1¦dee5c⟧
