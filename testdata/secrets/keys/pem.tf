resource "tls_self_signed_cert" "ca" {
  private_key_pem = <<-EOT
    ⟦+SEC03 pem/pkcs8|-----BEGIN PRIVA¦TE KEY-----
    MIIEv¦gIBAD¦ANBgk¦qhkiG¦9w0BA¦QEFAA¦SCBKg¦wggSk¦AgEAA¦oIBAQ¦A75oD¦tKzAr¦zUvP
    r/t62¦9Ut9q¦RPkG6¦T6vNB¦YDHl4¦Ul2uh¦Mna7e¦yQiGk¦yqpuR¦78e+4¦FCZ7b¦3iHMb¦7bXK
    yK2LQ¦H4ZwS¦/vuJX¦FM3xl¦qxtTZ¦ChNr2¦i51L9¦TV9Og¦i5iLw¦i9CF8¦yQvUj¦TT1f2¦raLt
    suRBe¦y6VdI¦wVXdq¦Qdg0Q¦RSn/o¦Zr7gA¦MTyYv¦brPEB¦91Mg8¦VHZGG¦DuLRx¦/er6J¦fV9h
    Io1F8¦aNI9P¦Pt+QT¦0UBTH¦qNjP9¦EvR/7¦oP6G2¦c0RMG¦2t8fm¦ho6mk¦5xS0O¦2/5D5¦jDxV
    L/7mV¦MojkM¦5Yunr¦mncds¦bhw88¦WU4DE¦zToeO¦vvPnW¦K3rgk¦kzfh7¦m3jD+¦LwOn0¦4zc/
    Z/vEt¦mD+xW¦aeDBW¦saYCb¦iuviG¦rpDgz¦K8ILA¦kK1Dx¦a8s6f¦KZb/c¦Zf5za¦2yNxm¦m0qd
    XOe2L¦NATxm¦UX6kM¦OwnPE¦QIBRq¦h9bjs¦vwUDC¦14wNU¦ABai8¦9iayV¦kXVqp¦5P/n1¦AxfS
    LTxI8¦nne15¦0Yegp¦w2Kyz¦5SHnu¦rLBK3¦CSbP5¦jJwPj¦nU7Rq¦d04p+¦OiUip¦eILwT¦+y1U
    fAvO9¦sl1uI¦71mpF¦0tcoL¦XalJQ¦+iC0A¦0jhA2¦+aTmT¦poOkT¦0JtjD¦MNri0¦aTb47¦GhcP
    iUV01¦6eSpL¦UFktV¦YeRdW¦PeL4v¦UimcH¦6FKsj¦zMIHb¦HPDUq¦NNFnS¦LyT76¦sq8gD¦+7hS
    yXZFD¦2S/Lh¦k08PV¦CXIUl¦/gnNq¦GpoVK¦BZnW+¦l8czn¦KA1pL¦rKvo+¦PyBmc¦CU5Ge¦Eoj/
    8Gy4k¦RA6kI¦gOcXt¦Cgl33¦JLDs9¦QzDpw==
    -----END PRIVA¦TE KEY-----⟧
  EOT
}

