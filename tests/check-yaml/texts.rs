//! Texts to compare readers with: mutations of given ones, and random ones.

/// A small generator of numbers that gives the same ones for the same seed.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }

    pub(crate) fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }

    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

/// Pieces that mean something to YAML.
const PIECES: &[&str] = &[
    "a",
    "b",
    "k",
    "1",
    "01",
    "0x1",
    "1.5",
    "1e3",
    "~",
    "yes",
    "null",
    ".inf",
    "-1",
    "<<",
    "é",
    "\u{feff}",
    "\u{85}",
    "\u{2028}",
    " ",
    " ",
    " ",
    "  ",
    "\n",
    "\n",
    "\n",
    "\n  ",
    "\n ",
    "\r\n",
    "\r",
    "\t",
    ":",
    ":",
    ": ",
    ": ",
    "- ",
    "- ",
    "-",
    "? ",
    "?",
    ",",
    ", ",
    "[",
    "]",
    "{",
    "}",
    "#",
    " #",
    "&a",
    "&a ",
    "*a",
    "*a ",
    "!",
    "!t ",
    "!!str ",
    "!!int ",
    "!!float ",
    "!!null ",
    "!!bool ",
    "!!binary ",
    "!!timestamp ",
    "!!merge ",
    "!e!t ",
    "!<x> ",
    "|",
    ">",
    "|-",
    ">+",
    "|1",
    "|\n",
    ">\n",
    "'",
    "\"",
    "\\",
    "\\n",
    "\\x41",
    "\\u00e9",
    "\\\n",
    "''",
    "%",
    "%YAML 1.1\n",
    "%YAML 1.2\n",
    "%TAG !e! x\n",
    "@",
    "`",
    "---",
    "--- ",
    "---\n",
    "\n---\n",
    "...",
    "...\n",
    "<<: *a\n",
    "k: v\n",
    "- v\n",
    "k:\n",
    "2001-1-1",
    "%41",
    "=",
    ".",
    "0b1",
    "1_0",
    "+",
];

/// A short text of such pieces.
pub(crate) fn random(random: &mut Random) -> Vec<u8> {
    let count = 1 + random.below(14);
    let mut text = vec![];
    for _ in 0..count {
        text.extend_from_slice(random.pick(PIECES).as_bytes());
    }
    text
}

/// Lines as manifests have them.
pub(crate) fn manifest(random: &mut Random) -> Vec<u8> {
    const KEYS: &[&str] = &[
        "apiVersion",
        "kind",
        "metadata",
        "name",
        "labels",
        "spec",
        "nodeSelector",
        "tolerations",
        "key",
        "on",
        "1",
        "~",
        "\"q\"",
        "a.b/c",
        "annotations",
        "<<",
        "1.5",
        "? x",
        "&k key",
        "*x",
    ];
    const VALUES: &[&str] = &[
        "DaemonSet",
        "apps/v1",
        "yes",
        "no",
        "\"x\"",
        "'it''s'",
        "1",
        "1.5Gi",
        "0.5",
        "007",
        "[a, b]",
        "{a: b}",
        "|",
        ">-",
        "|+",
        "&x",
        "&x {k: v}",
        "*x",
        "!!str 1",
        "~",
        "",
        "v # note",
        "a: b",
        "2020-01-02",
        "10.0.0.1:80",
        "- v",
        "\"a\\tb\"",
        "- {a: 1}",
        "*y",
        "&y [1]",
        "0x1F",
        "1e3",
        ".5",
        "null",
        "<<",
        "x y\n    z",
    ];
    let mut text = vec![];
    let mut depth: usize = 0;
    for _ in 0..=random.below(12) {
        text.extend(std::iter::repeat_n(b' ', depth * 2));
        if random.once_in(3) {
            text.extend_from_slice(b"- ");
        }
        if !random.once_in(6) {
            text.extend_from_slice(random.pick(KEYS).as_bytes());
            text.extend_from_slice(if random.once_in(20) { b":" } else { b": " });
        }
        text.extend_from_slice(random.pick(VALUES).as_bytes());
        text.extend_from_slice(if random.once_in(15) { b"\r\n" } else { b"\n" });
        depth = match random.below(4) {
            0 => depth + 1,
            1 => depth.saturating_sub(1),
            _ => depth,
        };
        if random.once_in(25) {
            text.extend_from_slice(b"---\n");
            depth = 0;
        }
    }
    text
}

