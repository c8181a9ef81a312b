use super::*;
use ::base64::Engine as _;
use ::base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use std::io::Write as _;

fn packed(text: &[u8]) -> String {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    writer.write_all(text).unwrap();
    STANDARD.encode(writer.finish().unwrap())
}

/// Where a text stands in any layer, led back to the outermost text.
fn led_back<'t>(carried: &'t Carried<'t>, wanted: &str) -> Vec<&'t str> {
    let mut found = Vec::new();
    for (layer, text) in carried.texts() {
        for (at, _) in text.match_indices(wanted) {
            let (outermost, place) = carried.places(layer, at..at + wanted.len()).swap_remove(0);
            assert_eq!(outermost, 0);
            found.push(&carried.text(0)[place]);
        }
    }
    found
}

#[test]
fn what_is_run_is_read_whatever_bytes_are_in_it() {
    let script = |comment: &[u8], tail: &[u8]| {
        [b"#!/bin/bash\n# ", comment, b"\nexport DB_PASSWORD=hunter22\nexit 0\n", tail].concat()
    };
    let binary: Vec<u8> = (0..=255).cycle().take(4096).collect();
    for bytes in [script(b"caf\xe9", b""), script(b"", &binary), script(b"\xe9\xe8\xe0", &binary)] {
        for text in [STANDARD.encode(&bytes), packed(&bytes)] {
            let carried = Carried::of(&text);
            assert!(carried.texts().any(|(_, text)| text.contains("DB_PASSWORD=hunter22")), "{bytes:?}");
        }
    }
    let carried = STANDARD.encode(&binary);
    assert_eq!(Carried::of(&carried).texts().count(), 1);
}

fn wrapped(text: &str, at: usize, indent: &str) -> String {
    let lines: Vec<&str> =
        text.as_bytes().chunks(at).map(|line| std::str::from_utf8(line).unwrap()).collect();
    lines.join(&format!("\n{indent}"))
}

const SECRET: &str = "corr3ct-horse-battery";

#[test]
fn a_text_is_found_in_what_carries_it() {
    let script =
        format!("#!/bin/sh\nexport DB_PASSWORD={SECRET}\n# the end of a script that is longer than a line\n");
    let wide: Vec<u8> = script.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let quoted = script.replace('=', "=3D").replace("battery", "bat=\ntery");
    for (name, text) in [
        ("base 64", STANDARD.encode(&script)),
        ("base 64 in a command", format!("echo {} | base64 -d", STANDARD.encode(&script))),
        ("without padding", STANDARD.encode(&script).trim_end_matches('=').to_owned()),
        ("wrapped", wrapped(&STANDARD.encode(&script), 76, "")),
        (
            "wrapped and indented",
            format!("content: |\n      {}\n", wrapped(&STANDARD.encode(&script), 60, "      ")),
        ),
        ("wrapped oddly", wrapped(&STANDARD.encode(&script), 61, "")),
        ("twice", STANDARD.encode(STANDARD.encode(&script))),
        ("compressed", packed(script.as_bytes())),
        ("compressed twice", packed(packed(script.as_bytes()).as_bytes())),
        ("of two-byte characters", STANDARD.encode(wide)),
        (
            "quoted-printable",
            format!("--b\nContent-Transfer-Encoding: quoted-printable\n\n{quoted}\n--b--\n"),
        ),
        ("a string", serde_json::to_string(&format!("{script}\"x\"")).unwrap()),
        ("base 64 in a document", format!("{{\"data\": {{\"a\": \"{}\"}}}}", STANDARD.encode(&script))),
        ("strings in strings", serde_json::to_string(&serde_json::to_string(&script).unwrap()).unwrap()),
    ] {
        let carried = Carried::of(&text);
        assert!(!led_back(&carried, SECRET).is_empty(), "{name}: {text}");
        assert_eq!(carried.cut(), None, "{name}");
    }
}

#[test]
fn characters_lead_back_to_the_digits_that_hold_them() {
    for lead in 0..4 {
        let text = format!("{}{SECRET} and more", "x".repeat(lead));
        let encoded = STANDARD.encode(&text);
        let outer = format!("a: {encoded}");
        let carried = Carried::of(&outer);
        let found = led_back(&carried, SECRET);
        let bits = lead * 8;
        let expected = &encoded[bits / 6..(bits + SECRET.len() * 8).div_ceil(6)];
        assert_eq!(found, [expected], "{lead}");
    }
}

