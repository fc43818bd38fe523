//! RTF to tokens.

/// A token of RTF.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// A control word with its number.
    Word(&'a str, Option<i32>),
    /// A control symbol: `\~`.
    Symbol(u8),
    /// A byte of text written `\'hh`.
    Byte(u8),
    /// A byte of text as it stands.
    Raw(u8),
    /// Binary data that `\bin` announces; left out.
    Binary,
}

/// The tokens of a document; never fails.
pub(super) fn tokens(bytes: &[u8]) -> Tokens<'_> {
    Tokens { bytes, at: 0 }
}

/// Iterator over [`Token`]s.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = self.bump()?;
            match byte {
                b'{' => return Some(Token::Open),
                b'}' => return Some(Token::Close),
                b'\\' => return self.control(),
                // Line ends are for the eye; a tab is one.
                b'\r' | b'\n' | 0 => {}
                b'\t' => return Some(Token::Word("tab", None)),
                byte => return Some(Token::Raw(byte)),
            }
        }
    }
}

impl<'a> Tokens<'a> {
    fn bump(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn control(&mut self) -> Option<Token<'a>> {
        match self.peek()? {
            b'\'' => {
                self.at += 1;
                Some(self.hex().map_or(Token::Symbol(b'\''), Token::Byte))
            }
            byte if byte.is_ascii_alphabetic() => Some(self.word()),
            byte => {
                self.at += 1;
                Some(Token::Symbol(byte))
            }
        }
    }

    fn hex(&mut self) -> Option<u8> {
        let digits = self.bytes.get(self.at..self.at + 2)?;
        let byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        self.at += 2;
        Some(byte)
    }

    fn word(&mut self) -> Token<'a> {
        let name = self.run(|byte| byte.is_ascii_alphabetic());
        let sign = usize::from(self.peek() == Some(b'-'));
        let is_number = self.bytes.get(self.at + sign).is_some_and(u8::is_ascii_digit);
        let number = is_number.then(|| {
            self.at += sign;
            let digits: i64 = self.run(|byte| byte.is_ascii_digit()).parse().unwrap_or(0);
            i32::try_from(if sign == 1 { -digits } else { digits }).unwrap_or(0)
        });
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        if name == "bin" {
            self.at = self.at.saturating_add(usize::try_from(number.unwrap_or(0)).unwrap_or(0));
            return Token::Binary;
        }
        Token::Word(name, number)
    }

    fn run(&mut self, belongs: impl Fn(u8) -> bool) -> &'a str {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().take_while(|&&byte| belongs(byte)).count();
        self.at += length;
        rest.get(..length).and_then(|run| std::str::from_utf8(run).ok()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_words_end_at_a_space_that_is_no_text() {
        let found: Vec<Token> = tokens(b"{\\b1 x\\par\n\\u-10179?\\'e4\\~\\bin3 {{{}\\'").collect();
        let want = [
            Token::Open,
            Token::Word("b", Some(1)),
            Token::Raw(b'x'),
            Token::Word("par", None),
            Token::Word("u", Some(-10179)),
            Token::Raw(b'?'),
            Token::Byte(0xe4),
            Token::Symbol(b'~'),
            Token::Binary,
            Token::Close,
            Token::Symbol(b'\''),
        ];
        assert_eq!(found, want);
    }
}