locals {
  rsa = <<EOT
⟦+SEC03 pem/rsa|-----BEGIN RSA PRIVA¦TE KEY-----
MIIEp¦AIBAA¦KCAQE¦AdC23¦bYksg¦vB+k5¦0yGX+¦dOMwS¦vGXJO¦ycwuR¦iAJ92¦ATpd5¦kEha
27MGz¦1CRmZ¦KKWZi¦nAH9s¦YHygk¦5UcOb¦SRimG¦BVJU7¦PjhC8¦yb+vJ¦lFWnq¦mM3Yi¦1Pv+
ulRUB¦IRL3i¦LPFn3¦UEMoj¦lwIPt¦z7134¦G7ZEB¦+DlyE¦j7aaF¦+dqEC¦M+IlE¦j11oi¦m5Q3
K4e+1¦9wZjI¦Peb+z¦Fr5WR¦oL081¦IZY+D¦YxiX0¦ehtHt¦6rddT¦KyudN¦Y/X9C¦mcncQ¦wGWE
E7nrW¦Wmf/S¦Hy6Mk¦gXUTB¦dh6Hg¦9HyGq¦rYs8T¦xsPMQ¦mM5Yl¦i5JPL¦d1lGp¦CngBm¦Iro2
lInY8¦XaMjs¦dmP9L¦bt8u9¦diy/R¦qYPAH¦mI35j¦oCI/8¦DQHTY¦lcCYD¦R9yiX¦TwRs3¦uUfH
6Iiyi¦Y0aHw¦4u4BH¦7pMqr¦IzbX0¦/Ha2P¦3Wyr2¦1SmkF¦tCDCK¦tBMpM¦cmQUe¦qzxwc¦haKR
ot5W5¦F/U+g¦gcoAG¦B7I+0¦PmSRL¦mZzfj¦oY9Yq¦onxNC¦2uVEG¦tf3NZ¦Hl2gp¦kdEPS¦H609
7J/lG¦BdGoc¦g8B2x¦Qg73S¦Q98cI¦mP0h4¦qokW1¦k0nN7¦Opd/0¦R19Gn¦iYpTJ¦cO12S¦g5+R
5Ja+e¦Ccd4u¦BGD4E¦X2aIV¦1TaiV¦b7NyJ¦WCdvQ¦iI5Yx¦X8Nx7¦f2GFY¦1ifMy¦ZVzY2¦9row
NOcXg¦kr5rh¦Kdhbb¦ZjvVL¦s7uf1¦b+1Kj¦yMVL2¦F8rhO¦T1lgw¦pzI1t¦STUpG¦TesGm¦NZMr
Tl5mw¦BUSsr¦1yLX+¦qWEhH¦ZRWWG¦+ptJL¦GrcmC¦QmY2/¦a7Edv¦eovM1¦goMUm¦M6uI=
-----END RSA PRIVA¦TE KEY-----⟧
EOT
  dsa = <<EOT
⟦+SEC03 pem/dsa|-----BEGIN DSA PRIVA¦TE KEY-----
MIIDV¦gIBAA¦KCAQE¦ASI0F¦BxdiJ¦uM5/r¦YL9uv¦A2dCD¦i35xK¦Fqd2Z¦TjdAz¦NZSMW¦Zq46
QA7Yc¦aWa/X¦WIKvt¦iVonk¦Nd/4B¦JwFpD¦29SwU¦zGTcT¦zl9TV¦8oY4/¦/isVo¦2AyuQ¦tawg
sqELb¦SpPGT¦RtynV¦yyVWq¦4/IKV¦RqHAr¦EA8Fr¦K9HkM¦HqMYx¦ZPEom¦kZ3jw¦KvA7n¦I0fk
1LcX0¦MPuxB¦KIUKB¦AmARC¦Iv4o/¦4XVX6¦Zok+6¦SpRIu¦j5dD3¦B0jIw¦0q8p1¦3cQLC¦90Vd
hNm4D¦FbwRl¦WNR5A¦hbEWd¦cyYlZ¦ZCUGT¦971Me¦Mtoic¦Ps9gt¦ZgUHC¦uWpat¦fJ8Xn¦IJ6J
sRXMF¦RFe/6¦1lg3H¦H345a¦mahXM¦PIn3b¦mb05d¦tS6/d¦TB9nY¦w+LzK¦EbPt1¦KbgTS¦vB2C
h/szh¦bKWqg¦Pgx2U¦3edou¦uWpim¦tNSIS¦OsgpB¦+ou8K¦X+sP8¦EcH5+¦drn0c¦wJvZ+¦5mKm
54OEw¦RdfSP¦XLTo9¦QfK96¦5xvm2¦e7pWH¦KzICG¦XoCnN¦jnDvp¦+951n¦huGP3¦9xgjR¦OfLA
YN/3l¦rMfjY¦GwecU¦LgX1F¦1bWbr¦CqTC5¦pkivc¦IiA==
-----END DSA PRIVA¦TE KEY-----⟧
EOT
  ed25519   = "⟦+SEC03 pem/escaped|-----BEGIN PRIVA¦TE KEY-----\nMC4C¦AQAwB¦QYDK2¦VwBCI¦EIEj9¦oCZmK¦muK0M¦tw054¦YO4a6¦GTy7C¦IQ4U3¦YGqea¦MlByW\n-----END PRIVA¦TE KEY-----\n⟧"
  openssh   = "⟦+SEC03 pem/escaped|-----BEGIN OPENS¦SH PRIVA¦TE KEY-----\nb3Bl¦bnNza¦C1rZX¦ktdjE¦AAAAA¦BG5vb¦mUAAA¦AEbm9¦uZQAA¦AAAAA¦AABy/¦SLWvz¦eJRZf\nq9rW¦0pNX+¦0SiKR¦aNeVh¦7S2k+¦bnrCR¦7dhKY¦+6v+/¦h5vaX¦sSV71¦32Vga¦jlmUm¦F5UJ4\nQIqn¦OArrl¦nG7QA¦UFt1T¦+x0JH¦hy2qK¦2WLNc¦KqiN0¦HfRFl¦vTb/s¦86Xj4¦mU0M0¦KQxq+\nkvQh¦KMJ9/¦qGIyn¦Z65oq¦iHe6e¦+AH76¦0rXrb¦A4Le7¦pR5GY¦fUj+5¦HVdKe¦N2107¦WDZRk\nDuSj¦aKSgG¦hwnQL¦oxlRC¦cmHNF¦i1VNs¦muOzR¦t/rxg¦YIW87¦hlWS7¦qpIuq¦iQutP¦roYpI\nY7BM¦Eqkxn¦QeoS2¦NkiBf¦mt1JY¦e+Dpf¦CeEfP¦XIq+S¦HByK3¦uBpw8¦b7dBo¦lxLNS¦U+51a\ngo/a¦l0imI¦NssEo¦IsNpA¦lC+OL¦wsw/L¦mB5cu¦v3HjN¦ymb98¦x1Qu+¦Rt7jv¦iiH2H¦v3lGF\nVx1r¦4cXNk¦1PI7e¦7Kv0V¦Uqs8h¦CcrKZ¦ABFl2¦wVbpc¦ml9Tg¦J4+Eu¦bBB4Y¦H6bA==\n-----END OPENS¦SH PRIVA¦TE KEY-----\n⟧"
  encrypted = <<-EOT
    ⟦+SEC03 pem/encrypted|-----BEGIN ENCRY¦PTED PRIVA¦TE KEY-----
    MIIFL¦jBYBg¦kqhki¦G9w0B¦BQ0wS¦zAqBg¦kqhki¦G9w0B¦BQwwH¦QQIPP¦k3OqE¦8fUbB¦EZgw
    WLBs/¦iipcI¦jz/2m¦nzOiX¦0QXFt¦jmJbA¦syODa¦ZF13V¦KvDXa¦DrGa+¦CK5Q7¦NZlbQ¦Kuxs
    frUxr¦RzafM¦GvNAc¦KMxqj¦x8X+z¦hYeOV¦PCdNQ¦PG08Z¦c1mh8¦v92VM¦R9nh1¦M+OZV¦mSZA
    4zn4v¦gvgCL¦v3Tgu¦ISfua¦7s5+G¦Z/Njj¦oz8Wt¦ZrMYO¦QgMSb¦hdZqx¦67H+f¦GoAIK¦tVWl
    eecza¦zJgAI¦Xo9LG¦tSkBP¦drfzr¦E3QDx¦OLvw3¦EzlZM¦TbzOC¦rgteg¦X2Wih¦n006D¦Ti4x
    SFSr+¦BnYoP¦yJ9dW¦eCmJC¦vYZSN¦sarvX¦ZZTOT¦h/oYx¦9uvV8¦BDEir¦jssPl¦7imrP¦SYrT
    YcGmN¦XPRuo¦X1fxu¦zV0nw¦hq5Xs¦KRabI¦g2rr5¦5hdMY¦4wHhB¦U5UcX¦HRZN5¦Nc3cD¦5aE1
    at7Ec¦B+dYK¦Srab4¦vWkPo¦1cSOy¦c30Pk¦3rbQY¦ALi3e¦7mn72¦+Y9G/¦USJUw¦vsoM2¦5RLh
    MHRaV¦QT4dZ¦fsP8k¦+TSlC¦XCeJl¦nIYwB¦6DviS¦b+3Od¦lBCP1¦1/OfY¦RGQ3V¦OEJl6¦vPSy
    UkqDz¦tRzvh¦CVcrU¦C07gs¦vaMOe¦rNIQq¦Tq57w¦6vAmk¦MBTsT¦jLzlL¦zbXk6¦5g+6I¦isvl
    O3U2s¦EAerI¦5oA+N¦YYrXL¦4tbK+¦FAcuo¦t8yXa¦aXZhQ¦Ig5eI¦89NS+¦cDssf¦73KB7¦pp4b
    3/acj¦CIO0s¦ojxrV¦nCZ5+¦Vr/BJ¦VoXIY¦ErF4F¦Nmo/b¦uq129¦NdQ8E¦2vlLY¦dJGoG¦Md5x
    BKEZX¦ZS9o+¦Pk84z¦1o8j/¦Kjveb¦646QR¦ozaCH¦tI8v0¦YglJp¦lIOSL¦rvQZl¦itJD1¦Z7pt
    dJIbJ¦7+TF4¦REwd4¦q
    -----END ENCRY¦PTED PRIVA¦TE KEY-----⟧
  EOT
  pgp = <<-EOT
    ⟦+SEC03 pem/pgp|-----BEGIN PGP PRIVA¦TE KEY BLOCK-----
    lQEGB¦JmjvI¦5uqsO¦9nkyE¦AnmYK¦+Zi+M¦aWuO4¦8s3gH¦r3hRH¦tGOdE¦NqHOo¦qqoWV¦WTFM
    pzijr¦iZI5r¦J8fqj¦VpYT/¦6SZGW¦chyGy¦YtsIp¦wkKwr¦/9pQI¦TkKGR¦4hM4e¦gqmBz¦j1kG
    RYts7¦kyT0S¦10GA+¦615Da¦C1wwD¦7IuZl¦2maSR¦6Apxn¦Mcy8Y¦puoou¦ypkKJ¦oG69R¦zB1c
    QnN7b¦t21Cn¦9qYy7¦NtyM7¦M57r4¦qhXqI¦7YrAp¦6HC4K¦7mQ4G¦fVGfs¦RR0P9¦09wBe¦xYsW
    35joF¦P71oG¦yYKQt¦l9rPQ¦Odjfu¦O+WfP¦W3Lxx¦Z8MPK¦nDWxe¦0K1Bd¦ziedL¦dayCY¦QCLB
    vuCzS¦fnM1W¦BsNpj¦ako+u¦Vo1qe¦d1/qT¦4uhOe¦/NlG9¦2cEsu¦YL2Ex¦nyqlv¦OGzu7¦OQi8
    35/Ny¦WTBLn¦9Oh7v¦zmNC6¦2RADb¦wvt4m¦dZ0TN¦po35c¦FLG4H¦et8ha¦ItpGC¦zIoBD¦wvbB
    xUGV/¦ZTNRg¦ZedUy¦pkS62¦9Igbd¦Wp8+P¦XUYg0¦3b1af¦zzXZR¦/BLig¦GNCYt¦ptEKg¦fzJS
    q111g¦6rH+X¦UFA/a¦whKte¦V6HDr¦nZbiz¦5qjld¦bFkBb¦yH0te¦dLBPM¦+ZpH2¦0HvUT¦Ulgt
    vxP3B¦cra/e¦mqmhF¦hCvsg¦lQOu3¦x+2vc¦11T1J¦6kqSV¦9aQas¦opSmH¦reYZe¦C+Idw¦fxAH
    OFX1D¦RCM42¦E5l8R¦u/rQJ¦hp9wj¦1ryJ+¦u4Yh4¦z8ryj¦vDQ87¦Oc2ZC¦MNDsa¦FkzWE¦xPMi
    FG96R¦V11Oh¦EXMkC¦QOZh7¦YXJ7K¦Mjt6c¦JNEaO¦B0jfi¦fGKeE¦X6+i7¦cRCCs¦3Sd+o¦K0ED
    gn7UB¦7NFGt¦53WqT¦3bYpC¦rDqw/¦vMzIW¦KwRri¦/V3hp¦NblXu¦kW/AB¦2mYqH¦yeNwZ¦Ea18
    NTtNR¦86fJN¦8Zbvh¦0ODcU¦S8kL3¦zAJhH¦HaFFG¦Yj+5N¦kgU/c¦ZKJIt¦Uggqp¦6NEN0¦tRAb
    umulH¦88QGh¦e6NAT¦+Ojq+¦jsxIQ¦ZV+v8¦DcMJu¦v2eeN¦Nko=
    -----END PGP PRIVA¦TE KEY BLOCK-----⟧
  EOT
  putty = <<-EOT
    ⟦+SEC03 pem/putty|PuTTY-User-Key-File-3: ssh-ed255¦19
    Encry¦ption: none
    Comme¦nt: deplo¦y
    Publi¦c-Lines: 2
    rGwCF¦mT8+t¦6Jo1l¦XT+1b¦k3SRQ¦fQyOT¦DOixy¦ixuvk¦TYimJ¦KvPes¦ICJOj¦whbXy¦k7s9
    nBqt3¦ffV51¦xasg+¦0vPCm¦Ylej9¦eV9/G¦Gx8Er¦WYo3A¦OeNyC¦MkfPD¦pBPdN¦VEaRP¦/8Ss
    Priva¦te-Lines: 1
    2N+9z¦nsIpt¦DfwNR¦3QuM0¦8G+5O¦jTNS0¦qR63g¦huz/t¦nrsEA¦hVR
    Priva¦te-MAC: 6fef8¦9a008¦cf4c4¦a4418¦6d447¦523b6¦36108¦ecc31¦a1dc2¦44e69¦9c108¦532be¦f6d5⟧
  EOT
  encoded      = "⟦+SEC03 pem/base64|LS0tL¦S1CRU¦dJTiB¦SU0Eg¦UFJJV¦kFURS¦BLRVk¦tLS0t¦LQpNS¦UlFcE¦FJQkF¦BS0NB¦UUVBd¦TRvQj¦RoZDR¦lRXNZ¦a2ZMM¦nFvTX¦d5bHl¦PTWh4¦cnlvN¦TRxZV¦VaS3p¦uTVFC¦Z2ppT¦mZrCn¦NVRkZ¦ITWpm¦WkJUV¦2RDQ0¦h4cFl¦rUjJj¦N1ZwM¦lJVWn¦RhWkN¦5bjdF¦a3dvM¦Xd6Vl¦M1d3l¦la0Y1¦MzY1N¦lVHYX¦FCZlA¦KeDEx¦RGFlZ¦zd3T1¦BRL2h¦VQWZX¦YWdiQ¦kJFUm¦ZRVjl¦1V0Vw¦RjQzL¦1BDMF¦pOOGU¦ySHQy¦RldWY¦kgxQX¦d3L0p¦2bjFV¦aQoyZ¦1hNRT¦lwaGU¦ra2tQ¦ZHRYe¦npsMH¦cvR3N¦2NEp3¦djBaR¦DIza2¦g1bzV¦GSEZ3¦bTYvY¦jR5Rm¦paOWc¦vbFZx¦M21Yb¦XRRCm¦dvd3p¦tbWNi¦LzFqK¦25wQk¦NWVVN¦XMnJx¦QnNtS¦GNGQX¦NNQ21¦ndkRr¦WElOa¦UNWUT¦c0U2N¦RVEVV¦Yktyd¦1h2ZV¦d1TUY¦KZWw5¦blliN¦1Zhcn¦JjRmR¦vQ3FS¦S0p6N¦1oxYU¦12WHJ¦TdVYx¦NUEvM¦npFS2¦hpd21¦jbGdn¦QXlva¦nc2bn¦lqMWh¦5ZjZo¦aApjN¦zdkQT¦Jkam9¦FNXFZ¦bjdvY¦k9NSl¦lXL1J¦RcnZP¦MjRrM¦XFEMG¦lOand¦0K3h1¦UWtCY¦0tVcU¦dETHp¦PdC9h¦M3orS¦Vo5Cl¦o0RHV¦LdXRi¦TWdpL¦0ltL1¦M3STl¦1Ymtn¦aFFLd¦yt3dU¦V6RnZ¦vYmhH¦ZjJRM¦2pGaH¦JmZC9¦Ca1A2¦QW9GO¦CtpYj¦dsL0g¦KU0lT¦VlFNS¦VhVUW¦lJb2g¦3Sktm¦ZmVpM¦lV3VD¦lxbTF¦jZU53¦ZUNGa¦WFMdD¦A1Uld¦1czA2¦bEJhQ¦VNlN0¦9Ecy9¦FNWZY¦bwp2Z¦GR3T2¦5zZGw¦yQ21G¦TDhTd¦HJmcU¦lzZVp¦pbGx4¦bTVrV¦Fc0SX¦hTRWl¦iYW9m¦aFQrW¦ERNam¦twWXl¦YNG83¦RENDM¦W1OCj¦ZYVjI¦5dXlL¦Q25CV¦Fl6ND¦NienJ¦HeWlw¦L24zQ¦3lMZ2¦0yTDB¦udWtD¦V1MzN¦zcyL3¦BXQ2Z¦CUjNt¦bG1RY¦1FITj¦ZpSzE¦KYlJj¦eVY0Y¦kdKeE¦N4MEZ¦Rc0Fh¦WUJHc¦FdYQ2¦VSdWV¦CeW9G¦R0ljU¦zdRK0¦dBa3o¦vQ3R4¦V1Yya¦FJWY3¦BSb2M¦9Ci0t¦LS0tR¦U5EIF¦JTQSB¦QUklW¦QVRFI¦EtFWS¦0tLS0¦tCg==⟧"
  encoded_ssh  = "⟦+SEC03 pem/base64|LS0tL¦S1CRU¦dJTiB¦PUEVO¦U1NII¦FBSSV¦ZBVEU¦gS0VZ¦LS0tL¦S0KYj¦NCbGJ¦uTnph¦QzFyW¦lhrdG¦RqRUF¦BQUFB¦Qkc1d¦mJtVU¦FBQUF¦FYm05¦dVpRQ¦UFBQU¦FBQUF¦BQk1x¦QTVHS¦2Fac1¦Vmcgo¦wUjEz¦Tm84c¦1hLUD¦JtblZ¦KdGVG¦cS96e¦lZvK2¦FBamF¦pL3Rj¦UEJBW¦Hd0Wk¦NxU0o¦xVXQ0¦a2xlS¦UErb1¦ZQNEl¦5VFZq¦ClE2R¦FJ6cz¦ZUV2d¦2MXl3¦UHNEc¦1h2Tl¦lRbmJ¦FZm9n¦RzhZd¦ndmWn¦I1Skx¦sMEIr¦UnVWc¦EFxek¦hsUE0¦zVjA3¦L0V3R¦zkKSH¦YxRUt¦Sb3pC¦dkdzM¦VkrQ3¦F1eVd¦xdTIw¦ajZES¦0xOYV¦ZXT2x¦2cllv¦dmZ2Y¦3pudC¦tBc29¦PYWxS¦K2JMR¦S8rQm¦Vxawp¦qSDJu¦RXdCV¦EZXd3¦pRZzV¦LTktS¦ZzBjN¦2M0S2¦tiaDl¦VaVJO¦MXJqN¦2Z0RW¦NEWW5¦oeWcw¦dGhnY¦jI5NF¦JFSjI¦4b1V1¦CnpjU¦zhFUi¦tmRkR¦KaDM2¦OXZHU¦itQSE¦NuZlN¦6cnZO¦NW1LV¦npEMk¦1Tazd¦oa2k1¦Mld3b¦DRzbk¦RJMkl¦6Qmpo¦K3krY¦nMKSV¦FVNHJ¦TdjNR¦WUVJa¦WlHVy¦swd0x¦NMHBB¦TUpib¦WNDaD¦JaRDR¦xVEYz¦LzNTa¦3prZC¦94S0k¦0NDhm¦OFRMT¦1BUNV¦ZSLwo¦1N05t¦TVU0a¦TFabk¦0zSjd¦2Tkti¦dzliV¦DViN1¦Q3SEt¦5Sk5j¦anF5R¦3ZvYz¦NvYWx¦4WC92¦MTNkO¦VhzcF¦ZRPT0¦KLS0t¦LS1FT¦kQgT1¦BFTlN¦TSCBQ¦UklWQ¦VRFIE¦tFWS0¦tLS0t¦Cg==⟧"
  json         = "{\"privateKey\": \"⟦+SEC03 pem/double-escaped|-----BEGIN RSA PRIVA¦TE KEY-----\\nMIIE¦pAIBA¦AKCAQ¦EAIUH¦FCo2r¦BJ4J9¦ckXC/¦hjLd5¦Z6kAd¦Pawbl¦0Z04w¦Shft8¦BN67g\\nprsO¦lZ1lr¦2QNZg¦UGqUd¦zNrg0¦yvwxi¦Vgryl¦wSnwS¦mtKes¦hjDo7¦b9juI¦7xDeQ¦UTwz0\\nT4tD¦59Lgx¦/rP/J¦Eyzo4¦H9/pb¦87kFz¦ptCkK¦Ya4jX¦RNQ8g¦Wh2uG¦DI9Pg¦4sCxV¦ZcDdQ\\nmhCP¦f+ei6¦GhXBo¦zee3u¦k/tMH¦FGyG3¦BfeD1¦2wl+R¦cMm27¦BKHXb¦2PbQY¦MCTXc¦/PXo1\\nSsbg¦w0EbV¦woRCy¦Yh3dQ¦Io5jg¦wBpT5¦pu4k0¦GXCHP¦zhUdq¦ubqXw¦PPCnw¦UD4Ne¦zawjq\\nhlqb¦ySFW+¦4uoQc¦21qjx¦19aX5¦DQQ6h¦wlJy3¦hWnfW¦Np5Ii¦3LwJT¦LnbnZ¦mJ57K¦dU9TV\\n8lb9¦6F1Ph¦2T5jX¦wvuqu¦0OOoX¦2Xl6E¦SI7le¦f3Psz¦7DVfR¦fIZ7E¦H1PQm¦FwNrI¦ImcUv\\nk6R/¦HYiwa¦8Y0ej¦PgVC8¦SlTS+¦7dhU6¦JsmrP¦wTc8X¦FHJEX¦4M7m3¦k5g4B¦ir3Z9¦z1W/T\\nrEqH¦Lc8zD¦BpETU¦mYEKV¦KxRCo¦upqvo¦lPH7I¦56AAa¦SJC+J¦KkdFe¦O2ri8¦5zrYe¦Vx9RX\\nsk9M¦DcGAC¦MMbw1¦TGXj4¦IEfGl¦N3hn7¦nlJKD¦lM1Io¦zcRp5¦BwOLL¦hWgr2¦fYhDB¦7NbIX\\nCf8E¦GU/Tq¦ssYgR¦HYN7h¦0aR1y¦+AcW8¦MkWWU¦BIB63¦PC3Il¦Fi94D¦3DdAv¦s1Tz2¦MKk7/\\ngIR5¦ify1d¦t7D07¦t6+YI¦JKM7d¦VYz0Y¦DQsG+¦LIV9Y¦hdEn1¦jxRBJ¦aFRXh¦zv6vw=\\n-----END RSA PRIVA¦TE KEY-----\\n⟧\"}"
  age          = "⟦+SEC03,SEC02 key/age|AGE-SECRE¦T-KEY-1UJ3E¦2NQ89¦QJKE0¦27AZC¦UT698¦642L8¦MR9KK¦PJ6D7¦K6DKG¦8FYWN¦58QZ9¦X6KT⟧"
  certificate  = <<-EOT
    ⟦- public/certificate|-----BEGIN CERTIFICATE-----
    MIIDd¦TCCAl¦2gAwI¦BAgIx¦Tgm5T¦4YXRT¦qErix¦EpIuJ¦b5Vq/¦ruNhd¦3qDYZ¦UdVXz¦Pe8K
    /ugOU¦iaHgF¦NfaCp¦GkZ6W¦YtUxG¦bCDTT¦j8mii¦YkqkZ¦inX6q¦bH2mW¦b5mSY¦jtdGu¦ksvN
    j/lVr¦ZWOiI¦0uRfw¦qzIbk¦EiwfD¦tYGof¦T8avm¦kUF3T¦6Xk+y¦x3WAS¦aEhmh¦czt0R¦aAi/
    qnNa5¦ctolk¦txdbi¦UhBy/¦gFsI/¦3I5Gu¦fHgHT¦NHd8b¦kz+sz¦poggD¦ID3cj¦upk7S¦HGKs
    xrKoN¦3k/e8¦eO7Gi¦L1LTe¦9clot¦sedmD¦hx7gF¦d8Rk0¦ikWED¦TLTE1¦g+5gX¦2rjEv¦+ZvK
    Zd3eF¦q0wyo¦eolpC¦m4HGD¦2RbaE¦Ul+P1¦o1Y3z¦yZ3Sq¦yiTZf¦z0sWm¦HK9ja¦V4M2V¦QR7b
    SgZqu¦mN4H6¦gmyik¦lGUPQ¦ofCOv¦XAs4l¦c6dwG¦M2NIs¦dTnnZ¦GEAXV¦uqMy1¦a1E61¦lNEO
    AAe6M¦K4VsM¦QCZnl¦TbDXO¦wqd7w¦mQNPQ¦6Semb¦SbjkC¦1swt9¦naW6P¦C1uox¦b82cl¦sNAx
    +SPpx¦Y9gFa¦RtQtt¦9Ptts¦KaUXd¦XOc8v¦9IZ5G¦HwXKS¦IJZ+A¦VGnuo¦vZxnM¦+vhOS¦dXbx
    6YzRS¦s3/oO¦Xpof3¦gcc+0¦IvKTJ¦TgZuL¦dTfUf¦gTBYT¦IJTy/¦MRhpv¦IhYWZ¦8g/GQ¦HxTj
    kbGkP¦MqFE1¦MYYeH¦bFGIb¦bcVF3¦gELRz¦rQ8xm¦lmzcw¦uStOF¦Q==
    -----END CERTIFICATE-----⟧
  EOT
  public = <<-EOT
    ⟦- public/key|-----BEGIN PUBLIC KEY-----
    MIIBI¦jANBg¦kqhki¦G9w0B¦AQEFA¦AOCAQ¦8AMII¦BCgKC¦AQEA0¦FpxEg¦WFV6V¦hbe3n¦iyTy
    sU3cO¦bLQvm¦AEozU¦LFHxz¦Z3Hrz¦Aro1G¦phd3z¦pkukV¦mJtDZ¦4+hUK¦xKvKZ¦Bepc/¦QvqL
    gPU2e¦8viK3¦cTad0¦04WYg¦FV+GU¦py8th¦bO4Px¦t99RU¦ku7xC¦yITfB¦8Ys5/¦DnROq¦Mahh
    MWbS2¦61DQG¦ieKGN¦KW70Q¦mqenK¦lrfai¦DdqXt¦JFuCZ¦AmEwG¦NmJGV¦/5Zlm¦cK7Mv¦EH13
    6N3G0¦HIn/d¦i5bQo¦xbAxN¦QwB21¦OSj3q¦Jjh23¦Yg9Qt¦7ZjXw¦u4xNm¦HMmJh¦7TQo4¦YEFT
    KB/Pv¦VFhI7¦Cfb7M¦XnXG9¦XF/DW¦GiM7z¦4=
    -----END PUBLIC KEY-----⟧
  EOT
  rsa_public = <<-EOT
    ⟦- public/key|-----BEGIN RSA PUBLIC KEY-----
    MIIBC¦gKCAQ¦EAK1C¦HuHH+¦J688o¦m7+Dl¦Ev4F9¦tFdL0¦LYbxK¦Wn0eC¦x2EQ3¦COTHS¦ka/6
    o41+4¦RWSUU¦98QmA¦pjqI9¦MMO2M¦++izA¦7f11c¦PuWdb¦F7+mJ¦HV3m7¦jRoww¦6hVdV¦ma0H
    qQZaV¦MtSPs¦/uejC¦No2bd¦UEqJG¦q6Bt3¦KHZMh¦oioio¦oUc7g¦jqgt7¦7ovKp¦Z9+Uc¦eztt
    vmjPG¦Tf5FT¦x50v0¦nEGi7¦pNbCX¦ItnTq¦MkeNp¦XRPZf¦UNAII¦DwX3B¦3fztc¦edj9Z¦6hOh
    7TJ6O¦8QEwu¦YpqPe¦5En6w¦J//XL¦eHLoj¦POUGm¦vOou9¦BA9ig¦uYvls¦HGwJe¦lofGP¦WpXO
    aZIoI¦NYWGe¦PX
    -----END RSA PUBLIC KEY-----⟧
  EOT
  request = <<-EOT
    ⟦- public/request|-----BEGIN CERTIFICATE REQUEST-----
    MIICp¦zCCAY¦8CAQD¦sFazd¦y48th¦4h4FB¦I1ZQM¦wHTiw¦0MifO¦wW+Gl¦RtoMS¦1ezUi¦govH
    apbMW¦teLeW¦XBDoV¦h1+8W¦wXLf9¦eSwOD¦uBO5e¦w6XO9¦GXI77¦M74SW¦Inql7¦bFlft¦c0JL
    ZgVxD¦QIInn¦lPoXS¦DfAgU¦mibJT¦K602B¦UpYrP¦P9Fsx¦HF1ns¦fgg6k¦jaTaa¦msWSs¦0hew
    QZ32e¦FrgBk¦SAr6t¦Ww1uu¦ImaGX¦p+Pkq¦rz57g¦dCGWs¦U1s+x¦BflsO¦CKQh+¦w9eFh¦qKGU
    8APGS¦UMmmE¦/57/m¦wJlUz¦vm5qv¦zD+ZS¦BEmnM¦9p1WX¦qat9G¦q2CZF¦aqYcp¦YzBkx¦NPt2
    d4C0H¦UovTg¦Tp5Sy¦XVCdq¦KiTkJ¦J7l8y¦IdsL9¦hp6i1¦Qat75¦aeQVL¦yFdzI¦qA3zw¦0o4i
    2R2TJ¦c/W71¦I86mD¦wyP/y¦3+/ME¦RiMDu¦k=
    -----END CERTIFICATE REQUEST-----⟧
  EOT
  pgp_public = <<-EOT
    ⟦- public/pgp|-----BEGIN PGP PUBLIC KEY BLOCK-----
    mQENB¦H2Acp¦EU5qW¦laeKl¦kz8Ja¦da9zl¦h5wpi¦h6YNf¦vh6a1¦Uwcq/¦vt+a4¦FNTnf¦x9Nc
    lC6XO¦gyvBT¦7P5eE¦+vPa9¦mqoap¦T+lzi¦gpMhT¦0Ykb+¦WF4HB¦zoBY5¦rY/wJ¦ZM28h¦Ki32
    XE2b0¦cXolC¦loM9q¦mb83O¦DLqNl¦n23QU¦8YDI1¦m7epS¦246jV¦1gLZt¦8jT06¦7FRYr¦HsZg
    hWKH8¦bSMwn¦6Gbwk¦+u+fR¦SV46F¦dpVu5¦YL5LH¦4ROBc¦jyl4p¦OGqQ8¦hM7Ci¦HtZtt¦evbT
    LX9Xp¦MGtNn¦E2ivE¦LZZuO¦0ioeT¦5pcBi¦mDJkL¦XdXrc¦OjE75¦pZKWR¦cHA9l¦mbK6K¦V7en
    xSZht¦A3Foa¦lEG3i¦Y2h4E¦R1aKE¦VTkgg¦LaZbe¦ynSY0¦TcqmK¦pgM2m¦FZTGC¦Pj+JV¦LiDA
    P1bFQ¦Sywdw¦ZOZKz¦rggUy¦xKXZC¦/1THr¦fh/p4¦L8Blj¦X0Y8m¦6bZ8G¦aWXNj¦h8C/o¦CINR
    ilLmY¦N3iMk¦Jb3je¦4AaJt¦7RF2w¦Ui/RS¦mXHYT¦61RPe¦DJeuj¦eqxBE¦lEfAJ¦8sC43¦qLY2
    +med0¦X6b2+¦fFJQV¦gafx4¦q49JH¦gk=
    -----END PGP PUBLIC KEY BLOCK-----⟧
  EOT
  parameters = <<-EOT
    ⟦- public/dh|-----BEGIN DH PARAMETERS-----
    MIIBC¦AKCAQ¦HV8pY¦Q2aTw¦cowLN¦bwdEX¦HuU7S¦hOXfk¦8ucb9¦ZGst5¦njmBi¦dXEQA¦lkUr
    ZWhsD¦aJ0VX¦9/hBT¦2fxWw¦mE/ro¦VDUnr¦XYUI8¦QKxDQ¦7VbKl¦JqVUh¦s2nrM¦AzB+4¦LcpI
    1GWPA¦11nmL¦vqkYB¦+88he¦ExjwF¦n3lEI¦UkMPb¦KbVuM¦hLpHA¦cjOom¦p2ycR¦RFPf6¦4+Ok
    L3QWe¦Uv6Se¦tyklZ¦QiuKM¦i2ZVu¦sjXt7¦Gt2Bx¦mpRE7¦0hiOD¦rBD7p¦NnSto¦r4V1p¦kmT9
    Zmg6j¦gdeW4¦vgaYf¦lLt/F¦zAMvD¦3vQQB¦0G9Tr¦srZtH¦ejkhi¦mjQb7¦Yg0nn¦Ef90M¦mA==
    -----END DH PARAMETERS-----⟧
  EOT
  encoded_certificate = "⟦- public/certificate|LS0tL¦S1CRU¦dJTiB¦DRVJU¦SUZJQ¦0FURS¦0tLS0¦tCk1J¦SURkV¦ENDQW¦wyZ0F¦3SUJB¦Z0pwc¦FNNRE¦xtUk0¦xUFdk¦dllSN¦WRNeE¦tFc3h¦xSEtz¦SWVyM¦jAyWG¦ppTWF¦EOTYx¦TEgKS¦TRrb2¦t4V0N¦yYXk1¦N0twT¦2hNbU¦90eVF¦RNTli¦cWRze¦kZISW¦Zaa1E¦xek1w¦TFZWZ¦1hPZm¦t5WmV¦EWVlP¦SDZ6a¦EZURg¦pzUVN¦jSUVo¦VllId¦HBDQX¦dsVFp¦NSGJr¦MmVrd¦VRmbT¦Jad2E¦xeWRF¦bmozM¦EdMNF¦QxTE5¦aNHJC¦MGdNQ¦UsrbG¦pQdVg¦5CnNs¦U1E5b¦lQvSU¦FHd3Q¦xRXRF¦aHo5T¦252d0¦9lY0F¦TVEZI¦Um94c¦Wl4d1¦VLeVd¦paXNL¦QVVsU¦kRHOU¦c4NDI¦2djBx¦TFMKV¦i9IRT¦VDVGE¦0Rnpy¦S0RNO¦WlxUG¦N4UFd¦wdVJJ¦WWJzR¦2U2RX¦ZjVHp¦UQ0Nk¦T2Vid¦UFmSF¦JhT1l¦RUko5¦WnE3U¦1A3Vw¦p5TGd¦EbDVP¦S2Rqb¦lhlQk¦hGTlB¦mYThM¦Z2FOT¦0QwVj¦F6dHp¦QaHBQ¦RkxPT¦W8wOG¦FJK0J¦PS1cr¦TDN2O¦ENzNW¦gzTDR¦RCjFR¦Sm1BR¦kh4ZX¦RhNGp¦QV1Ur¦SHZnM¦zJvck¦V6a1U¦yVUNS¦Mkpzb¦2c2NT¦hiV3N¦Ta05J¦a0ZFd¦lJOVU¦9UY1p¦BN3NO¦UGMKN¦mh0OG¦lYa01¦hTmJl¦VlF0V¦UNlMU¦1adFZ¦rWGNL¦TTRGZ¦zRsdG¦5kZXB¦UZ1h2¦bnc5c¦HNFTF¦NhaEl¦qZSt2¦ZVhoM¦UkyLw¦o1N1F¦Rb1dN¦Z2pWZ¦zBpRV¦U1WGE¦yNFpv¦MUJpZ¦kRZV1¦ZmaGk¦2WTZv¦VlRXd¦mJCZV¦EzSFl¦kOEJY¦SjZSZ¦kVobj¦VNczU¦3CkNz¦dEk5Y¦2ZZNG¦ZMWVB¦ZcUg4¦cGJUS¦WJPSW¦NuM1h¦Xb3BU¦bERLa¦zVCZ3¦YvczF¦uUk9M¦aDFDT¦zJ5eG¦5qSUV¦odnJh¦b0EKY¦jFsVF¦Q3Mnl¦MZERx¦Z0NLO¦VNWQ0¦R3eEN¦1WWN3¦VUtzb¦GNyNj¦FSZ2N¦Ba1RQ¦amkzQ¦T09Ci¦0tLS0¦tRU5E¦IENFU¦lRJRk¦lDQVR¦FLS0t¦LS0K⟧"
  encoded_public      = "⟦- public/key|LS0tL¦S1CRU¦dJTiB¦QVUJM¦SUMgS¦0VZLS¦0tLS0¦KTUlJ¦QklqQ¦U5CZ2¦txaGt¦pRzl3¦MEJBU¦UVGQU¦FPQ0F¦ROEFN¦SUlCQ¦2dLQ0¦FRRUF¦HOWlx¦Yi95Q¦kxoRy¦9CdDF¦YVEJ3¦ZQpmR¦VJUeH¦RSNGI¦yU095¦c1NRU¦DJrdn¦hOTnR¦Ga1E3¦cEdrd¦G9CMm¦xmazN¦EelNT¦TXhmc¦ks4cF¦gzSFF¦MUTRX¦TVVHd¦0RMCk¦lzYmN¦6dkpQ¦cnpnY¦3IxRn¦B6Q3g¦rS01o¦ZHBqS¦2JRM3¦phZW1¦HR2tC¦QjZaN¦jFqSE¦Q0Rmt¦mZjVE¦c3BZT¦Gh4eG¦drc20¦KZXcy¦NWpRe¦DBZSm¦4rM29¦6b3NB¦N0dWL¦2FIM2¦FTZmw¦vaDk0¦ZG13V¦jBJcE¦Jzck5¦vTDU5¦b3p3R¦FQvZ2¦8wNlk¦3bXY2¦TwpMV¦DFSdz¦ROSDl¦odzY4¦VDBJN¦nVGOU¦s4TE0¦waGgw¦YU40e¦VBMRF¦JKaDN¦FNVRv¦ZXpDR¦VI4WV¦RTMDR¦LWTBW¦SGwyM¦nJxCj¦JZV2I¦3ZGgw¦L0M0W¦jlUQS¦t4QjJ¦EWEt0¦dGtCN¦0xvaz¦A9Ci0¦tLS0t¦RU5EI¦FBVQk¦xJQyB¦LRVkt¦LS0tL¦Qo=⟧"
  header_only         = "⟦- placeholder/pem|-----BEGIN RSA PRIV¦ATE KEY-----⟧"
  marker              = "⟦- placeholder/pem|-----BEGIN PRIV¦ATE KEY-----\n...\n-----END PRIV¦ATE KEY-----⟧"
  instructions        = "⟦- prose/message|Paste the key from -----BEGIN OPENSSH PRIV¦ATE KEY----- on into the form⟧"
  starts              = "⟦- schema/pattern|^-----BEGIN (RSA |EC )?PRIV¦ATE KEY-----⟧"
  ssh                 = ["⟦- public/ssh|ssh-ed25519 AAAAC¦3NzaC¦1lZDI¦1NTE5¦AAAAI¦26YlO¦c9jgs¦fCzQE¦2CYQf¦/ehp6¦vcI6+¦K4JcC¦62CZz¦ENF⟧", "⟦- public/ssh|ssh-rsa AAAAB¦3NzaC¦1yc2E¦AAAAD¦AQABA¦AABgQ¦rSzM4¦xSVBF¦ntwxm¦6W+jm¦wDXAQ¦PfMKj¦9ZtdS¦HgU2i¦nBGLw¦JhoVk¦HLpNv¦Mn9Wl¦4uzmm¦NH7JN¦WDYF/¦PVWqY¦synFr¦qoLT3¦hxx2+¦rISYw¦tmzPp¦L1pil¦7LRgO¦JlKbo¦FkRXf¦my5y7¦FRI4+¦E7Bqo¦Vu16I¦/dtMS¦qRipz¦YteDY¦Y94lK¦QrXct¦f1Fcn¦M4/8g¦1tQuo¦36FuN¦oDKyv¦p5xzh¦wn1dY¦yn/zc¦1FrNc¦jSJJa¦buF3V¦EagQI¦16V8d¦BFwKH¦G2pnU¦e+Ilu¦BRd+w¦yo/ar¦zPwXB¦MXL6G¦7BvZs¦Fl+GU¦FLqEZ¦T5FBK¦PtTAQ¦SQkVZ¦oLukx¦C/jsn¦M6Oek¦SXvt0¦Kht6P¦fcfYe¦HFcW jane@acme⟧"]
  thumbprint          = ["⟦- hash/thumbprint|fcc26¦4fde0¦49e91¦240c6¦36a81¦4f240¦958f4¦5f6b7⟧"]
  wireguard_public    = "⟦- public/wireguard|+NwBb¦CCmYq¦zYX8/¦HETBX¦zt98c¦Cvrlg¦qbNm3¦7Jh5M¦FAg=⟧"
}

