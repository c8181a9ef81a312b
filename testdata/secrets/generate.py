#!/usr/bin/env python3
"""Fills `@form@` in the labelled set with an invented value of that form, and breaks up what looks like a secret.

A case is written with forms (`⟦+SEC02 token/github|@ghp@⟧`); this script, run once, puts values there and a `¦` into
each of them every few characters, so that no file of the repository holds a secret, not even an invented one that other
scanners would report. `tests/it/secrets.rs` takes the marks away. What is already filled stays as it is. The values
depend on the file, the form and its number there alone. `@form:name@` is the same value wherever that name stands.

usage: testdata/secrets/generate.py
"""

import base64
import hashlib
import json
import random
import re
import string
import zlib
from pathlib import Path
from urllib.parse import quote

SET = Path(__file__).resolve().parent
CUT = "¦"
DIGITS, UPPER, LOWER = string.digits, string.ascii_uppercase, string.ascii_lowercase
BASE62 = DIGITS + UPPER + LOWER
HEX = DIGITS + "abcdef"
BASE32 = UPPER + "234567"
BASE64 = UPPER + LOWER + DIGITS + "+/"
URL64 = UPPER + LOWER + DIGITS + "-_"
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

# Forms that are only a text with classes of characters: `<32 HEX>`.
FORMS = {
    "abia": "ABIA<16 BASE32>", "acca": "ACCA<16 BASE32>",
    "akia_old": "AKIAI<15 BASE32>", "aida": "AIDA<17 BASE32>", "aroa": "AROA<17 BASE32>", "agpa": "AGPA<17 BASE32>",
    "aipa": "AIPA<17 BASE32>", "anpa": "ANPA<17 BASE32>", "anva": "ANVA<17 BASE32>", "apka": "APKA<17 BASE32>",
    "asca": "ASCA<17 BASE32>",
    "session": "IQoJb3JpZ2luX2VjE<420 BASE64>==", "session_old": "FwoGZXIvYXdzE<360 BASE64>=",
    "bedrock_short": "bedrock-api-key-" "YmVkcm9jay5hbWF6b25hd3MuY29tLz9BY3Rpb249Q2FsbFdpdGhCZWFyZXJUb2tlbiZY<220 BASE64>==",
    "mws": "amzn.mws.<8 HEX>-<4 HEX>-<4 HEX>-<4 HEX>-<12 HEX>", "appsync": "da2-<26 LOWER36>",
    "github_pat": "github_pat_11A<19 UPPER36>_<59 BASE62>",
    "glpat": "glpat-<20 BASE62>", "glrt": "glrt-<20 BASE62>", "gldt": "gldt-<20 BASE62>", "glcbt": "glcbt-64_<20 BASE62>",
    "glptt": "glptt-<40 HEX>", "glft": "glft-<20 BASE62>", "glsoat": "glsoat-<20 BASE62>", "glimt": "glimt-<25 BASE62>",
    "glagent": "glagent-<50 BASE62>",
    "xoxb": "xoxb-<12 DIGITS>-<13 DIGITS>-<24 BASE62>", "xoxp": "xoxp-<12 DIGITS>-<12 DIGITS>-<13 DIGITS>-<32 HEX>",
    "xapp": "xapp-1-A<10 UPPER36>-<13 DIGITS>-<64 HEX>", "xoxe": "xoxe.xoxp-1-<163 BASE62>",
    "slack_hook": "https://hooks.slack.com/services/T<10 UPPER36>/B<10 UPPER36>/<24 BASE62>",
    "slack_trigger": "https://hooks.slack.com/triggers/T<10 UPPER36>/<13 DIGITS>/<32 HEX>",
    "slack_flow": "https://hooks.slack.com/workflows/T<10 UPPER36>/A<10 UPPER36>/<18 DIGITS>/<24 BASE62>",
    "sk_live": "sk_live_51<97 BASE62>", "sk_live_old": "sk_live_<24 BASE62>", "sk_test": "sk_test_51<97 BASE62>",
    "rk_live": "rk_live_51<97 BASE62>", "pk_live": "pk_live_51<97 BASE62>", "pk_test": "pk_test_<24 BASE62>",
    "whsec": "whsec_<32 BASE62>",
    "aiza": "AIzaSy<33 URL64A>", "gocspx": "GOCSPX-<28 URL64A>",
    "azure_client": "<3 BASE62>8Q~<31 AZURE>",
    "ddapp": "ddapp_<34 BASE62>", "ddpat": "ddpat_<40 BASE62>", "hex32": "<32 HEX>", "hex40": "<40 HEX>", "hex64": "<64 HEX>",
    "hex128": "<128 HEX>", "hex16": "<16 HEX>", "hex12": "<12 HEX>", "hex8": "<8 HEX>", "hex17": "<17 HEX>", "hex7": "<7 HEX>",
    "UPHEX8": "<8 UPHEX>", "UPHEX40": "<40 UPHEX>", "hex20": "<20 HEX>", "hex37": "<37 HEX>", "hex24": "<24 HEX>",
    "nrak": "NRAK-<27 UPPER36>", "nral": "<36 HEX>NRAL", "nrii": "NRII-<32 URL64A>", "nriq": "NRIQ-<32 URL64A>",
    "nrjs": "NRJS-<19 HEX>",
    "pypi": "pypi-AgEIcHlwaS5vcmcCJ<130 URL64A>", "rubygems": "rubygems_<48 HEX>", "cio": "cio<32 BASE62>",
    "hvs": "hvs.CAESI<95 URL64A>", "hvb": "hvb.AAAAAQ<150 URL64A>", "hvr": "hvr.CAESI<95 URL64A>", "vault_old": "s.<24 BASE62>",
    "tfc": "<14 BASE62>.atlasv1.<67 BASE62>",
    "openai": "sk-proj-<74 URL64A>T3BlbkFJ<74 URL64A>", "openai_svc": "sk-svcacct-<58 URL64A>T3BlbkFJ<58 URL64A>",
    "openai_admin": "sk-admin-<58 URL64A>T3BlbkFJ<58 URL64A>", "openai_old": "sk-<20 BASE62>T3BlbkFJ<20 BASE62>",
    "anthropic": "sk-ant-api03-<93 URL64A>AA", "anthropic_admin": "sk-ant-admin01-<93 URL64A>AA",
    "hf": "hf_<34 LETTERS>", "sendgrid": "SG.<22 URL64A>.<43 URL64A>",
    "twilio_sid": "AC<32 HEX>", "twilio_key": "SK<32 HEX>", "mailgun": "key-<32 HEX>", "mailchimp": "<32 HEX>-us14",
    "dop": "dop_v1_<64 HEX>", "doo": "doo_v1_<64 HEX>", "dor": "dor_v1_<64 HEX>",
    "cf_ca": "v1.0-<24 HEX>-<146 HEX>", "cf_token": "<40 URL64A>",
    "dapi": "dapi<32 HEX>", "dapi2": "dapi<32 HEX>-2",
    "pulumi": "pul-<40 HEX>", "doppler": "dp.pt.<43 BASE62>", "linear": "lin_api_<40 BASE62>",
    "postman": "PMAK-<24 HEX>-<34 HEX>", "pscale_tkn": "pscale_tkn_<43 BASE62>", "pscale_pw": "pscale_pw_<43 BASE62>",
    "pscale_oauth": "pscale_oauth_<43 BASE62>",
    "shpat": "shpat_<32 HEX>", "shpca": "shpca_<32 HEX>", "shppa": "shppa_<32 HEX>", "shpss": "shpss_<32 HEX>",
    "sntryu": "sntryu_<64 HEX>", "fo1": "fo1_<43 URL64A>", "fm2": "fm2_lJPECAAAAAAA<400 BASE64>=",
    "heroku": "HRKU-AA<58 URL64A>", "artifactory": "AKCp<69 BASE62>",
    "telegram": "<10 DIGITS>:AA<33 URL64A>",
    "onepassword_secret": "A3-<6 UPPER36>-<6 UPPER36>-<5 UPPER36>-<5 UPPER36>-<5 UPPER36>-<5 UPPER36>",
    "uuid": "<8 HEX>-<4 HEX>-4<3 HEX>-a<3 HEX>-<12 HEX>", "ami": "ami-0<16 HEX>", "subnet": "subnet-0<16 HEX>", "sg": "sg-0<16 HEX>",
    "vpc": "vpc-0<16 HEX>", "account": "<12 DIGITS>", "digest": "sha256:<64 HEX>",
    "pw12": "<4 LOWER><2 DIGITS><4 UPPER><2 BASE62>", "pw16": "<16 BASE62>", "pw20": "<20 BASE62>", "pw24": "<24 BASE62>",
    "pw32": "<32 BASE62>", "pw40": "<40 BASE62>", "pw64": "<64 BASE62>", "random6": "<6 LOWER36>", "distribution": "E<13 UPPER36>", "zone": "Z<20 UPPER36>",
    "bech_bad": "AGE-SECRET-KEY-1<58 UPBECH>", "ghp_bad": "ghp_<36 BASE62>", "npm_bad": "npm_<36 BASE62>", "ghs_bad": "ghs_<36 BASE62>",
    "glsa_bad": "glsa_<32 BASE62>_<8 HEX>", "asset": "<64 HEX>", "logical": "<8 UPHEX>",
    "camel40": "LambdaInvoke<7 LETTERS>Permission<5 LETTERS>Handler",
}
CLASSES = {
    "DIGITS": DIGITS, "UPPER": UPPER, "LOWER": LOWER, "BASE62": BASE62, "HEX": HEX, "UPHEX": HEX.upper(), "BASE32": BASE32,
    "BASE64": BASE64, "URL64A": BASE62 + "-_", "UPPER36": UPPER + DIGITS, "LOWER36": LOWER + DIGITS,
    "LETTERS": UPPER + LOWER, "AZURE": BASE62 + ".~-_", "UPBECH": BECH32.upper(),
}