#[test]
fn what_only_looks_like_base_64_carries_nothing() {
    for text in [
        "d41d8cd98f00b204e9800998ecf8427ed41d8cd98f00b204e9800998ecf8427e",
        "/usr/local/share/applications/something/else/altogether",
        "aVeryLongIdentifierInCamelCaseThatGoesOnAndOn",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "a plain text \"with a string\" in it",
        "",
    ] {
        let carried = Carried::of(text);
        assert_eq!(carried.texts().count(), 1, "{text}");
    }
}

#[test]
fn what_is_hostile_ends_and_says_so() {
    let mut nested = format!("export DB_PASSWORD={SECRET}\n");
    for _ in 0..20 {
        nested = STANDARD.encode(nested);
    }
    assert_eq!(Carried::of(&nested).cut(), Some(Cut::Depth));
    let bomb = packed(&vec![b'a'; 64 << 20]);
    let carried = Carried::of(&bomb);
    assert_eq!(carried.cut(), Some(Cut::Decoded));
    assert!(carried.texts().all(|(_, text)| text.len() <= bomb.len().max(MAX_DECODED)));
    let large = STANDARD.encode("a line of text\n".repeat(40_000));
    assert_eq!(Carried::of(&large).cut(), Some(Cut::Decoded));
    let many = format!("{} ", STANDARD.encode("a line of a text that is short")).repeat(5000);
    assert_eq!(Carried::of(&many).cut(), Some(Cut::Layers));
    let endless = "Content-Transfer-Encoding: quoted-printable\n\nx=3D".repeat(20_000);
    let _ = Carried::of(&endless);
    let quotes = "\"\\".repeat(500_000);
    let _ = Carried::of(&quotes);
    let binary = STANDARD
        .encode((0..600_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect::<Vec<_>>());
    assert_eq!(Carried::of(&binary).cut(), None, "what is no text is none that is cut");
}

/// One more carrier around a text.
fn wrap(text: &str, how: u8) -> String {
    match how {
        0 => format!("data = {}\n", STANDARD.encode(text)),
        1 => format!(
            "write_files:\n  - content: !!binary |\n      {}\n",
            wrapped(&STANDARD.encode(text), 76, "      ")
        ),
        2 => format!("echo {} | base64 -d | gunzip\n", packed(text.as_bytes())),
        3 => format!("{{\"a\": {}}}", serde_json::to_string(text).unwrap()),
        4 => format!("cat > /x <<EOF\n{text}\nEOF\n"),
        _ => format!("Content-Transfer-Encoding: quoted-printable\n\n{}\n--b--", text.replace('=', "=3D")),
    }
}

proptest! {
    #[test]
    fn no_text_breaks_it(text in "\\PC{0,300}") {
        let carried = Carried::of(&text);
        for (layer, inner) in carried.texts() {
            for (outer, place) in carried.places(layer, 0..inner.len()) {
                prop_assert!(place.end <= carried.text(outer).len());
            }
        }
    }

    #[test]
    fn no_mixture_breaks_it(parts in proptest::collection::vec(
        prop_oneof!["[A-Za-z0-9+/]{24,80}={0,2}", "\\\\[n\"u0-9a-f]{0,6}", "[ \n\r\t\"'=-]{1,3}", "H4sI[A-Za-z0-9]{30}"], 0..30
    )) {
        let text = parts.concat();
        let carried = Carried::of(&text);
        for (layer, inner) in carried.texts() {
            let ends: Vec<usize> = inner.char_indices().map(|(at, _)| at).collect();
            for at in ends.iter().step_by(7) {
                for (outer, place) in carried.places(layer, *at..inner.len()) {
                    prop_assert!(carried.text(outer).get(place).is_some());
                }
            }
        }
    }

    #[test]
    fn a_secret_in_any_stack_of_carriers_is_led_back(
        secret in "[a-z0-9]{6,12}-[A-Z0-9]{6,12}", stack in proptest::collection::vec(0u8..6, 0..6)
    ) {
        let mut text = format!("#!/bin/bash\nset -e\nexport DB_PASSWORD={secret}\nexport A=\"b c\"\n");
        for how in &stack {
            text = wrap(&text, *how);
        }
        let carried = Carried::of(&text);
        let found = led_back(&carried, &secret);
        prop_assert!(!found.is_empty(), "{text}");
        // As it is where nothing encodes it.
        if stack.iter().all(|how| *how == 3 || *how == 4 || *how == 5) {
            prop_assert!(found.iter().any(|found| *found == secret), "{found:?}");
        }
    }
}