resource "aws_iam_openid_connect_provider" "github" {
  url             = "⟦- url/plain|https://token.actions.githubusercontent.com⟧"
  client_id_list  = ["⟦- iam/audience|sts.amazonaws.com⟧"]
  thumbprint_list = ["⟦- hash/thumbprint|6938f¦d4d98¦bab03¦faadb¦97b34¦39683¦1e378¦0aea1⟧", "⟦- hash/thumbprint|694c5¦1c0c5¦26f97¦51a73¦6bf5f¦f3aa6¦a8503¦57214⟧"]
}

resource "aws_ssm_parameter" "key" {
  name  = "⟦- name/parameter|/prod/signing/private-key⟧"
  type  = "SecureString"
  value = <<-EOT
    ⟦+SEC03 pem/ec|-----BEGIN EC PRIVA¦TE KEY-----
    MHcCA¦QEEIJ¦JfRCl¦hAmM9¦JPuOj¦6SjBd¦ST7XG¦fKrT8¦dkIqJ¦5+qEX¦jB4AT¦3+GuG¦T0jm
    wWvlt¦ggb12¦TjurM¦N+wiM¦bqO1d¦BZS0u¦39eo5¦syGJG¦BLXlR¦RrINF¦gIhBe¦EwACl¦K+kf
    geCBt¦9F8AP¦MpjAl¦ExQF6¦9/+fE¦sQ7eH¦U=
    -----END EC PRIVA¦TE KEY-----⟧
  EOT
}