def chars(chance, alphabet, count):
    """No letter or digit last that a scanner takes for punctuation, and a mix of what is there."""
    while True:
        made = "".join(chance.choice(alphabet) for _ in range(count))
        if made[-1:] not in "-_.~+/" and (count < 16 or len(set(made)) >= min(10, len(set(alphabet)) - 4)):
            return made


def form(chance, name):
    return re.sub(r"<(\d+) (\w+)>", lambda found: chars(chance, CLASSES[found[2]], int(found[1])), FORMS[name])


def number(value, alphabet, width):
    digits = ""
    while value:
        value, digit = divmod(value, len(alphabet))
        digits = alphabet[digit] + digits
    return digits.rjust(width, alphabet[0])


def github(prefix):
    """https://github.blog/engineering/behind-githubs-new-authentication-token-formats/"""

    def make(chance):
        body = chars(chance, BASE62, 30)
        return prefix + body + number(zlib.crc32(body.encode()), BASE62, 6)

    return make


def access_key(prefix):
    """A key since 2019: the account's number stands in the first 6 of its 10 bytes."""

    def make(chance):
        account = chance.randrange(10**11, 10**12)
        head = (1 << 47 | account << 7 | chance.randrange(128)).to_bytes(6, "big")
        return prefix + base64.b32encode(head + chance.randbytes(4)).decode()

    return make


