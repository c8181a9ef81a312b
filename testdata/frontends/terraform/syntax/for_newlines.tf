a = {
  for
  b
  ,
  c
  in
  d
  :
  b
  =>
  c
  if
  e
}