resource "aws_secretsmanager_secret_version" "both" {
  secret_id = "tls"
  secret_string = jsonencode({
    certificate = "⟦- public/certificate|-----BEGIN CERTIFICATE-----\nMIID¦dTCCA¦l2gAw¦IBAgK¦U9TAM¦DmjhX¦l2AIq¦TuT4b¦bK9rp¦SSO86¦DjLU7¦4Oxgk¦B8CBz\nIesF¦/9g/e¦re4B6¦kOmBq¦A3JdN¦vb00b¦vl6BN¦tjKPW¦zmZ/W¦GoKzc¦5jvdZ¦Ac4o6¦NPUmo\nOOsC¦wenGI¦pAFkZ¦LT+j4¦Mk0xK¦CIZQB¦q/xhP¦n0vWj¦Vub1L¦DBY1p¦qSEtH¦7+YZo¦kH4yD\nxZn/¦qpjKt¦W23Cb¦PjEgq¦zj5QQ¦1NdIS¦y7Gvg¦mZRBO¦fuVqL¦/lnSD¦6HuR6¦gS0Z1¦P8t2y\nXXo7¦VXFBz¦h2ZQf¦+QqUW¦T1tKj¦xSCmx¦w3CmS¦IGM82¦NUwdd¦nKd0k¦rkNPh¦HcnxN¦dEDav\nmHKo¦rFJMT¦ylIQm¦aTziE¦rimnY¦iVRm1¦+BDGl¦ou4Fm¦vIaE0¦A7wBQ¦P11VV¦luCuF¦kCbUq\ntAOb¦3Wjab¦MJDM0¦1SWIy¦0tGcw¦Augla¦krKOd¦DYTSq¦sWZ7x¦H7+jf¦Tl50W¦wBmzq¦+ZCbs\n0FV5¦lN8VK¦5zyiV¦AQ9A6¦hGslu¦ftjQN¦1fYS0¦2u9YF¦xLLxv¦Rpbpf¦g+B3C¦eXp5b¦Kpaic\nk1PL¦3eOjS¦c17IU¦gU94P¦SEY/H¦NzKA8¦JCLaP¦UHRzY¦2Uyhv¦Wgt46¦W4Zwe¦OpMgN¦oSSLM\nFtqY¦2EZ5p¦yLL8K¦R/ZNe¦r9Da5¦kegBi¦9UAVR¦5eYhD¦wI72n¦u6BTo¦/xBPl¦XK2tN¦Esk13\nwOZz¦3bu/O¦DhP+O¦OwwQd¦2M4xz¦89nNM¦GybrS¦3I/vN¦dnBkH¦cA==\n-----END CERTIFICATE-----\n⟧"
    private_key = "⟦+SEC03 pem/escaped|-----BEGIN PRIVA¦TE KEY-----\nMIIE¦vgIBA¦DANBg¦kqhki¦G9w0B¦AQEFA¦ASCBK¦gwggS¦kAgEA¦AoIBA¦QA7n6¦SOEt7¦62r/z\n5FCH¦rrIok¦M9692¦AW3eN¦d3pph¦UydPq¦nFnJR¦U9iam¦FWUal¦RzIKF¦27H0w¦pI5Gt¦feKiY\npWWv¦UJ035¦IV/+3¦5Ra/M¦wOrVK¦Hxqr/¦iiIHV¦J+Lb7¦uZGjv¦fKTMI¦cGeNa¦tHUBc¦Wl/2G\ne3xH¦vK+Vn¦qS/fz¦iAH7i¦aLLC4¦aOh1a¦5qOdm¦kd1Bq¦6vMzg¦5/4cV¦0J3bW¦DRO6L¦CxTf4\nPw+i¦CXZt3¦tbC07¦GZlOj¦6xz53¦NuA7G¦HjpD9¦ZfLli¦8vA+y¦zBJzF¦KuxA3¦EfqPR¦zSnFB\nvVx1¦yaFoz¦QQ7Ri¦LjSDo¦WtrO4¦oL8Pf¦1F06t¦GThFl¦cENu7¦XXkxZ¦M+hzA¦hyXXm¦BcgQK\nNmra¦EKIyC¦JUBLY¦OV+yX¦LGnGe¦Rfg8O¦hAe3n¦e403h¦vPad/¦d0rY+¦hSMc6¦NFvK3¦IJ1Sp\ncDAb¦bdRS7¦fYRpS¦Irrvl¦3Hi8S¦4YZ4U¦WyiXj¦APVA4¦UoNvm¦qIB6O¦hIaoq¦xX69N¦6ElZV\nADbz¦HlEVe¦H+3Te¦m//V5¦Ft/Nx¦Is97Y¦GSCsW¦E6tzw¦4PvTB¦EuCLT¦9VEi8¦dkOWR¦CYMqG\nOVT5¦6+q8V¦UOEmZ¦zQStp¦1GUa9¦rhST9¦pNqzc¦A7G8y¦7KAb0¦juUKe¦gwy4j¦PsfeG¦2hg/Q\nPWg+¦W2QPH¦pxnlv¦ZWC2c¦wxHSi¦xXCBF¦Tt9Vp¦nCvxI¦0b6Kd¦Lukfh¦z2o9l¦nx/Li¦W4kT3\npSmP¦IU0ep¦13JMZ¦jxbuf¦cwDdo¦9od3d¦kGp/Z¦DvkdB¦X5aJM¦PbIzY¦e2lAE¦ochjm¦zOPXM\nbrl3¦ubGx8¦fgE+B¦DZ58e¦qT2KV¦Pyvg+¦g==\n-----END PRIVA¦TE KEY-----\n⟧"
  })
}