def aws_secret(chance):
    while True:
        made = chars(chance, BASE64, 40)
        if any(c in "+/" for c in made) and sum(c.isdigit() for c in made) > 3:
            return made


def bedrock_long(chance):
    text = b"BedrockAPIKey-" + chars(chance, LOWER + DIGITS, 4).encode() + b"-at-%d:" % chance.randrange(10**11, 10**12)
    return "ABSK" + base64.b64encode(text + chars(chance, BASE62, 57).encode()).decode().rstrip("=") + "="


def gitlab_routable(chance):
    """https://docs.gitlab.com/security/tokens/#gitlab-token-prefixes, lib/authn/token_field/generator/routable_token.rb"""
    payload = chars(chance, URL64, 42)
    text = f"glpat-{payload}.{number(len(payload), DIGITS + LOWER, 2)}"
    return text + number(zlib.crc32(text.encode()), DIGITS + LOWER, 7)


def grafana(chance):
    """pkg/components/satokengen of Grafana: the checksum's bytes with the lowest first."""
    text = "glsa_" + chars(chance, BASE62, 32)
    return f"{text}_{zlib.crc32(text.encode()).to_bytes(4, 'little').hex()}"


def atlassian(chance):
    text = "ATATT3xFfGF0" + chars(chance, URL64, 171)
    return f"{text}={zlib.crc32(text.encode()):08X}"


def age(chance):
    """BIP 173 over 32 bytes."""
    bits = int.from_bytes(chance.randbytes(32), "big") << 4
    data = [bits >> (5 * at) & 31 for at in reversed(range(52))]
    human = "age-secret-key-"
    sum_ = 1
    for value in [ord(c) >> 5 for c in human] + [0] + [ord(c) & 31 for c in human] + data + [0] * 6:
        top = sum_ >> 25
        sum_ = (sum_ & 0x1FFFFFF) << 5 ^ value
        for at, generator in enumerate([0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3]):
            sum_ ^= generator if top >> at & 1 else 0
    data += [(sum_ ^ 1) >> 5 * (5 - at) & 31 for at in range(6)]
    return (human + "1" + "".join(BECH32[value] for value in data)).upper()


def compact(value):
    return base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).decode().rstrip("=")