/// A given text with a few changes.
pub(crate) fn mutated(random: &mut Random, given: &[&[u8]]) -> Vec<u8> {
    let mut text = random.pick(given).to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(text.len() + 1);
        match random.below(7) {
            0 if at < text.len() => {
                text.remove(at);
            }
            1 => {
                let to = (at + random.below(12)).min(text.len());
                text.drain(at..to);
            }
            2 => {
                let other = random.pick(given);
                let from = random.below(other.len() + 1);
                let to = (from + random.below(30)).min(other.len());
                text.splice(at..at, other[from..to].iter().copied());
            }
            3 => {
                let to = (at + random.below(20)).min(text.len());
                let copy = text[at..to].to_vec();
                let at = random.below(text.len() + 1);
                text.splice(at..at, copy);
            }
            4 if at < text.len() => text[at] = b" \n:-[]{},'\"#&*!|>%@?\t~0a"[random.below(24)],
            _ => {
                let piece = random.pick(PIECES).bytes();
                text.splice(at..at, piece);
            }
        }
    }
    text
}

/// A text with marks, bad bytes, or much space before something, so that Go's windows show; or in UTF-16.
pub(crate) fn bytes(random: &mut Random, given: &[&[u8]]) -> Vec<u8> {
    const BAD: &[&[u8]] = &[
        b"\xff",
        b"\xc3",
        b"\xe2\x80",
        b"\xf0\x9f\x98",
        b"\xed\xa0\x80",
        b"\xc0\xaf",
        b"\xf5\x80\x80\x80",
        b"\0",
        b"\x07",
        b"\x7f",
        b"\xc2\x80",
        b"\xef\xbf\xbe",
        b"\xef\xbb\xbf",
        b"\xef\xbb\xbf",
        b"\xef\xbb\xbf\xef\xbb\xbf",
        b"\n\xef\xbb\xbf",
        b"\xc3\xa9",
        b"\xf0\x9f\x98\x80",
        b"\xe2\x80\xa8",
        b"\xc2\x85",
        b"\xfe\xff",
        b"\xff\xfe",
        b"\n...\n",
        b"\n--- \n",
        b"\r\r\n",
        b"\r\n",
    ];
    let mut text = match random.below(3) {
        0 => self::random(random),
        1 => manifest(random),
        _ => random.pick(given).to_vec(),
    };
    if random.once_in(2) {
        let fill: &[u8] = random.pick(&[
            &b"# x\n"[..],
            b"\n",
            b" ",
            b"a: b\n",
            "# é\n".as_bytes(),
            b"x",
            "é".as_bytes(),
        ]);
        let times = (490 + random.below(40)) * (1 + random.below(3)) / fill.len();
        let at = if random.once_in(2) {
            0
        } else {
            random.below(text.len() + 1)
        };
        text.splice(at..at, fill.repeat(times));
    }
    for _ in 0..=random.below(3) {
        let at = if random.once_in(4) {
            0
        } else {
            random.below(text.len() + 1)
        };
        let bad = *random.pick(&BAD.iter().collect::<Vec<_>>());
        text.splice(at..at, bad.iter().copied());
    }
    if random.once_in(6) {
        let little = random.once_in(2);
        let units = String::from_utf8_lossy(&text).into_owned();
        let mut wide: Vec<u8> = if little {
            vec![0xFF, 0xFE]
        } else {
            vec![0xFE, 0xFF]
        };
        for unit in units.encode_utf16() {
            wide.extend(if little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            });
        }
        if random.once_in(4) {
            let at = random.below(wide.len());
            wide.remove(at);
        }
        return wide;
    }
    text
}