resource "helm_release" "app" {
  name = "app"
  set_sensitive {
    name  = "tls.key"
    value = "⟦+SEC03 pem/base64|LS0tL¦S1CRU¦dJTiB¦QUklW¦QVRFI¦EtFWS¦0tLS0¦tCk1J¦SUV2Z¦0lCQU¦RBTkJ¦na3Fo¦a2lHO¦XcwQk¦FRRUZ¦BQVND¦Qktnd¦2dnU2¦tBZ0V¦BQW9J¦QkFRQ¦mM1Ql¦BZQnU¦1K2tm¦UVMKW¦DM4cF¦RLY3U¦2MW85¦NmFFZ¦EJFVD¦JnaEQ¦vMEJn¦MjRjU¦lVxb0¦F5cjJ¦Rc3di¦aFNuT¦2k2Vn¦RtOWF¦OYzI4¦TnZXY¦VRKVg¦p3UWp¦abmlC¦Wk1zV¦GpMd0¦xEcVR¦rNTlq¦K1Z1V¦jF6Zl¦RyaHN¦SZXJX¦cHdje¦HIwUm¦I4LzB¦xOTFC¦L1A1b¦zJjal¦QwWFR¦nCjFL¦aUI3N¦mMvZ2¦9qTTh¦NOXU0¦ekV2N¦VBuOG¦E1czB¦FTktN¦OE11U¦jlmem¦tscXU¦yTzFP¦bjNtU¦HZkVX¦V6VXZ¦pNkxZ¦OGUKM¦Vh2VC¦9hLzV¦HSUJQ¦NjRRZ¦lpSTX¦VKejN¦pc2J3¦NWRPT¦jNsTj¦g4N1Y¦3WFFo¦d0VDW¦GMvQX¦NDS1g¦rYVRX¦bllyV¦3NQbw¦pjbVN¦2TXpw¦Mnc3O¦Ww5RF¦JsQTR¦XYVFZ¦Tzk4K¦1ZBam¦tuakF¦zbzBC¦NWd4Y¦zFhcT¦BDeW9¦DeHVo¦V1lRa¦jZvRG¦16T2Z¦aClVO¦RXR1U¦jlxeF¦dwMEZ¦KdWsr¦dGJTb¦jhaZz¦RuTi9¦kVU15¦NDAwW¦DJ1OT¦dGZFk¦0aEYy¦WmtSS¦FlWd0¦80bUd¦BYlFM¦WHYKR¦UdjYj¦NDZW5¦Qc3hv¦VitnN¦DVKN1¦FGWXR¦ERHJP¦TGdoa¦EJwZW¦VHd0p¦vM3pB¦VEhIR¦2Z2Um¦pSWHd¦YNDR0¦MVZyN¦VBvUA¦pEVzV¦XNndk¦RStTa¦DVZS0¦Yva2J¦Lb2Zk¦eHY4c¦lZwRV¦VhM2Z¦hTGVW¦MFpVa¦i9WQm¦tnY1o¦weUtW¦TG9wb¦S9yVX¦NlK1h¦0CnA3¦U3pBT¦25Ha3¦ZIU0p¦GMlNE¦K21iU¦lAwS3¦p3VDd¦MVEdZ¦cjhBb¦zBTQk¦paU1R¦ZQWpr¦dVF4b¦09CNX¦V6aEx¦uWlE0¦Y3IKQ¦XNudF¦RrUld¦RYWpN¦MWtCT¦WU0aV¦N3YTV¦Mb2di¦K2Rlc¦URZWk¦ZYSHk¦vNWFh¦SVdkb¦1ZtYX¦BONll¦XV2tS¦NGdHc¦VIvZg¦pKRTJ¦Dc1JG¦cmhYc¦mNWS2¦Jhenl¦NZTdv¦U09Je¦TdJMz¦VNRGt¦4SzRO¦MnBqT¦TZvRW¦5sSWR¦HaGtI¦SVFVM¦Td3MV¦gwQXI¦yCldy¦M0h3e¦EhDU1¦VLaVd¦hUFls¦MWt6e¦lA5Nl¦pQMGN¦PZz09¦Ci0tL¦S0tRU¦5EIFB¦SSVZB¦VEUgS¦0VZLS¦0tLS0¦K⟧"
  }
  set {
    name  = "tls.crt"
    value = "⟦- public/certificate|LS0tL¦S1CRU¦dJTiB¦DRVJU¦SUZJQ¦0FURS¦0tLS0¦tCk1J¦SURkV¦ENDQW¦wyZ0F¦3SUJB¦Z0xjM¦zB0K0¦JsaWY¦0M3p0¦UUlod¦ElZZ2¦Ewdnh¦RTGs3¦bWRCV¦XY4Nj¦l2VTQ¦yK3dl¦bU8KM¦WxBMj¦Q3ZVh¦KVGtv¦QlNSW¦HRIbH¦FXYjB¦0Nll3¦aXkvb¦mt1Sl¦RCNW5¦4cXlO¦ZXd1V¦FN5Zy¦93NG1¦Lcnp6¦d0tnN¦ndSYw¦pweUV¦VZnJE¦OHZJa¦VJlTV¦plUVp¦DVmpI¦cGRoM¦E9NMH¦RCOWN¦RdkNo¦OWZSa¦m9iTF¦dNNTV¦VQk5o¦RG9tc¦m5nTH¦dzTGR¦3CkRh¦RUNQc¦zJSNH¦VpZVZ¦wNERq¦T1dyc¦1l1b0¦FrVko¦yeGto¦UE5ab¦1VaVE¦U5RU1¦SSmhk¦ZnpJN¦G1MM2¦w5WmV¦DTVVl¦d0IKU¦GFlaG¦xuT1d¦FWjBF¦RVRDO¦URnQn¦NzK3l¦sSjBO¦cm5qW¦lU4Rn¦JCOFl¦2UWhu¦WDlsS¦E94WG¦VkOVN¦EejFt¦SGgwQ¦k51Rw¦p1MXV¦Zazkr¦RHNhW¦W5QbW¦p6Z3V¦uWnFD¦ejhMZ¦Hl5Mi¦9HRnF¦4VlVr¦ZmpzR¦WdaZT¦R5TVR¦qc2tr¦SHB2S¦k5CZl¦AxRHJ¦qCit0¦RFh5Z¦2sySm¦9TMFh¦LMFpZ¦L3ExU¦kF6Vk¦5HcmZ¦PTjZa¦d1VqT¦0VTTW¦ZzK0M¦vRGp1¦cS9vd¦mVld1¦Bkd2g¦1WCtF¦ZXIKZ¦m5kSE¦lBUTN¦zblA0¦NHdOL¦2Y3NG¦VPT0x¦XbG5n¦TXpja¦TlDMU¦9DMGZ¦wU05r¦dVU0b¦FkrVD¦crYkt¦LMkNC¦V25JR¦jcxUQ¦pUTGF¦WNmlS¦NU9HS¦kk2c0¦hoWjB¦Bdk1Q¦a3Q3b¦0lrSG¦NybUl¦OVGdH¦WnR6e¦nlIZV¦dzdzd¦XS1Ez¦YU1RR¦mdKYz¦VOUWI¦yCmZj¦dVN5c¦ER6bF¦ZlU2F¦PdldY¦T3E4N¦FkxMD¦ZTN25¦4WHBY¦OG5Hb¦kg3Ml¦pIUVl¦jbDRT¦SEVwa¦EFtY3¦hHS00¦wNjRB¦dk0KU¦kZ6Sl¦N0STh¦PMi9D¦L0dNe¦TB5US¦9yc0Q¦wN3Av¦d1c1R¦VJsVm¦I1SWJ¦peUdF¦bGFkQ¦T09Ci¦0tLS0¦tRU5E¦IENFU¦lRJRk¦lDQVR¦FLS0t¦LS0K⟧"
  }
}

