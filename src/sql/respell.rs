//! GoogleSQL that the parser does not know, respelled as what it does know, token by token and with the
//! places kept: `ARRAY<T>[…]` is a cast of an array, `SAFE.f(…)` a function with a dotted name.

use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Token, TokenWithSpan, Word};

/// Longest type in front of an array literal, in tokens.
const LONGEST_TYPE: usize = 200;

pub fn respell(tokens: Vec<TokenWithSpan>) -> Vec<TokenWithSpan> {
    let is_respelled = |token: &TokenWithSpan| match &token.token {
        Token::Word(word) => word.keyword == Keyword::ARRAY || word.value.eq_ignore_ascii_case("SAFE"),
        _ => false,
    };
    if !tokens.iter().any(is_respelled) {
        return tokens;
    }
    let significant = |from: usize| {
        (from..tokens.len()).find(|index| !matches!(tokens[*index].token, Token::Whitespace(_)))
    };
    let mut respelled: Vec<TokenWithSpan> = Vec::with_capacity(tokens.len());
    // For every open bracket the type that its array is cast to, if any.
    let mut open: Vec<Option<&[TokenWithSpan]>> = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        let token = &tokens[index];
        let at = |token: Token| TokenWithSpan { token, span: tokens[index].span };
        match &token.token {
            Token::Word(word) if word.keyword == Keyword::ARRAY && word.quote_style.is_none() => {
                if let Some(end) = type_end(&tokens, index + 1)
                    && let Some(bracket) = significant(end)
                    && tokens[bracket].token == Token::LBracket
                {
                    respelled.extend([
                        at(Token::make_keyword("CAST")),
                        at(Token::LParen),
                        at(Token::LBracket),
                    ]);
                    open.push(Some(&tokens[index..end]));
                    index = bracket + 1;
                    continue;
                }
                respelled.push(token.clone());
            }
            Token::Word(word) if word.value.eq_ignore_ascii_case("SAFE") && word.quote_style.is_none() => {
                if let (Some(Token::Period), Some(Token::Word(function)), Some(Token::LParen)) = (
                    tokens.get(index + 1).map(|next| &next.token),
                    tokens.get(index + 2).map(|next| &next.token),
                    tokens.get(index + 3).map(|next| &next.token),
                ) {
                    respelled.push(at(Token::Word(Word {
                        value: format!("SAFE.{}", function.value),
                        quote_style: Some('`'),
                        keyword: Keyword::NoKeyword,
                    })));
                    index += 3;
                    continue;
                }
                respelled.push(token.clone());
            }
            Token::LBracket => {
                open.push(None);
                respelled.push(token.clone());
            }
            Token::RBracket => {
                respelled.push(token.clone());
                if let Some(Some(ty)) = open.pop() {
                    respelled.push(at(Token::make_keyword("AS")));
                    respelled.extend(ty.iter().cloned());
                    respelled.push(at(Token::RParen));
                }
            }
            _ => respelled.push(token.clone()),
        }
        index += 1;
    }
    respelled
}

/// The index behind the `<…>` that starts at or after an index.
fn type_end(tokens: &[TokenWithSpan], from: usize) -> Option<usize> {
    let mut depth = 0_i32;
    for (index, token) in tokens.iter().enumerate().skip(from).take(LONGEST_TYPE) {
        match &token.token {
            Token::Lt => depth += 1,
            Token::Gt => depth -= 1,
            Token::ShiftRight => depth -= 2,
            Token::Whitespace(_) => continue,
            Token::Word(_) | Token::Comma if depth > 0 => {}
            _ => return None,
        }
        if depth <= 0 {
            return (depth == 0).then_some(index + 1);
        }
    }
    None
}