/// Texts near a limit: long keys and lines, space before JSON, aliases of aliases, deep brackets.
pub(crate) fn long(random: &mut Random) -> Vec<u8> {
    let near = |random: &mut Random, limit: usize| limit - 3 + random.below(7);
    let mut text = match random.below(6) {
        0 => {
            let front = *random.pick(&[&"", &"- ", &"a:\n  ", &"{", &"[", &"? ", &"\"", &"&x "]);
            let key = random.pick(&["a", "é", "a b", "\u{1F600}"]);
            let length = near(random, 1024 / key.chars().count());
            let end = *random.pick(&[&": v\n", &":\n", &"\": v\n", &": v}\n", &": v]\n", &" : v"]);
            [front, &key.repeat(length), end].concat()
        }
        1 => {
            let buffers = 1 + random.below(2);
            let length = near(random, 4096 * buffers);
            let line = *random.pick(&[&"a: ", &"--- # ", &"---", &"# "]);
            let end = *random.pick(&[&"", &"\r", &"\n", &"\r\n"]);
            ["b: 1\n", line, &"x".repeat(length - line.len()), end].concat()
        }
        2 => {
            let length = near(random, 4096);
            [
                &random.pick(&[" ", "\n"]).repeat(length),
                "{\"a\":1}{\"b\":2}",
            ]
            .concat()
        }
        3 => {
            let mut made = format!("a0: &a0 [{}]\n", "x,".repeat(1 + random.below(20)));
            for level in 1..=1 + random.below(5) {
                let inner = format!("*a{},", level - 1).repeat(1 + random.below(16));
                made += &format!("a{level}: &a{level} [{inner}]\n");
            }
            made
        }
        4 if random.once_in(20) => {
            let depth = near(random, 10_000);
            let (open, close) = *random.pick(&[
                &("[", "]"),
                &("{?", "}"),
                &("[a: {b: ", "}]"),
                &("- ", ""),
                &("? ", ""),
            ]);
            [open.repeat(depth), "x".into(), close.repeat(depth)].concat()
        }
        _ => {
            let mut made = String::new();
            for _ in 0..random.below(6) {
                made += *random.pick(&[
                    &"a: &a {k: 1, ~: 2}\n",
                    &"b: &b {k: 1, 1: 2}\n",
                    &"c: {<<: *a}\n",
                    &"d: {<<: [*b, *a], k: 3}\n",
                    &"e: {1: x, <<: *b, \"1\": y}\n",
                    &"a: .inf\n",
                    &"a: 1\n",
                    &"c: 2\n",
                    &"f: &b {<<: *b, k: {x: 1, x: 2}}\n",
                    &"? *b\n: 1\n",
                    &"&k 1.0: *k\n",
                    &"*k : x\n",
                    &"g: {<<: {k: 1}, <<: {k: 2}}\n",
                    &"18446744073709551615: x\n",
                    &"h: [*b, *b, {*k : 1}]\n",
                    &"1.0: x\n1: y\n",
                    &"-0.0: x\n0.0: y\n",
                    &".nan: 1\n.nan: 2\n",
                    &"0x10: 1\n16: 2\n",
                ]);
            }
            made
        }
    };
    if random.once_in(8) {
        text.push_str(random.pick(PIECES));
    }
    text.into_bytes()
}

/// JSON, or nearly, alone or followed by something.
pub(crate) fn json(random: &mut Random) -> Vec<u8> {
    const PARTS: &[&str] = &[
        "{",
        "}",
        "{}",
        "{\"a\":1}",
        "{\"a\": [1, 2.5, -3e2, \"x\"]}",
        "[",
        "]",
        ",",
        ":",
        "\"a\"",
        "\"\\u00e9\\n\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "1",
        "-0",
        "0.0",
        "1e5",
        "true",
        "false",
        "null",
        " ",
        "\n",
        "\r\n",
        "\t",
        "---",
        "\n---\n",
        "a: b\n",
        "x",
        "#",
        "\u{feff}",
        "{\"a\":1,\"a\":2}",
        "18446744073709551615",
        "\u{a0}",
        "\"",
        "\\",
        "{a: b}",
        "- x\n",
        "é",
    ];
    let mut text = random
        .pick(&["{", "{\"k\":", "{}", "{\"a\":1}", " {", "\n{"])
        .as_bytes()
        .to_vec();
    for _ in 0..random.below(8) {
        text.extend_from_slice(random.pick(PARTS).as_bytes());
    }
    text
}