def jwt(header, claims, signature=43):
    def make(chance):
        filled = {key: value() if callable(value) else value for key, value in claims(chance).items()}
        return f"{compact(header)}.{compact(filled)}.{chars(chance, URL64, signature)}"

    return make


def person(chance):
    return {"sub": chars(chance, DIGITS, 10), "name": "deploy", "iat": 1760000000 + chance.randrange(10**6), "exp": 2075000000}


def sentry(chance):
    claims = {"iat": 1760000000.5, "url": "https://sentry.io", "region_url": "https://us.sentry.io", "org": "acme"}
    middle = base64.b64encode(json.dumps(claims, separators=(",", ":")).encode()).decode()
    return f"sntrys_{middle}_{chars(chance, BASE62, 43)}"


def onepassword_service(chance):
    token = {"signInAddress": "acme.1password.eu", "userAuth": {"method": "SRPg-4096"}, "email": "ci@1passwordops.eu",
             "srpX": chars(chance, HEX, 64), "muk": {"alg": "A256GCM", "k": chars(chance, URL64, 43)}}
    return "ops_" + compact(token)


# Label, first bytes (of the format), and how many follow by chance.
PEMS = {
    "rsa": ("RSA PRIVATE KEY", "308204a40201000282010100", 560),
    "pkcs8": ("PRIVATE KEY", "308204be020100300d06092a864886f70d0101010500048204a8308204a40201000282010100", 560),
    "ec": ("EC PRIVATE KEY", "30770201010420", 112),
    "dsa": ("DSA PRIVATE KEY", "308203560201000282010100", 400),
    "ed25519": ("PRIVATE KEY", "302e020100300506032b657004220420", 32),
    "openssh": ("OPENSSH PRIVATE KEY", "6f70656e7373682d6b65792d7631000000000" + "46e6f6e65000000046e6f6e650000000000000001", 340),
    "encrypted": ("ENCRYPTED PRIVATE KEY", "3082052e305806092a864886f70d01050d304b302a06092a864886f70d01050c301d0408", 600),
    "pgp": ("PGP PRIVATE KEY BLOCK", "95010604", 700),
    "certificate": ("CERTIFICATE", "308203753082025da00302010202", 500),
    "public": ("PUBLIC KEY", "30820122300d06092a864886f70d01010105000382010f003082010a0282010100", 230),
    "rsa_public": ("RSA PUBLIC KEY", "3082010a0282010100", 240),
    "request": ("CERTIFICATE REQUEST", "308202a73082018f020100", 300),
    "pgp_public": ("PGP PUBLIC KEY BLOCK", "99010d04", 400),
    "dh": ("DH PARAMETERS", "3082010802820101", 230),
}


def pem(name):
    label, head, size = PEMS[name]

    def make(chance):
        body = base64.b64encode(bytes.fromhex(head) + chance.randbytes(size)).decode()
        lines = [body[at : at + 64] for at in range(0, len(body), 64)]
        return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----"])

    return make


def putty(chance):
    lines = [base64.b64encode(chance.randbytes(48)).decode() for _ in range(4)]
    return "\n".join(["PuTTY-User-Key-File-3: ssh-ed25519", "Encryption: none", "Comment: deploy", "Public-Lines: 2",
                      *lines[:2], "Private-Lines: 1", lines[2][:48], "Private-MAC: " + chance.randbytes(32).hex()])


def ssh_public(chance):
    return "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + chars(chance, BASE64, 43)


def ssh_public_rsa(chance):
    return "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ" + chars(chance, BASE64, 334)


def encoded(head, size, start=b""):
    return lambda chance: head + base64.b64encode(start + chance.randbytes(size)).decode()


def grafana_cloud(chance):
    token = {"o": "841234", "n": "stack-ci", "k": chars(chance, BASE62, 32), "m": {"r": "eu"}}
    return "glc_" + base64.b64encode(json.dumps(token, separators=(",", ":")).encode()).decode()


def grafana_old(chance):
    token = {"k": chars(chance, BASE62, 32), "n": "ci", "id": 1}
    return base64.b64encode(json.dumps(token, separators=(",", ":")).encode()).decode()


def azure_sas(chance):
    """https://learn.microsoft.com/rest/api/storageservices/create-account-sas: the signature is an HMAC of SHA-256."""
    signature = quote(base64.b64encode(chance.randbytes(32)), safe="")
    return f"sv=2024-11-04&ss=b&srt=sco&sp=rl&se=2027-12-31T23:59:59Z&sig={signature}"