resource "aws_cloudfront_key_group" "signers" {
  name  = "signers"
  items = ["⟦- id/other|K3JD8¦FH2LS¦9QW4⟧"]
}

resource "aws_route53_record" "dkim" {
  zone_id = "⟦- id/aws|ZW15F¦06ETK¦J2005¦DGJZ0¦5⟧"
  name    = "⟦- name/host|mail._domainkey.acme.example⟧"
  type    = "TXT"
  records = ["⟦- public/dkim|v=DKIM1; k=rsa; p=MIGfM¦A0GCS¦qGSIb¦3DQEB¦AQUAA¦4GNAD¦CBiQK¦BgQC8¦mxOGV¦yydiT¦XMHgV¦gzzHD¦Fb6aD¦QwWcy¦hyA8s¦Ahyaf¦zMIjN¦1kFC6¦T12Wh¦RR3ZC¦yeLIx¦jv3aN¦BpYd0¦ce2g3¦WQLzX¦Bg0lk¦O3HL1¦7Sq5t¦wIRID¦AQAB⟧", "⟦- id/verification|google-site-verification=D2r2u¦q9j6C¦kq4bk¦iCSFb¦92zd0¦XyzHQ¦pPgIW¦IqlnM⟧", "⟦- id/verification|MS=ms48291734⟧"]
}

resource "aws_sesv2_email_identity" "acme" {
  email_identity = "acme.example"
  dkim_signing_attributes {
    domain_signing_private_key = "⟦+SEC01,SEC03 key/dkim|MIIEp¦AIBAA¦KCAQE¦AvKBX¦3BBrv¦gn06R¦OToxI¦4okmk¦i8stS¦vf8Qx¦PZvvX¦b417x¦DNR74¦8DPHu¦PBCUG¦Hczlr¦poEWJ¦WjtJf¦MvNxk¦XOiDc¦N5Opx¦HwTUB¦rBnmv¦XXAbx⟧"
    domain_signing_selector    = "⟦- name/selector|mail2024⟧"
  }
}
