//! A text in pieces, for passes that replace names in what an author wrote before it is parsed.

use super::tokens::{TokenKind, cut};
use crate::sql::tree::Kind;

/// A piece of a SQL text.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    pub kind: PieceKind,
    /// As written.
    pub text: String,
    /// Its bytes in the text.
    pub range: std::ops::Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum PieceKind {
    /// A name or keyword without quotes.
    Word,
    /// A literal text, with its value.
    Text(String),
    Space,
    Other,
}

/// Cuts a SQL text into its tokens.
///
/// # Errors
/// What is wrong with it, as text.
pub fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let tokens = cut(text).map_err(|problem| problem.message.replace("SQL syntax: ", ""))?;
    let piece = |token: super::Token| {
        let kind = match token.kind {
            TokenKind::Space => PieceKind::Space,
            TokenKind::Word { .. } => PieceKind::Word,
            TokenKind::Text => match super::literal::literal(&token) {
                Ok(Kind::Text(value)) => PieceKind::Text(value),
                _ => PieceKind::Other,
            },
            _ => PieceKind::Other,
        };
        Piece { kind, text: token.text.to_owned(), range: token.start..token.end() }
    };
    Ok(tokens.into_iter().map(piece).collect())
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn pieces_put_together_are_the_text() {
        let text = format!("SELECT\n  'é', r'\\'', {}", "ü, ".repeat(60_000));
        let joined: String = pieces(&text).unwrap().into_iter().map(|piece| piece.text).collect();
        assert_eq!(joined, text);
    }
}