def discord(chance):
    """https://discord.com/developers/docs/reference: the bot's id in base 64, a time, a signature."""
    bot = base64.b64encode(str(chance.randrange(10**17, 2 * 10**17)).encode()).decode()
    return f"{bot}.G{chars(chance, BASE62, 5)}.{chars(chance, URL64, 38)}"


HS256, RS256, ES256 = ({"alg": name, "typ": "JWT"} for name in ("HS256", "RS256", "ES256"))
MADE = {
    **{name: github(f"{name}_") for name in ("ghp", "gho", "ghu", "ghs", "ghr", "npm")},
    "akia": access_key("AKIA"), "asia": access_key("ASIA"), "aws_secret": aws_secret, "absk": bedrock_long,
    "glpat_routable": gitlab_routable, "glsa": grafana, "atatt": atlassian, "age": age,
    "sntrys": sentry, "ops": onepassword_service, "putty": putty,
    "sas": azure_sas, "discord": discord, "glc": grafana_cloud, "grafana_old": grafana_old, "azure_storage": encoded("", 64), "key44": encoded("", 32),
    "smtp": encoded("", 32, b"\x04"), "sha512": encoded("sha512-", 64), "sha256b64": encoded("", 32), "md5b64": encoded("", 16),
    "h1": encoded("h1:", 32), "b64_24": encoded("", 24),
    "ssh_public": ssh_public, "ssh_public_rsa": ssh_public_rsa,
    "jwt": jwt(HS256, person), "jwt_rs": jwt({**RS256, "kid": "a1"}, person, 342), "jwt_es": jwt(ES256, person, 86),
    "jwt_service": jwt(HS256, lambda _: {"iss": "supabase", "ref": "qkzvnlwmxptryubd", "role": "service_role", "iat": 1760000000, "exp": 2075000000}),
    "jwt_anon": jwt(HS256, lambda _: {"iss": "supabase", "ref": "qkzvnlwmxptryubd", "role": "anon", "iat": 1760000000, "exp": 2075000000}),
    "no_jwt": lambda chance: f"eyJ{chars(chance, BASE62, 30)}.eyJ{chars(chance, BASE62, 40)}.{chars(chance, BASE62, 43)}",
    **{f"pem_{name}": pem(name) for name in PEMS},
    **{f"pem_{name}_escaped": lambda chance, made=pem(name): made(chance).replace("\n", "\\n") + "\\n" for name in PEMS},
    **{f"pem_{name}_base64": lambda chance, made=pem(name): base64.b64encode(made(chance).encode() + b"\n").decode() for name in PEMS},
    "pem_rsa_escaped2": lambda chance: pem("rsa")(chance).replace("\n", "\\\\n") + "\\\\n",
    "basic": lambda chance: base64.b64encode(f"deploy:{form(chance, 'pw16')}".encode()).decode(),
}
named = {}


def value(name, path, count):
    name, _, alias = name.partition(":")
    seed = f"{name}:{alias}" if alias else f"{path}:{name}:{count}"
    if seed not in named:
        chance = random.Random(hashlib.sha256(seed.encode()).digest())
        named[seed] = MADE[name](chance) if name in MADE else form(chance, name)
    return named[seed]


def fill(text, path):
    counts = {}

    def one(found):
        name = found[1]
        if name.partition(":")[0] not in FORMS | MADE.keys():
            return found[0]
        counts[name] = counts.get(name, 0) + 1
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        indent = re.match(r"[ \t]*", line)[0]
        return value(name, path, counts[name]).replace("\n", "\n" + indent)

    return re.sub(r"@([\w]+(?::\w+)?)@", one, text)


def broken(label):
    """A label's text with a cut into each longer word: all words of a secret, of others those that look like one."""
    head, text = label[1].replace(CUT, ""), label[2].replace(CUT, "")

    def word(found):
        run = found[0]
        looks = len(run) >= 12 and (any(c.isdigit() for c in run) or run != run.lower() and run != run.upper())
        if not head.startswith("+") and not looks:
            return run
        return CUT.join(run[at : at + 5] for at in range(0, len(run), 5))

    text = re.sub(r"[A-Za-z0-9+/_]{6,}", word, text).replace("PRIVATE KEY", f"PRIV{CUT}ATE KEY")
    return f"⟦{head}|{text}⟧"


def main():
    for path in sorted(SET.rglob("*")):
        if not path.is_file() or path.suffix in (".py", ".md"):
            continue
        before = path.read_text()
        after = fill(before, path.relative_to(SET).as_posix())
        after = re.sub(r"⟦([^|⟧]*)\|([^⟧]*)⟧", broken, after)
        if after != before:
            path.write_text(after)


if __name__ == "__main__":
    main()
