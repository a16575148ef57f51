//! Cuts a selector's text into words and symbols. Kubernetes' grammar and OpenShift's differ in the symbols only.

/// The symbols of a grammar.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Symbols {
    /// Bytes that are symbols by themselves.
    pub single: &'static [u8],
    /// Symbols of two bytes, each of which is one by itself too.
    pub double: &'static [&'static str],
}

/// A piece of the text. The end is a symbol of no length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'t> {
    /// What stands there.
    pub text: &'t str,
    /// Whether it is a word, not a symbol.
    pub word: bool,
}

impl Token<'_> {
    /// The end of the text.
    pub(crate) const END: Self = Self {
        text: "",
        word: false,
    };

    /// Whether this is the symbol `text`.
    pub(crate) fn is(self, text: &str) -> bool {
        !self.word && self.text == text
    }
}

/// The tokens of a text, read one ahead.
#[derive(Clone, Debug)]
pub(crate) struct Lexer<'t> {
    text: &'t str,
    at: usize,
    symbols: Symbols,
    next: Token<'t>,
}

impl<'t> Lexer<'t> {
    pub(crate) fn new(text: &'t str, symbols: Symbols) -> Self {
        let mut lexer = Self {
            text,
            at: 0,
            symbols,
            next: Token::END,
        };
        lexer.next = lexer.read();
        lexer
    }

    /// The next token, which stays the next one.
    pub(crate) fn peek(&self) -> Token<'t> {
        self.next
    }

    /// The next token. At the end there is always one more end.
    pub(crate) fn take(&mut self) -> Token<'t> {
        let token = self.next;
        self.next = self.read();
        token
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn is_symbol(&self, byte: u8) -> bool {
        self.symbols.single.contains(&byte)
    }

    fn read(&mut self) -> Token<'t> {
        while self.byte().is_some_and(is_blank) {
            self.at += 1;
        }
        let start = self.at;
        let word = match self.byte() {
            None => return Token::END,
            // A NUL where nothing has begun is the end of all; nothing after it is ever read.
            Some(0) => {
                self.at = self.text.len();
                return Token::END;
            }
            Some(byte) if self.is_symbol(byte) => {
                self.at += 1;
                let longer = self.text.get(start..start + 2);
                if longer.is_some_and(|longer| self.symbols.double.contains(&longer)) {
                    self.at += 1;
                }
                false
            }
            Some(_) => {
                while self
                    .byte()
                    .is_some_and(|b| b != 0 && !is_blank(b) && !self.is_symbol(b))
                {
                    self.at += 1;
                }
                true
            }
        };
        // Every token ends next to an ASCII byte or the end, hence between characters.
        let text = self.text.get(start..self.at).unwrap_or_default();
        // The NUL that ends a token is read with it.
        if self.byte() == Some(0) {
            self.at += 1;
        }
        Token { text, word }
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    const SYMBOLS: Symbols = Symbols {
        single: b"=!(),><",
        double: &["==", "!="],
    };

    fn tokens(text: &str) -> Vec<&str> {
        let mut lexer = Lexer::new(text, SYMBOLS);
        let mut all = vec![];
        while lexer.peek() != Token::END {
            all.push(lexer.take().text);
        }
        all
    }

    #[test]
    fn symbols_are_read_greedily() {
        assert_eq!(tokens("a>=b"), ["a", ">", "=", "b"]);
        assert_eq!(tokens("a===b!=!c"), ["a", "==", "=", "b", "!=", "!", "c"]);
        assert_eq!(
            tokens(" x\tin\r\n(é,b)"),
            ["x", "in", "(", "é", ",", "b", ")"]
        );
    }

    #[test]
    fn a_nul_ends_a_word_and_between_words_the_text() {
        assert_eq!(tokens("a\0b"), ["a", "b"]);
        assert_eq!(tokens("a=\0b"), ["a", "=", "b"]);
        assert_eq!(tokens("a \0b"), ["a"]);
        assert_eq!(tokens("a\0\0b"), ["a"]);
    }
}
